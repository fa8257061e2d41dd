"""Files brought into the graph beside the packaged sources, each as a source of its own."""

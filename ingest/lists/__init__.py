"""Public lists: who was named a smart factory or excellent scene, by whom, and how far that is."""

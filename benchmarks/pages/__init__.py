"""Speed and size of the pages."""

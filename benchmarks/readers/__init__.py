"""How fast files are read, and in how much memory."""

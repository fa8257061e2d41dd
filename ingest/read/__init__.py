"""Readers: the bytes of a file, whatever it is, read into a `Document`."""

"""Tests of the readers; office_files.py makes the files they read."""

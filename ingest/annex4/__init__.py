"""The recommendation table of annex 4: read, checked against the guide and the notice, written."""

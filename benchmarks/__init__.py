"""Measurements: scripts that print what they measured beside a reference operation of the run."""

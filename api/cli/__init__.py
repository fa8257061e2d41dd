"""The command line `sfkg`, one file per question."""

"""The scene matcher beside other programs, on the same folds."""

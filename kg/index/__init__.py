"""The embedding index: unit vectors, lexical features and filter columns in one snapshot."""

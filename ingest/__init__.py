"""Documents and tables in, records out."""

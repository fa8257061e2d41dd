"""The packaged knowledge base, asked for by command and over HTTP: the same on every store."""

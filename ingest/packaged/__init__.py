"""The packaged knowledge base: one module per source, rows or vocabulary in, records out."""

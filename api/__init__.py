"""The edges where people and programs come in."""

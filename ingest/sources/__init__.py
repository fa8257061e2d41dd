"""The packaged tables with the catalogue that describes them."""

"""The graph of smart-factory practice and the questions answered from it."""

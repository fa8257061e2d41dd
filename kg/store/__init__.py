"""The graph store: one contract, the embedded store, and the forms a graph is written in."""

"""Standards: how well clusters fit by judges, and what questions about them cost."""

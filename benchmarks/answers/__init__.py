"""The answers to the main questions: how good and how fast."""

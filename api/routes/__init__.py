"""Endpoints, one file per question."""

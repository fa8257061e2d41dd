"""The guide editions as pages show them, each read once."""

from __future__ import annotations

from functools import cache

from ontology.guide import Guide, load_guide


@cache
def guide_of(edition: str) -> Guide:
    """Return an edition; reading one takes a second."""
    return load_guide(edition)

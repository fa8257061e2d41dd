"""The pages that stand in the navigation, in its order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the navigation; its title is the message `site.NAME`."""

    name: str
    path: str


SITE = (
    Entry("ask", "/"),
    Entry("cases", "/cases"),
    Entry("guide", "/guide"),
    Entry("clusters", "/clusters"),
    Entry("levels", "/levels"),
    Entry("provider", "/provider"),
    Entry("annex4", "/annex4"),
    Entry("data", "/data"),
)

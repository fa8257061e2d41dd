"""The routers of all pages, in the order in which addresses are looked up."""

from __future__ import annotations

from api.ui.pages import (
    annex4,
    application,
    ask,
    cases,
    clusters,
    data,
    files,
    guide,
    kept,
    levels,
    provider,
    solutions,
    thing,
    work,
)

ROUTERS = (
    files.router,
    ask.router,
    kept.router,
    work.router,
    cases.router,
    guide.router,
    clusters.router,
    levels.router,
    application.router,
    provider.router,
    solutions.router,
    annex4.router,
    data.router,
    thing.router,
)

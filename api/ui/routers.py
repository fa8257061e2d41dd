"""The routers of all pages, in the order in which addresses are looked up."""

from __future__ import annotations

from api.ui.pages import ask, cases, files, thing

ROUTERS = (files.router, ask.router, cases.router, thing.router)

"""A running service over the packaged knowledge base."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from kg.match import packaged_model
from kg.settings import Settings
from kg.store.open import open_store


@pytest.fixture(scope="session")
def client(packaged_data: Path) -> Iterator[TestClient]:
    """A client of the service, faults as the user sees them."""
    settings = Settings(data=packaged_data, poll_seconds=3600)
    with open_store(settings.store_url) as store:
        app = create_app(settings, store, packaged_model())
        app.state.shapes.most_records = 0  # a check takes as long as all other tests of pages
        waiting = {"Prefer": "wait=60"}  # a slow machine sends nobody to another address
        with TestClient(app, raise_server_exceptions=False, headers=waiting) as opened:
            yield opened

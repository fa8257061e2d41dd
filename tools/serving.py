"""The service in a thread of this process, and the browser that looks at it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from api.app import create_app
from kg.match import packaged_model
from kg.settings import Settings
from kg.store.open import open_store

CHROMIUM = "/usr/bin/chromium"
# A browser that fetches nothing for itself.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
START_SECONDS = 30


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """Serve the graph of a data folder on a free port; yield the address."""
    settings = Settings(data=data, poll_seconds=3600)
    with (
        open_store(settings.store_url) as store,
        socket.create_server(("127.0.0.1", 0)) as listener,
    ):
        app = create_app(settings, store, packaged_model())
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        deadline = time.monotonic() + START_SECONDS
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.05)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()

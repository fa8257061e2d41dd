"""The packaged knowledge base, built by the command line in the embedded store and each server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.both_stores.files import files
from tests.both_stores.panel import EMBEDDED, Pair, Panel
from tests.both_stores.questions import FIRST_BUILD
from tests.both_stores.sides import Side, Told
from tests.servers.running import empty, running
from tests.servers.servers import LTS, RELEASES, Server, free_port

POLLED_NEVER = {"SFKG_POLL_SECONDS": "3600"}  # a service looks at its store at the start alone


@pytest.fixture(scope="package")
def servers() -> dict[str, Server]:
    """The servers that can be had, their databases empty."""
    found = {}
    for name, release in RELEASES.items():
        # Whoever needs one that is not there says so.
        with suppress(pytest.skip.Exception, pytest.fail.Exception):
            found[name] = running(release)
    for server in found.values():
        empty(server)
    return found


@pytest.fixture(scope="package")
def panel(servers: dict[str, Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Panel]:
    """All stores with the packaged knowledge base."""
    folders = {name: tmp_path_factory.mktemp(name) for name in (EMBEDDED, *servers)}
    sides = {EMBEDDED: embedded(folders[EMBEDDED])}
    sides |= {name: on_server(server, folders[name]) for name, server in servers.items()}
    for folder in folders.values():
        for name, content in files().items():
            (folder / name).write_bytes(content)
    with Panel(sides) as panel:
        for name in sides:
            told: Told = panel.ask(name, Side.tell, FIRST_BUILD)
            assert told.exit_code == 0, told.output
        yield panel


@pytest.fixture(params=RELEASES)
def pair(request: pytest.FixtureRequest) -> Pair:
    """The embedded store and one server, which is left out where there is none."""
    running(RELEASES[request.param])
    return Pair(request.getfixturevalue("panel"), request.param)


def embedded(folder: Path) -> Side:
    """Return the embedded store in a folder, its address given as for a server."""
    settings = POLLED_NEVER | {"SFKG_DATA": str(folder)}
    return Side(EMBEDDED, f"sqlite:///{folder / 'graph.sqlite'}", settings, folder, free_port())


def on_server(server: Server, folder: Path) -> Side:
    """Return the store on a server; each release is reached by other settings."""
    settings = POLLED_NEVER | {"SFKG_DATA": str(folder)}
    if server.release == LTS:
        settings["SFKG_NEO4J_PASSWORD"] = server.password
        address = server.url.replace("bolt://", "neo4j://")
    else:
        secret = folder / "password"
        secret.write_text(f"{server.password}\n")
        settings["SFKG_NEO4J_PASSWORD_FILE"] = str(secret)
        settings["SFKG_NEO4J_USER"] = server.user
        settings["SFKG_NEO4J_DATABASE"] = "neo4j"
        address = server.url
    return Side(server.release.name, address, settings, folder, free_port())

"""The servers that the tests share: each release is started once, where it can be, and stopped."""

from __future__ import annotations

import atexit
import os
import tempfile
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

from tests.servers.servers import LTS, QUICK, Release, Server

REQUIRE = "SFKG_REQUIRE_NEO4J"  # "1" where a server that cannot be started is a failure
LEFT_OUT = "left out"  # begins the reason of every test that needs a server that is not there

_started = ExitStack()
atexit.register(_started.close)


def required(release: Release) -> bool:
    """Return whether tests must not go without this release: 5.26 always, others given Java."""
    return os.environ.get(REQUIRE) == "1" and (release == LTS or release.java() is not None)


def running(release: Release) -> Server:
    """Return the shared server of a release, or leave the test out."""
    server = _start(release)
    if isinstance(server, str):
        leave_out(release, server)
    return server


def stop_all() -> None:
    """End the servers that were started."""
    _started.close()


def leave_out(release: Release, reason: str) -> NoReturn:
    """Leave a test out for want of a server, or fail it where the server is required."""
    if required(release):
        pytest.fail(f"{release.name} is required, but: {reason}", pytrace=False)
    pytest.skip(f"{LEFT_OUT}: {release.name}: {reason}")


@cache
def _start(release: Release) -> Server | str:
    """Return the server, or why there is none."""
    if missing := release.missing():
        return missing
    folder = tempfile.TemporaryDirectory(prefix=f"{release.name}-", ignore_cleanup_errors=True)
    try:
        server = Server(release, Path(folder.name), QUICK).start()
    except (RuntimeError, OSError) as error:
        folder.cleanup()
        return str(error)
    _started.enter_context(folder)
    return _started.enter_context(server)


def empty(server: Server) -> None:
    """Take everything out of the server's database; indexes and constraints stay."""
    from neo4j import GraphDatabase

    with (
        GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver,
        driver.session(database="neo4j") as session,
    ):
        session.run(
            "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 20000 ROWS"
        ).consume()

"""Stores by their address: a file of SQLite, or a Neo4j database."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ids import content_hash
from kg.settings import Settings
from kg.store.protocol import GraphStore
from ontology.errors import InvalidFile, InvalidValue
from ontology.schema import Schema, schema

if TYPE_CHECKING:
    from kg.store.replica import Replica

KNOWN = "sqlite:///PATH, the path of a file, neo4j://HOST:PORT or bolt://HOST:PORT"
SERVERS = ("neo4j", "bolt")


def open_store(url: str, read_only: bool = False, known: Schema | None = None) -> GraphStore:
    """Open the embedded store at an address; one that may be written is made where none is."""
    from kg.store.sqlite.store import SqliteStore

    return SqliteStore(_path(url), known or schema(), read_only=read_only)


def open_configured(settings: Settings, read_only: bool = False) -> GraphStore:
    """Open the store that the settings name, embedded or on a server."""
    url = settings.store_url
    if _scheme(url) not in SERVERS:
        return open_store(url, read_only)
    from kg.store.neo4j.sessions import Access
    from kg.store.neo4j.store import open_neo4j

    access = Access(
        settings.neo4j_user,
        _password(settings),
        settings.neo4j_database,
        settings.neo4j_certificate,
    )
    return open_neo4j(url, schema(), access, read_only=read_only)


def configured_replica(settings: Settings) -> Replica | None:
    """Return the local copy of the graph where that lies on a server, None where it is local."""
    url = settings.store_url
    if _scheme(url) not in SERVERS:
        return None
    from kg.store.replica import Replica

    # Never the copy of another graph: each address and database has its own.
    name = content_hash([url, settings.neo4j_database])[:12]
    return Replica(settings.replicas / name, schema())


def _password(settings: Settings) -> str:
    file = settings.neo4j_password_file
    if file is None:
        return settings.neo4j_password
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise InvalidFile(f"SFKG_NEO4J_PASSWORD_FILE {file} cannot be read") from None


def _scheme(url: str) -> str:
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", url)
    return found[1].partition("+")[0].lower() if found else ""


def _path(url: str) -> Path:
    path = url.removeprefix("sqlite:///")
    if path == url and _scheme(url):
        raise InvalidValue("store", url, f"is no address of a store; use {KNOWN}")
    if not path.strip() or "\0" in path:
        raise InvalidValue("store", url, f"names no file; use {KNOWN}")
    return Path(path)

"""What a user is told where the database cannot be used: one sentence, within seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest
from neo4j import GraphDatabase

from kg.store.neo4j.sessions import Access, is_supported
from kg.store.neo4j.store import open_neo4j
from kg.store.protocol import Has
from ontology.errors import (
    InvalidFile,
    InvalidValue,
    MissingPart,
    StoreError,
    StoreUnavailable,
)
from ontology.schema import Schema, schema
from tests.contract.kinds import KINDS
from tests.contract.things import LIST, said
from tests.servers.proxy import Proxy
from tests.servers.servers import Server, free_port

WITHIN_SECONDS = 5.0


@contextmanager
def told(kind: type[Exception], *words: str) -> Iterator[None]:
    """Expect a fault of exactly this kind, in one sentence with these words, within seconds."""
    begin = time.monotonic()
    with pytest.raises(kind) as caught:
        yield
    assert type(caught.value) is kind
    assert time.monotonic() - begin < WITHIN_SECONDS
    sentence = str(caught.value)
    for word in words:
        assert word in sentence
    assert "\n" not in sentence


def test_a_server_that_is_not_reachable_is_away() -> None:
    url = f"bolt://127.0.0.1:{free_port()}"
    with told(StoreUnavailable, url, "no server answers"):
        open_neo4j(url, schema())


def test_a_routed_address_without_a_server_is_away() -> None:
    url = f"neo4j://127.0.0.1:{free_port()}"
    with told(StoreUnavailable, url, "no server answers"):
        open_neo4j(url, schema())


def test_a_wrong_password_is_said_and_never_repeated(server: Server, access: Access) -> None:
    with told(StoreError, "refuses user 'neo4j'", "SFKG_NEO4J_PASSWORD") as _:
        open_neo4j(server.url, schema(), replace(access, password="hunter2"))  # noqa: S106
    assert "hunter2" not in repr(replace(access, password="hunter2"))  # noqa: S106


def test_a_wrong_database_is_named(server: Server, access: Access) -> None:
    with told(StoreError, "no database 'graphs'", "SFKG_NEO4J_DATABASE"):
        open_neo4j(server.url, schema(), replace(access, database="graphs"))


def test_an_expired_password_is_told_from_a_wrong_one(server: Server, access: Access) -> None:
    with GraphDatabase.driver(server.url, auth=(access.user, access.password)) as driver:
        driver.execute_query(
            "CREATE OR REPLACE USER late SET PASSWORD 'to be changed' CHANGE REQUIRED",
            database_="system",
        )
    late = Access("late", "to be changed", "neo4j")
    with told(StoreError, "'late' has expired"):
        open_neo4j(server.url, schema(), late)


@pytest.mark.parametrize("version", [b"5.25.14", b"4.44.14"])
def test_a_server_of_another_version_is_refused(
    server: Server, access: Access, version: bytes
) -> None:
    own = server.release.version.encode()
    other = version.ljust(len(own), b"0")  # as long, because its length stands before it
    with (
        Proxy(server.port, lambda said: said.replace(own, other)) as proxy,
        told(StoreError, other.decode(), "5.26 to 2026"),
    ):
        open_neo4j(proxy.url, schema(), access)


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        ("Neo4j/5.26.0", True),
        ("Neo4j/5.26.14", True),
        ("Neo4j/2025.01.0", True),
        ("Neo4j/2026.09.0", True),
        ("Neo4j/5.25.1", False),
        ("Neo4j/4.4.41", False),
        ("Neo4j/2027.01.0", False),
        ("Memgraph/3.0", False),
    ],
)
def test_versions_from_the_long_term_one_to_this_years_are_supported(
    agent: str, expected: bool
) -> None:
    assert is_supported(agent) is expected


@pytest.mark.parametrize(
    "url",
    ["bolt://", "bolt:///path", "neo4j+x://host", "bolt://me:secret@host", "bolt://host/database"],
)
def test_an_address_that_is_none_is_refused_without_its_password(url: str) -> None:
    with told(InvalidValue, "no address of a Neo4j server") as _:
        open_neo4j(url, schema())
    with pytest.raises(InvalidValue) as caught:
        open_neo4j(url, schema())
    assert "secret" not in str(caught.value)


def test_a_database_without_a_store_is_not_made_one_by_reading(
    server: Server, access: Access
) -> None:
    with told(MissingPart, "sfkg build"):
        open_neo4j(server.url, schema(), access, read_only=True)
    with GraphDatabase.driver(server.url, auth=(access.user, access.password)) as driver:
        assert driver.execute_query("MATCH (n) RETURN count(n)").records[0][0] == 0


def test_several_who_open_a_new_database_at_once_all_find_it_ready(
    server: Server, access: Access
) -> None:
    with GraphDatabase.driver(server.url, auth=(access.user, access.password)) as driver:
        for kind, many in (("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES")):
            shown = f"SHOW {many} YIELD name WHERE name STARTS WITH 'sfkg' RETURN name"
            for record in driver.execute_query(shown).records:
                driver.execute_query(f"DROP {kind} {record['name']} IF EXISTS")
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: open_neo4j(server.url, KINDS, access), range(4)))
    opened[0].load(LIST, [said("a")])
    for store in opened:
        assert store.find("Thing").total == 1
        store.close()


def of_filters(*names: str) -> Schema:
    """Return the contract's schema with only these properties filterable."""
    labels = tuple(
        replace(
            label,
            properties=tuple(
                replace(prop, filterable=prop.name in names) for prop in label.properties
            ),
        )
        for label in KINDS.labels
    )
    return replace(KINDS, labels=labels)


def test_a_schema_with_other_filters_is_followed_by_who_may_write(
    server: Server, access: Access
) -> None:
    with open_neo4j(server.url, of_filters("text"), access) as before:
        before.load(LIST, [said("a", text="x", texts=("p", "q")), said("b", texts=("q",))])
    with told(InvalidFile, "other filters", "sfkg build"):
        open_neo4j(server.url, of_filters("text", "texts"), access, read_only=True)
    with open_neo4j(server.url, of_filters("text", "texts"), access) as after:
        assert after.count("Thing", (), "texts") == (("q", 2), ("p", 1))
        assert after.find("Thing", [Has("texts", ("p",))]).total == 1
        after.load(LIST, [said("a", texts=("r",))])
        assert after.count("Thing", (), "texts") == (("r", 1),)


def test_a_database_of_another_version_of_the_store_is_refused(
    server: Server, access: Access
) -> None:
    with open_neo4j(server.url, KINDS, access):
        pass
    with GraphDatabase.driver(server.url, auth=(access.user, access.password)) as driver:
        driver.execute_query("MATCH (state:SfkgState) SET state.version = 99")
    with told(StoreError, "version 99", "empty the database"):
        open_neo4j(server.url, KINDS, access)


def test_a_database_of_another_program_is_left_as_it_is(server: Server, access: Access) -> None:
    with GraphDatabase.driver(server.url, auth=(access.user, access.password)) as driver:
        driver.execute_query("CREATE (:Invoice {id: 1})")
        with told(StoreError, "another program"):
            open_neo4j(server.url, schema(), access)
        found = driver.execute_query("MATCH (n) RETURN labels(n)").records
        assert [record[0] for record in found] == [["Invoice"]]

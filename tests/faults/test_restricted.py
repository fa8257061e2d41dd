"""Databases that may only be read, and connections that must be encrypted."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.store.neo4j.sessions import Access
from kg.store.neo4j.store import Neo4jStore, open_neo4j
from ontology.errors import StoreError
from ontology.schema import schema
from tests.servers.servers import READ_ONLY, Server
from tests.world import cases, source_of

BACK_WITHIN_SECONDS = 10.0
TLS = {
    "server.bolt.tls_level": "OPTIONAL",
    "dbms.ssl.policy.bolt.enabled": "true",
    "dbms.ssl.policy.bolt.private_key": "private.key",
    "dbms.ssl.policy.bolt.public_certificate": "public.crt",
}


@pytest.fixture
def restricted(server: Server, store: Neo4jStore) -> Iterator[Server]:
    """The server with a loaded database that takes no changes, and with a certificate."""
    folder = server.home / "certificates"
    folder.mkdir(exist_ok=True)
    tls = TLS | {"dbms.ssl.policy.bolt.base_directory": str(folder)}
    if not shutil.which("openssl"):
        pytest.skip("no openssl to make a certificate with")
    certify(folder)
    server.stop()
    server.start(**{READ_ONLY: "true"}, **tls)
    yield server
    server.restart(**{READ_ONLY: "false", "server.bolt.tls_level": "DISABLED"})


def certify(folder: Path) -> None:
    """Make a key and a certificate for this machine's own address."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
         "-keyout", folder / "private.key", "-out", folder / "public.crt"],
        check=True, capture_output=True,
    )  # fmt: skip


def test_reading_needs_no_right_to_write_and_tls_no_trust_but_the_given(
    restricted: Server, store: Neo4jStore, access: Access
) -> None:
    begin = time.monotonic()
    expected = store.find("Instance")  # the store of before the restart
    assert time.monotonic() - begin < BACK_WITHIN_SECONDS
    assert expected.total == 8
    certificate = restricted.home / "certificates" / "public.crt"
    host = restricted.url.removeprefix("bolt://")

    # For reading only: everything answers, nothing is tried to be written.
    with open_neo4j(restricted.url, schema(), access, read_only=True) as reader:
        assert reader.find("Instance") == expected
        assert reader.state() == store.state()
        with pytest.raises(StoreError, match="opened for reading only"):
            reader.point_to("x")

    # For writing: opened, because nothing has to be made, and refused at the first change.
    with open_neo4j(restricted.url, schema(), access) as writer:
        assert writer.find("Instance") == expected
        with pytest.raises(StoreError, match="may only be read"):
            writer.load(source_of("cases", cases()), cases()[:1])

    with (
        pytest.raises(StoreError, match="certificate is not trusted"),
        open_neo4j(f"bolt+s://{host}", schema(), access),
    ):
        pass
    for url, trusting in (
        (f"bolt+ssc://{host}", access),
        (f"bolt+s://{host}", replace(access, certificate=certificate)),
        (f"neo4j+s://{host}", replace(access, certificate=certificate)),
    ):
        with open_neo4j(url, schema(), trusting, read_only=True) as encrypted:
            assert encrypted.find("Instance") == expected

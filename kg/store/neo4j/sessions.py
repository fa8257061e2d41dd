"""The way to a Neo4j database: managed read and write transactions, and who answers there."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.store.neo4j.faults import Address, fault
from ontology.errors import InvalidValue, MissingPart, StoreError, StoreUnavailable

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Session

Answer = TypeVar("Answer")
OLDEST, NEWEST_YEAR = (5, 26), 2026
KNOWN = "neo4j://HOST:PORT or bolt://HOST:PORT, with +s or +ssc for TLS"
URL = re.compile(r"(neo4j|bolt)(\+s|\+ssc)?://[^\s/?#@]+/?")

CONNECT_SECONDS = 3.0
ACQUIRE_SECONDS = 5.0  # more than a connection takes to be made
READ_RETRY_SECONDS, WRITE_RETRY_SECONDS = 1.0, 6.0
READ_SECONDS, WRITE_SECONDS = 60.0, 300.0
# A connection idle for longer is tried before it is used: the server may have been restarted.
LIVENESS_SECONDS = 2.0
CONNECTIONS = 64
# What other threads still ask is let end before the connections go: the driver tears sockets from
# under whoever uses them. A read that is tried again takes less; a server that hangs is left.
LAST_ANSWERS_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Access:
    """What a caller knows of the database: who it is there, which database, whom to trust."""

    user: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str = ""  # empty is the user's home database
    certificate: Path | None = None  # of the authority that signed the server's
    connections: int = CONNECTIONS


class Sessions:
    """A pool of connections to one database."""

    def __init__(self, url: str, access: Access, *, read_only: bool) -> None:
        check_url(url)
        self.read_only = read_only
        self.address = Address(url, access.user, access.database)
        with self._faults():
            self._driver = _driver(url, access)
        self._closed = False
        self._lent = 0
        self._given_back = threading.Condition()
        try:
            self._database = self._meet(access.database)
        except BaseException:
            self.close()
            raise

    def read(self, work: Callable[[ManagedTransaction], Answer]) -> Answer:
        """Do work in a managed read transaction."""
        from neo4j import unit_of_work

        with self.session(write=False) as session:
            return session.execute_read(unit_of_work(timeout=READ_SECONDS)(work))

    def write(self, work: Callable[[ManagedTransaction], Answer]) -> Answer:
        """Do work in a managed write transaction, which may be done again until it is in.

        Where the server leaves for good once the change was handed over, its answer to COMMIT says
        nothing, a refusal by a server that is stopping included: StoreUnavailable then says so.
        """
        from neo4j import unit_of_work
        from neo4j.exceptions import IncompleteCommit

        handed_over = False

        def to_the_end(transaction: ManagedTransaction) -> Answer:
            nonlocal handed_over
            answer = work(transaction)
            handed_over = True  # COMMIT is next
            return answer

        limited = unit_of_work(timeout=WRITE_SECONDS)(to_the_end)
        try:
            with self.session(write=True) as session:
                try:
                    return session.execute_write(limited)
                except IncompleteCommit:
                    # The answer to COMMIT was lost. Every change may be made twice: do it again.
                    return session.execute_write(limited)
        except StoreUnavailable as error:
            if handed_over:
                raise self.address.in_doubt() from error
            raise

    def once(self, statement: str, **parameters: object) -> object:
        """Run a statement as a transaction of its own and return the one value it returns."""
        with self.session(write=True) as session:
            return session.run(statement, parameters).single(strict=True).value()

    @contextmanager
    def session(self, *, write: bool) -> Iterator[Session]:
        """Lend a session; faults inside come out as sentences."""
        from neo4j import READ_ACCESS, WRITE_ACCESS

        if write and self.read_only:
            raise StoreError(f"the store {self.address.url} was opened for reading only")
        with (
            self._counted(),
            self._faults(),
            self._driver.session(
                database=self._database,
                default_access_mode=WRITE_ACCESS if write else READ_ACCESS,
                fetch_size=-1,
                max_transaction_retry_time=WRITE_RETRY_SECONDS if write else READ_RETRY_SECONDS,
                initial_retry_delay=0.5 if write else 0.2,
            ) as session,
        ):
            yield session

    def close(self) -> None:
        """Lend no more, wait a little for what is lent, and give back all connections."""
        with self._given_back:
            self._closed = True
            self._given_back.wait_for(lambda: not self._lent, LAST_ANSWERS_SECONDS)
        self._driver.close()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._given_back:
            if self._closed:
                raise self.address.error("it was closed")
            self._lent += 1
        try:
            yield
        finally:
            with self._given_back:
                self._lent -= 1
                self._given_back.notify_all()

    def _meet(self, database: str) -> str:
        """Return the name of the database after looking at who answers."""
        from neo4j import READ_ACCESS

        def greet(transaction: ManagedTransaction) -> tuple[str, str]:
            summary = transaction.run("RETURN 1").consume()
            return summary.server.agent, summary.database or database

        with (
            self._faults(),
            self._driver.session(
                database=database or None,
                default_access_mode=READ_ACCESS,
                max_transaction_retry_time=READ_RETRY_SECONDS,
                initial_retry_delay=0.2,
            ) as session,
        ):
            agent, name = session.execute_read(greet)
        self._check_version(agent)
        return name

    def _check_version(self, agent: str) -> None:
        if not is_supported(agent):
            raise self.address.error(
                f"{agent} answers there, this program works with Neo4j 5.26 to {NEWEST_YEAR}.x"
            )

    @contextmanager
    def _faults(self) -> Iterator[None]:
        from neo4j.exceptions import DriverError, Neo4jError

        try:
            yield
        except (DriverError, Neo4jError) as error:
            raise fault(error, self.address) from error


def check_url(url: str) -> None:
    """Raise InvalidValue where an address is none of a Neo4j server."""
    if not URL.fullmatch(url):
        told = re.sub(r"//[^/]*@", "//…@", url)  # a password does not belong there, nor in a log
        raise InvalidValue("store", told, f"is no address of a Neo4j server; use {KNOWN}")


def is_supported(agent: str) -> bool:
    """Return whether a server that calls itself so is of a version that this program works with."""
    version = re.fullmatch(r"Neo4j/(\d+)\.(\d+).*", agent)
    if version is None:
        return False
    return OLDEST <= (int(version[1]), int(version[2])) < (NEWEST_YEAR + 1, 0)


def _driver(url: str, access: Access) -> Driver:
    try:
        from neo4j import GraphDatabase, TrustAll, TrustCustomCAs, TrustSystemCAs
    except ImportError:
        raise MissingPart("stores in Neo4j need the package neo4j: pip install neo4j") from None
    # Without a handler of ours its warnings would go to the user's terminal beside our sentence.
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    scheme, _, host = url.partition("://")
    plain, _, security = scheme.partition("+")
    trusted: TrustAll | TrustSystemCAs | TrustCustomCAs
    trusted = TrustAll() if security == "ssc" else TrustSystemCAs()
    if security == "s" and access.certificate is not None:
        if not access.certificate.is_file():
            raise MissingPart(f"there is no certificate at {access.certificate}")
        trusted = TrustCustomCAs(str(access.certificate))
    return GraphDatabase.driver(
        f"{plain}://{host.rstrip('/')}",
        auth=(access.user, access.password),
        encrypted=bool(security),
        trusted_certificates=trusted,
        connection_timeout=CONNECT_SECONDS,
        connection_write_timeout=CONNECT_SECONDS * 5,
        connection_acquisition_timeout=ACQUIRE_SECONDS,
        max_connection_pool_size=access.connections,
        liveness_check_timeout=LIVENESS_SECONDS,
        notifications_min_severity="OFF",
        telemetry_disabled=True,
        user_agent="sfkg",
    )

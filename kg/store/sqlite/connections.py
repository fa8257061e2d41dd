"""The file of the embedded store: made, checked and opened, one connection per thread at work."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from kg.store.sqlite.schema import APPLICATION_ID, TABLES, VERSION
from ontology.errors import InvalidFile, MissingPart, StoreError, StoreUnavailable

MAGIC = b"SQLite format 3\0"
OLDEST_SQLITE = (3, 35, 0)  # the first with RETURNING
# Ids fall all over their indexes: with the usual 2 MiB a large load takes half as long again.
# Readers are many and share the system's cache.
READING_KIB, WRITING_KIB = 8 * 1024, 64 * 1024
MOST_IDLE = 8  # connections kept open between requests
# What SQLite answers where it may not make the files that go with the write-ahead log.
LOCKED_UP = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
Mode = Literal["ro", "rw", "rwc"]


class Connections:
    """Idle connections to one store file; every thread at work borrows one of its own."""

    def __init__(self, path: Path, *, read_only: bool, timeout: float) -> None:
        self.path = path.absolute()
        self.read_only = read_only
        self._timeout = timeout
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False
        self._immutable = False
        with self.faults():
            self._prepare()
            self._file = self._identity()

    def _prepare(self) -> None:
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            found = sqlite3.sqlite_version
            raise MissingPart(f"SQLite 3.35 or later is needed, this Python has {found}")
        is_new = not self._check_header()
        if self.read_only:
            self._immutable = not self._can_share()
            self._idle.append(self._open("ro"))
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = self._open("rwc")
        self._idle.append(connection)
        if is_new:
            create(connection, self.path)
        connection.execute("PRAGMA journal_mode = WAL")

    def _check_header(self) -> bool:
        """Return whether the file holds a store already; raise where it holds something else."""
        if not self.path.exists():
            if self.read_only:
                raise MissingPart(f"there is no store at {self.path}; `sfkg build` makes one")
            return False
        if not self.path.is_file():
            raise InvalidFile(f"{self.path} is no file; a store is one SQLite file")
        with self.path.open("rb") as file:
            header = file.read(100)
        if not header and not self.read_only:
            return False
        if self._is_unfinished(header):
            return False
        if not header.startswith(MAGIC) or len(header) < 100:
            raise InvalidFile(f"{self.path} is no SQLite file and was left as it is")
        self._check_numbers(header)
        return True

    def _is_unfinished(self, header: bytes) -> bool:
        """Return whether a program was stopped making the tables, which SQLite then takes back."""
        journal = self.path.with_name(self.path.name + "-journal")
        begun = not any(header) or (header.startswith(MAGIC) and not any(header[68:72]))
        return begun and journal.exists() and not self.read_only

    def _check_numbers(self, header: bytes) -> None:
        if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
            raise InvalidFile(f"{self.path} is a database of another program and was left as it is")
        version = int.from_bytes(header[60:64], "big")
        if version != VERSION:
            raise InvalidFile(
                f"{self.path} is a store of version {version}, this program reads version {VERSION}"
                "; move it away and run `sfkg build`"
            )

    def _can_share(self) -> bool:
        """Return whether a reader can do its part of the write-ahead log beside the file."""
        try:
            with closing(self._open("ro")) as connection:
                connection.execute("SELECT token FROM state")
        except sqlite3.OperationalError as error:
            # In a folder that takes no files nobody else writes either; but what a writer that
            # was stopped left in the log would be missed.
            log = self.path.with_name(self.path.name + "-wal")
            left = log.exists() and log.stat().st_size
            if error.sqlite_errorcode & 0xFF not in LOCKED_UP or left:
                raise
            return False
        return True

    def _open(self, mode: Mode) -> sqlite3.Connection:
        address = f"file:{quote(str(self.path))}?mode={mode}" + "&immutable=1" * self._immutable
        connection = sqlite3.connect(
            address, uri=True, timeout=self._timeout, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{READING_KIB}")
        connection.create_function("exact", 1, exact, deterministic=True)
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside one read transaction."""
        with self.faults(), self._borrowed() as connection, _transaction(connection, "BEGIN"):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside one write transaction: all of it happens or nothing."""
        if self.read_only:
            raise StoreError(f"the store {self.path} was opened for reading only")
        with (
            self.faults(),
            self._borrowed() as connection,
            _large_cache(connection),
            _transaction(connection, "BEGIN IMMEDIATE"),
        ):
            yield connection

    def _identity(self) -> tuple[int, int]:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            raise StoreError(f"there is no store at {self.path} any more") from None
        return found.st_dev, found.st_ino

    def _check_file(self) -> None:
        """Raise StoreError where another file has the store's name by now.

        The write-ahead log beside it belongs to the file before: to open the new one with it would
        damage it, and to answer on from the old one would hide the change.
        """
        if self._identity() != self._file:
            raise StoreError(
                f"{self.path} was exchanged for another file while it was in use; stop what uses it"
                " and start it again"
            )

    @contextmanager
    def _borrowed(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._closed:
                raise StoreError(f"the store {self.path} is closed")
            self._check_file()
            connection = self._idle.pop() if self._idle else None
        connection = connection or self._open("ro" if self.read_only else "rw")
        try:
            yield connection
        finally:
            with self._lock:
                keep = not self._closed and len(self._idle) < MOST_IDLE
                if keep:
                    self._idle.append(connection)
            if not keep:
                connection.close()

    def close(self) -> None:
        """Close the idle connections; those at work close when they come back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def faults(self) -> Iterator[None]:
        """Turn SQLite's faults into one sentence that names the file."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise fault(error, self.path) from error


def create(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables of a new store in one step, unless another process just did."""
    with _transaction(connection, "BEGIN IMMEDIATE"):
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        if tables and owner != APPLICATION_ID:
            raise InvalidFile(f"{path} is a database of another program and was left as it is")
        if not tables:
            for statement in TABLES:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # SQLite rolled back by itself, for instance on a full disk
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _large_cache(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute(f"PRAGMA cache_size = -{WRITING_KIB}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = -{READING_KIB}")


def exact(text: str) -> float:
    """Return the number that a text writes; SQLite errs in the last place on some machines."""
    return float(text)


def fault(error: sqlite3.Error | OSError, path: Path) -> StoreError | InvalidFile:
    """Return the sentence for a fault of SQLite or of the file system."""
    if isinstance(error, OSError):
        return StoreError(f"the store {path} cannot be used: {error.strerror or error}")
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return StoreUnavailable(f"the store {path} is being written by another process; try later")
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return InvalidFile(f"the store {path} is damaged ({error}); move it away, `sfkg build`")
    reasons = {
        sqlite3.SQLITE_FULL: "the disk is full",
        sqlite3.SQLITE_READONLY: "its file or folder may only be read",
        sqlite3.SQLITE_CANTOPEN: "its file or folder cannot be opened",
        sqlite3.SQLITE_IOERR: "the disk does not answer as it should",
    }
    return StoreError(f"the store {path} cannot be used: {reasons.get(code, error)}")

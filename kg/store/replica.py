"""A local copy of a graph that lies on a server, for the time when the server is away."""

from __future__ import annotations

import shutil
import tempfile
import threading
from pathlib import Path

from kg.store.copying import copy
from kg.store.protocol import GraphRead, GraphStore, StoreState
from kg.store.sqlite.store import SqliteStore
from ontology.errors import InvalidFile, SmartFactoryError, StoreError
from ontology.schema import Schema

SUFFIX = ".sqlite"


class Replica:
    """The copy of one graph: a file that is named by what it holds and never changed again."""

    def __init__(self, folder: Path, schema: Schema) -> None:
        self._folder = folder
        self._schema = schema
        self._lock = threading.Lock()
        self._opened: tuple[Path, GraphStore] | None = None

    def follow(self, store: GraphRead) -> None:
        """Copy the graph where it has changed since the last copy.

        Raise StoreError where that fails; the last copy is then as before.
        """
        state = store.state()
        target = self._folder / f"{state.graph_hash[:16]}-{state.snapshot}{SUFFIX}"
        if target.exists():
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix="copying-", dir=self._folder) as scratch:
                made = Path(scratch) / target.name
                self._copy(store, state, made)
                made.rename(target)
            self._remove_others(target)
        except OSError as error:
            raise StoreError(
                f"the graph cannot be copied to {self._folder}: {error.strerror}"
            ) from None

    def opened(self) -> GraphRead | None:
        """Return the newest copy, None where there is none that can be read."""
        with self._lock:
            newest = self._newest()
            if self._opened and self._opened[0] != newest:
                self._close()
            if newest and not self._opened:
                try:
                    self._opened = newest, SqliteStore(newest, self._schema, read_only=True)
                except SmartFactoryError:  # of another version, or damaged: as good as none
                    return None
            return self._opened[1] if self._opened else None

    def close(self) -> None:
        """Give back files."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._opened:
            self._opened[1].close()
            self._opened = None

    def _copy(self, store: GraphRead, state: StoreState, made: Path) -> None:
        """Copy what changed since the newest copy; with nothing to start from, everything."""
        if newest := self._newest():
            shutil.copyfile(newest, made)
        try:
            self._bring_up(store, state, made)
        except InvalidFile:  # what it started from is damaged
            made.unlink()
            self._bring_up(store, state, made)

    def _bring_up(self, store: GraphRead, state: StoreState, made: Path) -> None:
        with SqliteStore(made, self._schema) as held:
            if copy(store, held, self._schema) != state.graph_hash:
                raise StoreError("the graph was changed while it was copied; copy it again")
            held.point_to(state.snapshot)

    def _newest(self) -> Path | None:
        found = [(path.stat().st_mtime, path) for path in self._folder.glob(f"*{SUFFIX}")]
        return max(found)[1] if found else None

    def _remove_others(self, kept: Path) -> None:
        for path in self._folder.glob(f"*{SUFFIX}"):
            if path != kept:
                path.unlink(missing_ok=True)

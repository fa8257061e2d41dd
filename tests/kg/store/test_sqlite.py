"""The file of the embedded store: whose it is, who may write it, and what a fault leaves behind."""

from __future__ import annotations

import ctypes
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from kg.records import Record, Source
from kg.store.open import open_store
from kg.store.protocol import Has
from kg.store.sqlite.schema import APPLICATION_ID, VERSION
from kg.store.sqlite.store import SqliteStore
from ontology.errors import InvalidFile, MissingPart, StoreError, StoreUnavailable
from ontology.schema import schema
from tests.contract.kinds import KINDS
from tests.world import load_world

PROJECT = Path(__file__).parents[3]
ONE = Source("one", "One", "table")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "graph.sqlite"


def organisation(name: str) -> Record:
    return Record("one", f"row {name}", name, "Organisation", {"name": name})


def query(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


# Whose file it is


def test_the_file_says_whose_it_is_and_is_written_ahead(path: Path) -> None:
    open_store(str(path)).close()
    assert query(path, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert query(path, "PRAGMA user_version") == [(VERSION,)]
    assert query(path, "PRAGMA journal_mode") == [("wal",)]


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path, read_only: bool) -> None:
    path.write_text("序号,申报单位\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(InvalidFile, match=r"graph\.sqlite is no SQLite file"):
        open_store(str(path), read_only)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["graph.sqlite"]


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_database_of_another_program_is_refused_and_left_alone(path: Path, journal: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute("CREATE TABLE node (key INTEGER)")
    before = path.read_bytes()
    with pytest.raises(InvalidFile, match="another program"):
        open_store(str(path))
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["graph.sqlite"]


def test_a_store_of_another_version_is_refused_and_left_alone(path: Path) -> None:
    open_store(str(path)).close()
    query(path, "PRAGMA user_version = 7")
    before = path.read_bytes()
    with pytest.raises(InvalidFile, match=r"graph\.sqlite is a store of version 7.*sfkg build"):
        open_store(str(path))
    assert path.read_bytes() == before


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="is no file"):
        open_store(str(tmp_path))


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.touch()
    with open_store(str(path)) as store:
        assert store.state().records == 0


def test_a_damaged_file_is_named_in_one_sentence(path: Path) -> None:
    with open_store(str(path)) as store:
        load_world(store)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x55" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(InvalidFile, match="damaged"), open_store(str(path)) as store:
        store.find("Instance")


def test_tables_half_made_by_a_killed_program_are_made_anew(path: Path) -> None:
    made = "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
    # A cache of one page makes SQLite write before it commits; then the program dies.
    made += "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN'); "
    made += "[c.execute(f'CREATE TABLE t{n} (x)') for n in range(50)]; os._exit(9)"
    subprocess.run([sys.executable, "-c", made, str(path)], check=False)
    assert path.with_name("graph.sqlite-journal").exists()
    with open_store(str(path)) as store:
        assert store.state().records == 0


# Who may write it


def test_a_missing_store_is_made_with_its_folder(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/data/here/graph.sqlite") as store:
        load_world(store)
    with open_store(str(tmp_path / "data" / "here" / "graph.sqlite")) as store:
        assert store.find("Instance").total == 8


def test_reading_a_missing_store_says_how_to_build_one(path: Path) -> None:
    with pytest.raises(MissingPart, match=r"no store at .*graph\.sqlite; `sfkg build` makes one"):
        open_store(str(path), read_only=True)
    assert not path.exists()


def test_a_store_opened_for_reading_answers_and_refuses_changes(path: Path) -> None:
    with open_store(str(path)) as store:
        load_world(store)
    with open_store(str(path), read_only=True) as store:
        before = store.state()
        assert store.find("Instance").total == 8
        with pytest.raises(StoreError, match="opened for reading only"):
            store.load(ONE, [])
        with pytest.raises(StoreError, match="opened for reading only"):
            store.point_to("snapshot")
        assert store.state() == before


def test_a_reader_follows_what_a_writer_does(path: Path) -> None:
    with open_store(str(path)) as writer, open_store(str(path), read_only=True) as reader:
        before = reader.state().token
        writer.load(ONE, [organisation("a")])
        assert reader.state().token > before
        assert [node.id for node in reader.get(["a"])] == ["a"]


READ_AND_WRITE = """
import sys
from kg.store.open import open_store
from ontology.errors import StoreError
with open_store(sys.argv[1], read_only=True) as store:
    print(store.find("Instance").total)
try:
    open_store(sys.argv[1])
except StoreError as error:
    print(error)
"""


def obey_permissions() -> None:
    """Give up root's privilege to write and read everything, if we are root."""
    bounding_set_drop, override, read_search = 24, 1, 2
    for capability in (override, read_search):
        ctypes.CDLL(None).prctl(bounding_set_drop, capability, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities are Linux's")
def test_a_store_in_a_folder_that_may_only_be_read_still_answers(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    with open_store(str(folder / "graph.sqlite")) as store:
        load_world(store)
    (folder / "graph.sqlite").chmod(0o444)
    folder.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", READ_AND_WRITE, str(folder / "graph.sqlite")],
        cwd=PROJECT, capture_output=True, text=True, check=True, preexec_fn=obey_permissions,
    )  # fmt: skip
    folder.chmod(0o755)
    answer, sentence = done.stdout.splitlines()
    assert answer == "8"
    assert sentence.startswith(f"the store {folder}/graph.sqlite cannot be used: ")
    assert "may only be read" in sentence


def test_a_writer_that_waits_too_long_says_so(path: Path) -> None:
    with (
        SqliteStore(path, schema(), timeout_seconds=0.1) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        before = store.state()
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="being written by another process"):
            store.load(ONE, [organisation("a")])
        assert store.state() == before
        other.execute("ROLLBACK")
        store.load(ONE, [organisation("a")])
        assert store.state().records == 1


# What a fault leaves behind

FILL = """
import resource, sys
from pathlib import Path
from kg.store.open import open_store
from ontology.errors import StoreError
from tests.kg.store.test_sqlite import ONE, organisation
with open_store(sys.argv[1]) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    try:
        store.load(ONE, [organisation(f"{n}") for n in range(4000)])
    except StoreError as error:
        print(type(error).__name__, error)
    print(store.state().records, store.find("Organisation").total)
"""


def test_a_disk_that_takes_no_more_leaves_the_store_as_it_was(path: Path) -> None:
    with open_store(str(path)) as store:
        store.load(ONE, [organisation("a")])
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(path)],
        cwd=PROJECT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    sentence, counts = done.stdout.splitlines()
    assert sentence.startswith("StoreError the store ")
    assert counts == "1 1"
    with open_store(str(path)) as store:
        store.load(ONE, [organisation(f"{number}") for number in range(4000)])
        assert store.find("Organisation").total == 4000


def test_a_graph_that_is_deleted_leaves_no_rows(path: Path) -> None:
    with open_store(str(path)) as store:
        load_world(store)
        for state in store.sources():
            store.delete(state.source.id)
    for table in ("source", "part", "record", "node", "edge", "held"):
        assert query(path, f"SELECT * FROM {table}") == [], table  # noqa: S608


def test_a_closed_store_says_so(path: Path) -> None:
    store = open_store(str(path))
    store.close()
    store.close()
    with pytest.raises(StoreError, match="is closed"):
        store.state()


# Connections and filters


def test_many_threads_share_one_store(path: Path) -> None:
    with open_store(str(path)) as store:
        load_world(store)
        totals: list[int] = []

        def read() -> None:
            totals.extend(store.find("Instance").total for _ in range(20))

        threads = [threading.Thread(target=read) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert totals == [8] * 240
        assert open_files(path) <= 12 * 3


def open_files(path: Path) -> int:
    """Return how many files of the store this process has open."""
    links = Path("/proc/self/fd")
    if not links.exists():
        return 0
    names = [str(link.readlink()) for link in links.iterdir() if link.exists()]
    return sum(name.startswith(str(path)) for name in names)


def test_another_schema_makes_a_writer_hold_other_values_and_refuses_a_reader(path: Path) -> None:
    with SqliteStore(path, KINDS) as store:
        store.load(
            Source("list", "List", "table"), [Record("list", "1", "a", "Thing", {"whole": 1})]
        )
    fewer = type(KINDS)((), ())
    with pytest.raises(InvalidFile, match="sfkg build"):
        SqliteStore(path, fewer, read_only=True)
    query(path, "UPDATE state SET filterable = ''")
    query(path, "DELETE FROM held")
    with SqliteStore(path, KINDS) as store:
        assert store.find("Thing", [Has("whole", (1,))]).total == 1
    with SqliteStore(path, KINDS, read_only=True) as store:
        assert store.count("Thing", (), "whole") == ((1, 1),)


def test_a_path_with_characters_of_addresses_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "数据 50%?mode=ro#x" / "graph.sqlite"
    with open_store(f"sqlite:///{path}") as store:
        load_world(store)
        assert store.find("Instance").total == 8
    assert path.exists()


def test_a_file_that_was_exchanged_in_use_is_noticed(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "other.sqlite")) as other:
        load_world(other)
    with open_store(str(tmp_path / "graph.sqlite")) as store:
        assert store.state().records == 0
        (tmp_path / "other.sqlite").replace(tmp_path / "graph.sqlite")
        with pytest.raises(StoreError, match="was exchanged"):
            store.get(["S17"])

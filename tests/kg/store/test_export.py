"""Exports are whole or not there, the same every time, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import Record, Source
from kg.store.csv_export import guarded, unguarded
from kg.store.export import write_export
from kg.store.open import open_store
from kg.store.protocol import GraphStore, Page
from kg.store.sqlite.store import SqliteStore
from ontology.errors import InvalidValue, StoreError, StoreUnavailable
from ontology.schema import schema
from tests.world import load_world


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    with open_store(str(tmp_path / "graph.sqlite")) as opened:
        load_world(opened)
        yield opened


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_hold_one_row_per_thing_edge_and_record(store: GraphStore, tmp_path: Path) -> None:
    write_export(store, "csv", tmp_path / "tables")
    instances = rows(tmp_path / "tables" / "instances.csv")
    assert len(instances) == 8
    assert {row["keys"] for row in instances} == {f"I00{number}" for number in range(1, 9)}
    in_scene = rows(tmp_path / "tables" / "relation_in_scene.csv")
    assert {(row["end"], row["end_name"]) for row in in_scene} == {
        ("S12", "产线柔性配置"),
        ("S16", "人机协同作业"),
        ("S17", "在线智能检测"),
        ("S18", "质量追溯与分析改进"),
    }
    evidence = rows(tmp_path / "tables" / "evidence.csv")
    assert len(evidence) == store.state().records
    assert [row["id"] for row in rows(tmp_path / "tables" / "sources.csv")] == [
        "cases", "guide", "list", "solutions", "standards"]  # fmt: skip


def test_tables_open_in_spreadsheets_as_utf8(store: GraphStore, tmp_path: Path) -> None:
    write_export(store, "csv", tmp_path / "tables")
    assert (tmp_path / "tables" / "scenes.csv").read_bytes().startswith(b"\xef\xbb\xbfid,name")


def test_a_zip_holds_the_same_tables_and_is_the_same_every_time(
    store: GraphStore, tmp_path: Path
) -> None:
    write_export(store, "csv", tmp_path / "tables")
    for name in ("one.zip", "two.zip"):
        write_export(store, "csv", tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        for file in (tmp_path / "tables").iterdir():
            assert archive.read(file.name) == file.read_bytes()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+86", "'+86"),
        ("-30%", "'-30%"),
        ("@SUM", "'@SUM"),
        ("＝1", "'＝1"),
        ("－30%", "'－30%"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("'=1", "''=1"),
        ("效率=+30%", "效率=+30%"),
        ("'引号", "'引号"),
        ("", ""),
    ],
)
def test_a_cell_never_begins_a_formula_and_only_then_is_changed(text: str, cell: str) -> None:
    assert guarded(text) == cell
    assert unguarded(cell) == text


@given(st.text(st.sampled_from("'=+-@＝＋－＠\t\r\n工a")))
def test_every_guarded_text_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_formulas_in_the_graph_are_guarded_in_its_tables(tmp_path: Path) -> None:
    record = Record(
        "list", "row 1", "=cmd", "Organisation", {"name": '=1+1|"calc"', "other_names": ("-1",)}
    )
    with open_store(str(tmp_path / "graph.sqlite")) as store:
        store.load(Source("list", "@list", "table"), [record])
        write_export(store, "csv", tmp_path / "tables")
    (row,) = rows(tmp_path / "tables" / "organisations.csv")
    assert (row["id"], row["name"], row["other_names"]) == ("'=cmd", '\'=1+1|"calc"', "'-1")
    assert rows(tmp_path / "tables" / "sources.csv")[0]["title"] == "'@list"


@pytest.mark.parametrize("form", ["ttl", "jsonld"])
def test_a_stream_gets_what_a_file_gets(store: GraphStore, tmp_path: Path, form: str) -> None:
    stream = io.StringIO()
    write_export(store, form, stream)
    write_export(store, form, tmp_path / "graph")
    assert (tmp_path / "graph").read_text(encoding="utf-8") == stream.getvalue()


def test_what_cannot_be_exported_is_refused_in_one_sentence(
    store: GraphStore, tmp_path: Path
) -> None:
    with pytest.raises(InvalidValue, match="format 'xml': is none of ttl, jsonld, csv"):
        write_export(store, "xml", tmp_path / "graph.xml")
    with pytest.raises(InvalidValue, match="folder"):
        write_export(store, "csv", io.StringIO())
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="file"):
        write_export(store, "ttl", tmp_path / "file" / "graph.ttl")


class Changing(SqliteStore):
    """A store that somebody else writes to while it is read."""

    def find(self, *args: object, **more: object) -> Page:
        load = Source("late", "Late", "table", content=str(self.state().token))
        self.load(load, [])
        return super().find(*args, **more)  # type: ignore[arg-type]


def test_a_graph_that_changes_meanwhile_leaves_no_export(tmp_path: Path) -> None:
    before = tmp_path / "graph.ttl"
    before.write_text("as it was")
    with Changing(tmp_path / "graph.sqlite", schema()) as store:
        load_world(store)
        with pytest.raises(StoreUnavailable, match="changed while"):
            write_export(store, "ttl", before)
    assert before.read_text() == "as it was"
    assert {path.name for path in tmp_path.iterdir()} == {"graph.sqlite", "graph.ttl"}


def test_what_is_neither_file_nor_folder_is_left_alone(
    world_store: GraphStore, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(InvalidValue, match="neither a file nor a folder"):
        write_export(world_store, "ttl", pipe)
    assert pipe.is_fifo()

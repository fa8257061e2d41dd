"""Changing the taught words: checked first, built beside, swapped in, nothing lost on failure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.index.holder import SnapshotHolder, publish
from kg.index.rewording import Change, apply_words, changed_words
from kg.index.snapshot import IndexPlan
from kg.match import packaged_model
from kg.store.open import open_store
from kg.store.protocol import GraphStore
from ontology.errors import InvalidFile, InvalidValue, SmartFactoryError
from tests.world import load_world

HEADING = "kind,term,means,source,author\n"
GOOD = f"{HEADING}word,魔方岛,S12,a plant,a test\n"
NEED = "谁家有魔方岛"


@pytest.fixture
def plan(tmp_path: Path) -> IndexPlan:
    """Where the snapshots and the words of this test lie."""
    return IndexPlan(tmp_path / "snapshots", packaged_model(), words=tmp_path / "vocabulary")


@pytest.fixture
def store(tmp_path: Path, plan: IndexPlan) -> Iterator[GraphStore]:
    """The tiny world, indexed."""
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as opened:
        load_world(opened)
        publish(opened, plan)
        yield opened


def written(folder: Path, content: str, name: str = "own.csv") -> Path:
    """Write a file of words."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8")
    return folder / name


def test_a_running_service_takes_over_the_changed_words(
    store: GraphStore, plan: IndexPlan, tmp_path: Path
) -> None:
    holder = SnapshotHolder(store, plan)
    holder.refresh()
    before = holder.current()
    assert before.matcher.match(NEED).decision == "no_scene"
    snapshot = apply_words(store, plan, Change((written(tmp_path / "given", GOOD),)))
    holder.refresh()
    assert holder.current().id == snapshot != before.id
    assert holder.current().matcher.match(NEED).scenes[0].id == "S12"
    assert before.matcher.match(NEED).decision == "no_scene"  # whoever still answers with it
    assert publish(store, plan) == (snapshot, False)


def test_taking_a_file_out_brings_back_what_was_before(
    store: GraphStore, plan: IndexPlan, tmp_path: Path
) -> None:
    before = store.state().snapshot
    apply_words(store, plan, Change((written(tmp_path / "given", GOOD),)))
    assert apply_words(store, plan, Change(removed=("own.csv",))) == before


@pytest.mark.parametrize(("content", "fault"), [
    (GOOD.replace("S12", "S99"), "which is no scene's id"),
    (GOOD.replace("word,", "wort,"), "own.csv, row 2: the kind 'wort'"),
    ("", "row 1: the column author is missing"),
])  # fmt: skip
def test_faulty_words_change_nothing(
    store: GraphStore, plan: IndexPlan, tmp_path: Path, content: str, fault: str
) -> None:
    apply_words(store, plan, Change((written(tmp_path / "given", GOOD),)))
    before = store.state().snapshot
    faulty = written(tmp_path / "faulty", content)
    with pytest.raises(InvalidFile, match=fault):
        apply_words(store, plan, Change((faulty,)))
    assert store.state().snapshot == before
    assert (tmp_path / "vocabulary" / "own.csv").read_text(encoding="utf-8") == GOOD
    assert {path.name for path in tmp_path.glob("vocabulary*")} == {"vocabulary"}


def test_where_the_index_cannot_be_built_words_and_snapshot_stay(
    store: GraphStore, plan: IndexPlan, tmp_path: Path
) -> None:
    before = store.state().snapshot
    broken = IndexPlan(plan.folder, tmp_path / "no-model", words=plan.words)
    with pytest.raises((SmartFactoryError, OSError)):
        apply_words(store, broken, Change((written(tmp_path / "given", GOOD),)))
    assert store.state().snapshot == before
    assert not (tmp_path / "vocabulary").exists()


@pytest.mark.parametrize("name", ["gone.csv", "../graph.sqlite", "/etc/passwd"])
def test_only_own_files_are_taken_out(plan: IndexPlan, name: str) -> None:
    assert plan.words
    with (
        pytest.raises(InvalidValue, match="is not among the files"),
        changed_words(plan.words, Change(removed=(name,))),
    ):
        pass


def test_a_file_without_the_ending_is_refused(plan: IndexPlan, tmp_path: Path) -> None:
    assert plan.words
    given = written(tmp_path / "given", GOOD, "own.txt")
    with (
        pytest.raises(InvalidFile, match=r"has not the ending \.csv"),
        changed_words(plan.words, Change((given,))),
    ):
        pass

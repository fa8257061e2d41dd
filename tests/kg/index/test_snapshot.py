"""Snapshots: complete, verified, refused where they do not fit."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from kg.encoder.choice import EncoderChoice
from kg.index.holder import SnapshotHolder, publish
from kg.index.snapshot import MANIFEST, IndexPlan, Snapshot, load_snapshot
from kg.match import packaged_model
from kg.store.open import open_store
from ontology.errors import IncompatibleSnapshot, MissingPart
from tests.world import cases, load_world, source_of


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A snapshot folder of the tiny world that a test may spoil."""
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as store:
        load_world(store)
        name, _ = publish(store, IndexPlan(tmp_path / "snapshots", packaged_model()))
    return tmp_path / "snapshots" / name


def test_the_folder_is_named_by_its_hash(built: Path) -> None:
    assert load_snapshot(built).id == built.name


def test_the_same_graph_gives_the_same_snapshot(built: Path, world_snapshot: Snapshot) -> None:
    assert built.name == world_snapshot.id


def test_a_changed_file_is_refused(built: Path) -> None:
    vectors = np.load(built / "vectors.npy")
    vectors[0] = -vectors[0]
    np.save(built / "vectors.npy", vectors)
    with pytest.raises(IncompatibleSnapshot, match="were changed"):
        load_snapshot(built)


def test_a_changed_manifest_is_refused(built: Path) -> None:
    manifest = json.loads((built / MANIFEST).read_text())
    (built / MANIFEST).write_text(json.dumps(manifest | {"graph_hash": "0" * 64}))
    with pytest.raises(IncompatibleSnapshot, match="does not match its manifest"):
        load_snapshot(built)


def test_another_format_is_refused_by_its_number(built: Path) -> None:
    manifest = json.loads((built / MANIFEST).read_text())
    (built / MANIFEST).write_text(json.dumps(manifest | {"format": 99}))
    with pytest.raises(IncompatibleSnapshot, match="has format 99"):
        load_snapshot(built)


def test_a_missing_snapshot_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IncompatibleSnapshot, match="sfkg build"):
        load_snapshot(tmp_path / "gone")


@pytest.mark.parametrize("setting", ["/no/such/folder", "hub-name/model"])
def test_an_encoder_that_is_no_folder_is_told_at_once(built: Path, setting: str) -> None:
    with pytest.raises(MissingPart, match="is no folder"):
        load_snapshot(built, EncoderChoice(setting))


def test_vectors_of_another_encoder_are_refused_before_it_is_opened(
    built: Path, tmp_path: Path
) -> None:
    part = {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}
    (tmp_path / "modules.json").write_text(json.dumps([part]))
    with pytest.raises(IncompatibleSnapshot, match="made with the encoder 'builtin'"):
        load_snapshot(built, EncoderChoice(str(tmp_path)))


def test_publishing_twice_builds_once(tmp_path: Path) -> None:
    plan = IndexPlan(tmp_path / "snapshots", packaged_model())
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as store:
        load_world(store)
        first = publish(store, plan)
        second = publish(store, plan)
    assert (first[1], second[1]) == (True, False)
    assert first[0] == second[0]


def test_a_holder_keeps_the_old_snapshot_when_the_new_one_is_damaged(tmp_path: Path) -> None:
    plan = IndexPlan(tmp_path / "snapshots", packaged_model())
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as store:
        load_world(store)
        good, _ = publish(store, plan)
        holder = SnapshotHolder(store, plan)
        holder.refresh()
        shutil.copytree(plan.folder / good, plan.folder / "damaged")
        store.point_to("damaged")
        holder.refresh()
        assert holder.current().id == good
        assert "damaged" in holder.problem


def lagging(holder: SnapshotHolder) -> bool:
    """Ask anew: a checker of types takes an attribute for what it was a moment ago."""
    return holder.lag


def test_a_snapshot_behind_the_graph_says_so_until_it_is_rebuilt(tmp_path: Path) -> None:
    plan = IndexPlan(tmp_path / "snapshots", packaged_model())
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as store:
        load_world(store)
        publish(store, plan)
        holder = SnapshotHolder(store, plan)
        holder.refresh()
        assert not lagging(holder)
        fewer = cases()[:-2]
        store.load(source_of("cases", fewer), fewer)
        holder.refresh()
        assert lagging(holder)
        publish(store, plan)
        holder.refresh()
        assert not lagging(holder)
        assert holder.current().manifest.cases == 7


def test_without_a_snapshot_the_holder_says_how_to_get_one(tmp_path: Path) -> None:
    plan = IndexPlan(tmp_path / "snapshots", packaged_model())
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as store:
        holder = SnapshotHolder(store, plan)
        holder.refresh()
        with pytest.raises(MissingPart, match="sfkg build"):
            holder.current()


def test_publishing_mends_a_damaged_snapshot(tmp_path: Path) -> None:
    plan = IndexPlan(tmp_path / "snapshots", packaged_model())
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as store:
        load_world(store)
        name, _ = publish(store, plan)
        (plan.folder / name / "table.json").write_text("{}")
        assert publish(store, plan) == (name, True)
    assert load_snapshot(plan.folder / name).id == name

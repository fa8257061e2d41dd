"""The snapshot in use: follows the one the store names, and keeps the old one where a new fails."""

from __future__ import annotations

import threading
from pathlib import Path

from kg.index.builtin import encoder_fingerprint
from kg.index.snapshot import (
    IndexPlan,
    Snapshot,
    build_snapshot,
    load_snapshot,
    remove_old,
    verified_manifest,
)
from kg.match.matcher import read_model_id
from kg.match.vocabulary import load_vocabulary
from kg.store.protocol import GraphRead, GraphStore
from ontology.errors import IncompatibleSnapshot, MissingPart, SmartFactoryError
from ontology.guide import Guide, load_guide


def publish(store: GraphStore, plan: IndexPlan, guide: Guide | None = None) -> tuple[str, bool]:
    """Make the store's active snapshot fit its graph; return its id and whether it was built."""
    state = store.state()
    if state.snapshot and is_current(state.snapshot, state.graph_hash, plan):
        return state.snapshot, False
    built = build_snapshot(store, plan, guide or load_guide("2024", plan.guides))
    store.point_to(built)
    remove_old(plan.folder, built)
    return built, True


def is_current(snapshot: str, graph_hash: str, plan: IndexPlan) -> bool:
    """Say whether the snapshot is whole and was made from this graph, model, encoder and words."""
    try:
        manifest = verified_manifest(plan.folder / snapshot)
    except IncompatibleSnapshot:
        return False
    encoder = encoder_fingerprint(plan.encoder, plan.model)
    wanted = graph_hash, encoder, read_model_id(plan.model), load_vocabulary(plan.words).id
    made_with = manifest.encoder_fingerprint, manifest.model, manifest.vocabulary
    return (manifest.graph_hash, *made_with) == wanted


class SnapshotHolder:
    """Hands out the current snapshot to any number of threads."""

    def __init__(self, read: GraphRead, plan: IndexPlan) -> None:
        self._read = read
        self._plan = plan
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._graph_hash = ""
        self._records = 0
        self.problem = ""

    def current(self) -> Snapshot:
        """Return the snapshot in use, or raise MissingPart."""
        if self._snapshot is None:
            raise MissingPart(
                self.problem or "there is no index yet; `sfkg build` makes one from the graph"
            )
        return self._snapshot

    @property
    def snapshot_id(self) -> str:
        """The id of the snapshot in use, empty where there is none."""
        return self._snapshot.id if self._snapshot else ""

    @property
    def model_folder(self) -> Path:
        """The folder of the model in use; raise MissingPart where there is none."""
        return self._plan.folder / self.current().id / "model"

    @property
    def graph_hash(self) -> str:
        """The state of the graph at the last look."""
        return self._graph_hash

    @property
    def outdated(self) -> bool:
        """Whether there is a graph that no usable snapshot was made from."""
        missing = self._snapshot is None and self._records > 0
        return missing or self.lag or bool(self.problem)

    @property
    def lag(self) -> bool:
        """Whether the graph has changed since the snapshot in use was made."""
        held = self._snapshot
        return held is not None and held.manifest.graph_hash != self._graph_hash

    def refresh(self) -> None:
        """Follow the snapshot that the store names; on failure keep the old one and say why."""
        with self._lock:
            state = self._read.state()
            self._graph_hash, self._records = state.graph_hash, state.records
            if not state.snapshot:
                return
            if self._snapshot is not None and self._snapshot.id == state.snapshot:
                self.problem = ""
                return
            try:
                loaded = load_snapshot(self._plan.folder / state.snapshot, self._plan.encoder)
            except SmartFactoryError as error:
                self.problem = str(error)
            else:
                self._snapshot, self.problem = loaded, ""

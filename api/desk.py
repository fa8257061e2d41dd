"""What every answer is made from, and which copy of the graph answers when the store is away."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from kg.coverage import Coverage, coverage
from kg.index.holder import SnapshotHolder
from kg.kept import Kept
from kg.levels.support import SceneSupport, supports
from kg.lexicon import Lexicon
from kg.standards.communities import Communities, communities
from kg.standards.table import StandardTable, read_standards
from kg.store.protocol import GraphRead
from kg.store.replica import Replica
from ontology.errors import StoreUnavailable

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


@dataclass(slots=True)
class Presence:
    """Whether the store answers: who finds it away says so, who sees it again takes it back."""

    away: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """The graph, the snapshot in use, and the local copy of a graph that lies on a server.

    `degraded` says that the store is away: the snapshot and the copy answer, as they were last.
    `clock` tells the day that answers are given for where nobody names another.
    """

    read: GraphRead
    holder: SnapshotHolder
    edition: str
    replica: Replica | None = None
    presence: Presence = field(default_factory=Presence)
    degraded: bool = False
    kept: Kept = field(default_factory=Kept)
    clock: Callable[[], datetime.date] = datetime.date.today

    @property
    def standards(self) -> StandardTable:
        """All standards with what links them, read once for each graph."""
        snapshot = self.holder.current()
        return self.kept.get(
            self.holder.graph_hash,
            f"standards {snapshot.id}",
            lambda: read_standards(self.read, snapshot.matcher),
        )

    @property
    def supports(self) -> Mapping[str, SceneSupport]:
        """What is known for each scene of the guide, worked out once for each graph and day."""
        guide, day, table = self.holder.current().matcher.guide, self.clock(), self.standards
        return self.kept.get(
            self.holder.graph_hash,
            f"supports {day}",
            lambda: supports(self.read, guide, table, day),
        )

    @property
    def communities(self) -> Communities:
        """The standard clusters of the whole graph, found once for each graph."""
        table = self.standards
        return self.kept.get(self.holder.graph_hash, "communities", lambda: communities(table))

    @property
    def coverage(self) -> Coverage:
        """What is known of every scene of the guide, counted once for each graph and day."""
        snapshot, known = self.holder.current(), self.supports
        return self.kept.get(
            self.holder.graph_hash,
            f"coverage {snapshot.id} {self.clock()}",
            lambda: coverage(self.read, snapshot, known),
        )

    @property
    def lexicon(self) -> Lexicon:
        """All names of the graph, read once for each graph."""
        return self.kept.get(self.holder.graph_hash, "lexicon", lambda: Lexicon.of_graph(self.read))

    def prepare(self) -> None:
        """Work out what is kept of the whole graph, so that no question has to wait for it."""
        _ = self.supports, self.communities, self.coverage, self.lexicon

    def without_store(self) -> Desk:
        """Return the desk for the time when the store is away."""
        copy = self.replica.opened() if self.replica else None
        return replace(self, read=copy or self.read, degraded=True)


def going_on(
    question: Callable[Concatenate[Desk, Given], Answer],
) -> Callable[Concatenate[Desk, Given], Answer]:
    """Let a question be answered without the store while that is away.

    The whole question is asked anew: half an answer from the store and half from a copy that is
    older would not fit together.
    """

    @wraps(question)
    def ask(desk: Desk, /, *given: Given.args, **named: Given.kwargs) -> Answer:
        if not desk.presence.away:
            try:
                return question(desk, *given, **named)
            except StoreUnavailable:
                if desk.replica is None:
                    raise
                desk.presence.away = True
        return question(desk.without_store(), *given, **named)

    return ask

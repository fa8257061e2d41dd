"""What every answer is made from, and which copy of the graph answers when the store is away."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from kg.index.holder import SnapshotHolder
from kg.index.snapshot import Snapshot
from kg.store.protocol import GraphRead
from kg.store.replica import Replica
from kg.whole import Kept, State, WholeGraph
from ontology.errors import StoreUnavailable
from ontology.guide import Guide

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
    def whole(self) -> WholeGraph:
        """What is worked out of the whole graph; while the graph moves on, that of the last one."""
        return self.kept.current(self._worked_out)

    @property
    def guide(self) -> Guide:
        """The base edition of the guide, by the text that was imported of it if one was."""
        return self.holder.current().matcher.guide

    @property
    def settled(self) -> bool:
        """Whether what is kept of the whole graph is of its present state."""
        return self.kept.holds(self._state(self.holder.current()))

    def move_on(self) -> None:
        """Work out what is kept of the whole graph, where it has changed or the day has."""
        if not self.settled:
            self.kept.move_on(self._worked_out())

    def _worked_out(self) -> WholeGraph:
        snapshot = self.holder.current()
        return WholeGraph(self.read, snapshot, self._state(snapshot))

    def _state(self, snapshot: Snapshot) -> State:
        return State(self.holder.graph_hash, snapshot.id, self.clock())

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

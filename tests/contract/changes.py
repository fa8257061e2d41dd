"""Changes of every kind to a store, drawn at random, sensible or not."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from kg.records import Record, Source
from kg.store.protocol import GraphWrite
from ontology.errors import SmartFactoryError
from tests.contract.drawn import SOURCE_IDS, records, sources

KINDS_OF_CHANGE = ("load", "start", "put", "finish", "delete", "point_to")
MORE = st.lists(st.sampled_from(("start", "put", "finish")), max_size=4)


@dataclass(frozen=True, slots=True)
class Change:
    """One change to a store, whatever it then says to it."""

    kind: str
    source: Source
    part: int
    said: list[Record]

    def make(self, store: GraphWrite) -> object:
        """Make the change and return what came of it: the parts, or the kind of fault."""
        try:
            match self.kind:
                case "load":
                    store.load(self.source, self.said)
                case "start":
                    return store.start(self.source)
                case "put":
                    store.put(self.source.id, self.part, self.said)
                case "finish":
                    store.finish(self.source.id)
                case "delete":
                    store.delete(self.source.id)
                case _:
                    store.point_to(f"snapshot {self.part}")
        except SmartFactoryError as error:
            return type(error)
        return None


@st.composite
def changes(draw: st.DrawFn) -> list[Change]:
    """Draw at least one change of every kind, in any order, and some more of parts."""
    kinds = draw(st.permutations((*KINDS_OF_CHANGE, *draw(MORE))))
    return [draw(_change(kind)) for kind in kinds]


@st.composite
def _change(draw: st.DrawFn, kind: str) -> Change:
    name = draw(st.sampled_from(SOURCE_IDS))
    said = draw(st.lists(records(name), max_size=5)) if kind in {"load", "put"} else []
    return Change(kind, draw(sources(name)), draw(st.integers(-1, 2)), said)

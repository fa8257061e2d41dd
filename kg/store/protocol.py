"""What a graph store promises: eight questions and six changes, alike on every store.

Stores return rows and counts, never verdicts. Every order ends with the id in code-point order.
An edge whose end no record describes is not shown until a record does.

Values compare as what they are: a text never equals a number nor a truth value a number, 1 equals
1.0, texts order by code point. What a store can hold for no thing (another kind of value, a control
character, an integer beyond 64 bits) matches nothing; for a many-valued property it is enough that
one of its values matches. A label, property or relation that the schema lacks raises UnknownId;
InvalidValue is raised for a property that the schema does not call filterable and for a negative
limit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, Self

from kg.records import Edge, Node, Record, Source
from ontology.schema import Scalar

PART_SIZE = 5000  # records that one transaction takes; larger sources come in numbered parts
LONGEST_PATH, MOST_PATHS = 6, 100
# Of an id or a filterable text, in UTF-8: an index entry of Neo4j takes 8,167, two texts share one.
LONGEST_BYTES = 7_500
Direction = Literal["out", "in", "both"]


@dataclass(frozen=True, slots=True)
class Has:
    """The property equals one of `values` (for many-valued ones: contains one of them)."""

    property: str
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The property lies in [low, high]; None is open. A missing property does not match.

    Integers and numbers compare with each other, texts and dates with texts, truth values with
    truth values; a bound of another kind matches nothing.
    """

    property: str
    low: Scalar | None = None
    high: Scalar | None = None


@dataclass(frozen=True, slots=True)
class StartsWith:
    """The text or date starts with one of `prefixes`, case and all; "" is a prefix of each."""

    property: str
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """An edge of `relation` joins the thing with one of `ids`: `out` is from the thing to them."""

    relation: str
    ids: tuple[str, ...]
    direction: Literal["out", "in"] = "out"


Condition = Has | Between | StartsWith | Linked


@dataclass(frozen=True, slots=True)
class Page:
    """Some nodes in id order and how many there are in all."""

    nodes: tuple[Node, ...]
    total: int


@dataclass(frozen=True, slots=True)
class LoadState:
    """A source as the store knows it: `parts` are those that are in, `complete` when all are."""

    source: Source
    complete: bool
    parts: tuple[int, ...]
    records: int


@dataclass(frozen=True, slots=True)
class StoreState:
    """Where the store stands: the graph hash, the change token, the active snapshot, counts.

    The token grows with each change to records or sources, and only then; `point_to` leaves it.
    Counts name the labels and relations that have something to show, by name.
    """

    graph_hash: str
    token: int
    snapshot: str
    labels: Mapping[str, int]
    relations: Mapping[str, int]
    records: int


class GraphRead(Protocol):
    """Questions to the graph; each sees one consistent state."""

    def get(self, ids: Sequence[str]) -> tuple[Node, ...]:
        """Return the nodes of these ids that exist, in id order, each once."""

    def find(
        self, label: str, where: Sequence[Condition] = (), after: str = "", limit: int = 100
    ) -> Page:
        """Return the first `limit` nodes of a label beyond id `after` that meet all conditions.

        The total counts all that meet them, whatever `after` is. An empty tuple of values, prefixes
        or ids meets nothing.
        """

    def count(
        self, label: str, where: Sequence[Condition], by: str
    ) -> tuple[tuple[Scalar, int], ...]:
        """Return how many nodes have each value of a property (lower case) or an edge of a relation
        (upper case) to each end, most first, then by value. A missing value is not counted.
        """

    def edges(
        self,
        ids: Sequence[str],
        relations: Sequence[str] = (),
        direction: Direction = "both",
        limit: int | None = None,
    ) -> tuple[Edge, ...]:
        """Return the edges that touch these ids, by relation, start, end; () means every relation.

        `out` are those that start at one of the ids, `in` those that end there.
        """

    def paths(
        self, start: str, end: str, relations: Sequence[str] = (), longest: int = 4
    ) -> tuple[tuple[str, ...], ...]:
        """Return all shortest paths as id sequences, edges walked either way, at most MOST_PATHS,
        the smallest sequence first; () where none is `longest` edges or shorter. A thing reaches
        itself in no step. `longest` beyond LONGEST_PATH raises InvalidValue.
        """

    def records(
        self, subjects: Sequence[str] = (), source: str | None = None
    ) -> tuple[Record, ...]:
        """Return all records of these subjects or, where a source is named instead, all that it
        says, parts of an unfinished load included; by subject, then record id.
        """

    def sources(self) -> tuple[LoadState, ...]:
        """Return every source, by id."""

    def state(self) -> StoreState:
        """Return where the store stands."""


class GraphWrite(Protocol):
    """Changes to the graph; each is one transaction, idempotent, and leaves a consistent graph.

    A store that went away raises StoreUnavailable, and nothing of the change is in, but where the
    sentence says that it may be.
    Every record is checked before anything is written: that it fits the schema, names this source,
    that no id and no filterable text is longer than LONGEST_BYTES, and that no more than PART_SIZE
    come at once; else InvalidValue or UnknownId.
    """

    def load(self, source: Source, records: Sequence[Record]) -> None:
        """Make these at most PART_SIZE records all that the source says; it has no parts then."""

    def start(self, source: Source) -> tuple[int, ...]:
        """Begin a source of several parts and return the parts of this content that are in.

        The source needs a `content`: begun again with the same, it goes on where it was, with
        another, it begins anew. Earlier records stay until `finish`.
        """

    def put(self, source_id: str, part: int, records: Sequence[Record]) -> None:
        """Add one part of a source that was begun and not finished, else raise InvalidValue."""

    def finish(self, source_id: str) -> None:
        """End a source: records of an earlier load go, the source is complete.

        A source that is complete already stays as it is.
        """

    def delete(self, source_id: str) -> None:
        """Delete a source with all it said; raise UnknownId where there is none."""

    def point_to(self, snapshot: str) -> None:
        """Make a snapshot the active one."""


class GraphStore(GraphRead, GraphWrite, Protocol):
    """A store that answers and takes changes; closes itself at the end of a `with` block."""

    def close(self) -> None:
        """Give back connections and files."""

    def __enter__(self) -> Self:
        """Return the store."""

    def __exit__(self, *fault: object) -> None:
        """Close the store."""

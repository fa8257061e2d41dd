"""The questions what a text names and what a name means, and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from api.answers import LARGEST_PAGE, check_text
from api.desk import Desk, going_on
from kg.filters import one_of
from kg.lexicon import LONGEST_QUERY, Hit, Mention
from kg.text import bare_name
from ontology.errors import InvalidValue
from ontology.schema import schema


@dataclass(frozen=True, slots=True)
class EntitiesAnswer:
    """What a text names: spans with offsets into it, in its order, none within another."""

    items: tuple[Mention, ...]
    total: int
    degraded: bool


@dataclass(frozen=True, slots=True)
class LookupAnswer:
    """What a name means: exact id, code, name, other name, then what begins with it or holds it.

    `more` says that there are others beyond the limit.
    """

    items: tuple[Hit, ...]
    more: bool
    degraded: bool


@going_on
def entities(desk: Desk, text: str) -> EntitiesAnswer:
    """Return what of the graph a text names."""
    found = desk.whole.lexicon.mentions(check_text(text))
    return EntitiesAnswer(found, len(found), desk.degraded)


@going_on
def lookup(desk: Desk, query: str, types: Sequence[str] = (), limit: int = 10) -> LookupAnswer:
    """Return what a name, code, id or a part of one means; `types` are API paths such as scenes."""
    if len(query) > LONGEST_QUERY:
        raise InvalidValue("q", f"{query[:20]}…", f"is longer than {LONGEST_QUERY} characters")
    if not bare_name(query):
        raise InvalidValue("q", query, "has no letter or figure; type a name, code or id")
    if not 1 <= limit <= LARGEST_PAGE:
        raise InvalidValue("limit", limit, f"must be between 1 and {LARGEST_PAGE}")
    paths = tuple(label.path for label in schema().labels)
    labels = [schema().label_at(one_of("type", one, paths)).name for one in types]
    found = tuple(islice(desk.whole.lexicon.lookup(query, labels), limit + 1))
    return LookupAnswer(found[:limit], len(found) > limit, desk.degraded)

"""Random sources, records and questions for the contract's schema."""

from __future__ import annotations

from hypothesis import strategies as st

from kg.records import METHODS, Link, Record, Source
from kg.store.protocol import Between, Condition, Has, Linked, StartsWith
from ontology.schema import Scalar, Value
from tests.contract.kinds import OF_EDGES, PROPERTIES

# Few, so that records meet; plane 2, quotes, wildcards, cases and blanks included.
IDS = ("a", "A", "b'c", 'b"c', "%", "_", "𠮷野", "工厂", "z z", "～")
SOURCE_IDS = ("first", "second", "第三")
TEXTS = ("", "a", "ab", "B", "𠮷", "\uffee", "工厂", "工", "100%", "a_b", "a'b", "1", "true",
         "\U0010ffff", "\ud7ff", "a\tb\nc")  # fmt: skip
WHOLES = (0, 1, -1, 2024, 2**53, 2**53 + 1, 2**63 - 1, -(2**63))
NUMBERS = (0.0, -0.0, 1.0, 0.1, 2.0**53, 1e300, 5e-324, -1.5)
DAYS = ("2024-10-28", "2024-10-29", "1999-01-01")

ids = st.sampled_from(IDS)
texts = st.sampled_from(TEXTS) | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=3)
wholes = st.sampled_from(WHOLES) | st.integers(-5, 5)
numbers = st.sampled_from(NUMBERS) | st.floats(allow_nan=False, allow_infinity=False)
BY_KIND: dict[str, st.SearchStrategy[Scalar]] = {
    "string": texts,
    "integer": wholes,
    "number": numbers,
    "boolean": st.booleans(),
    "date": st.sampled_from(DAYS),
}
MANY = [prop.name for prop in PROPERTIES if prop.many]
FILTERABLE = [prop.name for prop in PROPERTIES if prop.filterable]
RELATIONS = ("NEXT", "WITHIN")


def _values(kind: str, many: bool) -> st.SearchStrategy[Value]:
    one = BY_KIND[kind]
    return st.lists(one, max_size=3).map(tuple) if many else one


def _properties(
    properties: tuple[object, ...] = PROPERTIES,
) -> st.SearchStrategy[dict[str, Value]]:
    known = [prop for prop in (*PROPERTIES, *OF_EDGES) if prop in properties]
    return st.fixed_dictionaries(
        {}, optional={prop.name: _values(prop.kind, prop.many) for prop in known}
    )


@st.composite
def records(draw: st.DrawFn, source: str) -> Record:
    """Draw what a source says of one of a few things; now and then two labels for one thing."""
    subject = draw(ids)
    usual = "Group" if IDS.index(subject) % 3 == 0 else "Thing"
    label = draw(st.sampled_from([usual] * 9 + ["Thing"]))
    relations = RELATIONS if label == "Thing" else ("WITHIN",)
    return Record(
        source=source,
        locator=draw(st.sampled_from(("row 1", "行 2", "x"))),
        subject=subject,
        label=label,
        properties=draw(_properties()),
        links=tuple(draw(st.lists(_links(relations), max_size=4))),
        method=draw(st.sampled_from(METHODS)),
        grade=draw(st.sampled_from(("A", "B", "C", ""))),
        url=draw(st.sampled_from(("", "https://example.org/?q='%"))),
        date=draw(st.sampled_from(("", "2024", "2024-10-28"))),
    )


@st.composite
def _links(draw: st.DrawFn, relations: tuple[str, ...]) -> Link:
    relation = draw(st.sampled_from(relations))
    properties = draw(_properties(OF_EDGES)) if relation == "NEXT" else {}
    return Link(relation, draw(ids), properties)


@st.composite
def loads(draw: st.DrawFn) -> list[tuple[Source, list[Record]]]:
    """Draw some sources with their records; a source may come twice, the later load counts."""
    names = draw(st.lists(st.sampled_from(SOURCE_IDS), min_size=1, max_size=3))
    return [(draw(sources(name)), draw(st.lists(records(name), max_size=8))) for name in names]


def sources(name: str) -> st.SearchStrategy[Source]:
    """Draw a source of that id."""
    return st.builds(
        Source,
        st.just(name),
        st.sampled_from(("Title", "题目'")),
        st.just("table"),
        content=st.sampled_from(("one", "two")),
    )


# What users may ask for, sensible or not: any kind of value for any property.
asked = st.one_of(
    texts,
    wholes,
    numbers,
    st.booleans(),
    st.sampled_from(DAYS),
    st.sampled_from((2**70, -(2**70), float("inf"), float("nan"), "a\x00b", "\ud800", "' OR 1=1")),
)
conditions: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Has, st.sampled_from(FILTERABLE), st.lists(asked, max_size=4).map(tuple)),
    st.builds(Between, st.sampled_from(FILTERABLE), st.none() | asked, st.none() | asked),
    st.builds(StartsWith, st.sampled_from(FILTERABLE), st.lists(texts, max_size=3).map(tuple)),
    st.builds(
        Linked,
        st.sampled_from(RELATIONS),
        st.lists(ids, max_size=3).map(tuple),
        st.sampled_from(("out", "in")),
    ),
)

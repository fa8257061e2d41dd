"""A text too long to be looked up by is refused by every store, and one that just fits is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.records import Record
from kg.store.protocol import LONGEST_BYTES, GraphStore, Has
from ontology.errors import InvalidValue
from tests.contract.things import LIST, linked, said

FITS = "工" * (LONGEST_BYTES // 3)  # three bytes each


@pytest.mark.parametrize(
    "record",
    [
        said(FITS + "工"),
        said("a", text=FITS + "工"),
        said("a", texts=("b", FITS + "工")),
        linked("a", FITS + "工"),
    ],
    ids=["id", "text", "one of several texts", "end"],
)
def test_what_is_too_long_is_refused_and_nothing_written(store: GraphStore, record: Record) -> None:
    with pytest.raises(InvalidValue, match="longer than the 7500 bytes"):
        store.load(LIST, [said("b"), record])
    assert store.sources() == ()


def test_the_id_of_a_source_has_the_same_limit(store: GraphStore) -> None:
    with pytest.raises(InvalidValue, match="longer than"):
        store.load(replace(LIST, id=FITS + "工"), [])


def test_what_just_fits_is_found_and_a_text_nobody_filters_by_may_be_long(
    store: GraphStore,
) -> None:
    store.load(LIST, [said(FITS, text=FITS, texts=(FITS,), aside="工" * 100_000)])
    assert store.find("Thing", [Has("text", (FITS,)), Has("texts", (FITS,))]).total == 1
    assert store.get([FITS])[0].text("aside") == "工" * 100_000

"""Errors as HTTP: whose fault one is, by the table."""

from __future__ import annotations

from api.errors import status_of, told_outside
from ontology.errors import InvalidFile, UnreadableFile


def test_a_file_someone_hands_in_is_theirs_to_mend_and_they_are_told_why() -> None:
    error = UnreadableFile("汇总.doc", "it is damaged")
    assert (status_of(error), told_outside(error)) == (422, "汇总.doc: it is damaged")


def test_a_file_of_the_store_is_ours_to_mend_and_is_not_named_outside() -> None:
    error = InvalidFile("/srv/store.db is no store")
    assert status_of(error) == 503
    assert "store.db" not in told_outside(error)

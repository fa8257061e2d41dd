"""A store's address either opens a store or says in one sentence what is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.settings import Settings
from kg.store.loading import load_source
from kg.store.open import open_configured, open_store
from kg.store.protocol import PART_SIZE
from ontology.errors import InvalidFile, InvalidValue, StoreUnavailable
from tests.contract.kinds import KINDS
from tests.contract.things import LIST, said


@pytest.mark.parametrize("form", ["sqlite:///{}", "{}"])
def test_an_address_or_a_path_opens_a_file(tmp_path: Path, form: str) -> None:
    path = tmp_path / "graph.sqlite"
    open_store(form.format(path)).close()
    assert path.exists()


def test_a_relative_path_starts_where_the_program_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    open_store("sqlite:///data/graph.sqlite").close()
    assert (tmp_path / "data" / "graph.sqlite").exists()


@pytest.mark.parametrize(
    "url", ["postgres://db/graph", "http://x", "sqlite://graph", "sqlite:///", "", " "]
)
def test_another_address_is_refused_with_what_is_known(url: str) -> None:
    with pytest.raises(InvalidValue, match="use sqlite:///PATH, the path of a file"):
        open_store(url)


def test_a_password_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    settings = Settings(store="neo4j://127.0.0.1:1", neo4j_password_file=missing)
    with pytest.raises(InvalidFile, match="SFKG_NEO4J_PASSWORD_FILE"):
        open_configured(settings)


def test_a_server_that_does_not_answer_is_told_soon(tmp_path: Path) -> None:
    pytest.importorskip("neo4j")
    with pytest.raises(StoreUnavailable):
        open_configured(Settings(data=tmp_path, store="bolt://127.0.0.1:1"))


def test_a_small_source_is_loaded_at_once_and_a_large_one_in_parts(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "graph.sqlite"), known=KINDS) as store:
        load_source(store, LIST, [said("a")])
        assert store.sources()[0].parts == ()
        many = [said(f"{number}") for number in range(PART_SIZE + 1)]
        load_source(store, replace(LIST, content="many"), many)
        (state,) = store.sources()
        assert (state.parts, state.records, state.complete) == ((1, 2), PART_SIZE + 1, True)
        assert store.get(["a"]) == ()


def test_a_source_that_is_in_is_not_even_read(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "graph.sqlite"), known=KINDS) as store:
        load_source(store, LIST, [said("a")])
        before = store.state()
        records = iter([said("b")])
        load_source(store, LIST, records)
        assert store.state() == before
        assert next(records) == said("b")

"""Texts kept on request: under an address nobody can guess, for a time, and only then."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.ui import kept
from api.ui.kept import KeptTexts
from kg.match import packaged_model
from kg.settings import Settings
from kg.store.open import open_store
from ontology.errors import Busy, UnknownId

TEXT = "这是一段比较长的说明。" * 40
START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime.datetime:
        """Return the time it is set to."""
        return self.now


@pytest.fixture
def watch() -> Watch:
    """A clock at the start of a year."""
    return Watch()


@pytest.fixture
def texts(tmp_path: Path, watch: Watch) -> KeptTexts:
    """Texts in a folder of their own."""
    return KeptTexts(tmp_path / "kept", watch)


def test_a_text_is_read_again_until_its_time_is_over(texts: KeptTexts, watch: Watch) -> None:
    token = texts.keep(TEXT).token
    watch.now = START + datetime.timedelta(days=6, hours=23)
    assert texts.read(token).text == TEXT
    watch.now = START + datetime.timedelta(days=7)
    with pytest.raises(UnknownId):
        texts.read(token)


def test_what_is_over_is_gone_from_the_folder_with_the_next_text(
    texts: KeptTexts, watch: Watch, tmp_path: Path
) -> None:
    texts.keep(TEXT)
    watch.now = START + datetime.timedelta(days=8)
    texts.keep("另一段")
    (file,) = (tmp_path / "kept").iterdir()
    assert json.loads(file.read_text("utf-8"))["text"] == "另一段"


def test_two_texts_have_addresses_of_their_own_that_the_folder_does_not_give_away(
    texts: KeptTexts, tmp_path: Path
) -> None:
    tokens = {texts.keep(TEXT).token for _ in range(2)}
    assert len(tokens) == 2
    names = " ".join(file.name for file in (tmp_path / "kept").iterdir())
    assert not any(token in names for token in tokens)
    assert all((file.stat().st_mode & 0o077) == 0 for file in (tmp_path / "kept").iterdir())


@pytest.mark.parametrize("token", ["", "../graph.sqlite", "x" * 32, "x" * 10_000, "A/" * 16])
def test_an_address_that_was_never_given_leads_nowhere(texts: KeptTexts, token: str) -> None:
    texts.keep(TEXT)
    with pytest.raises(UnknownId):
        texts.read(token)
    texts.drop(token)


def test_a_file_that_is_damaged_is_as_good_as_gone(texts: KeptTexts, tmp_path: Path) -> None:
    token = texts.keep(TEXT).token
    (file,) = (tmp_path / "kept").iterdir()
    file.write_text("{", "utf-8")
    with pytest.raises(UnknownId):
        texts.read(token)


def test_more_texts_than_fit_are_refused(texts: KeptTexts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    texts.keep(TEXT)
    texts.keep(TEXT)
    with pytest.raises(Busy):
        texts.keep(TEXT)


def test_a_long_text_can_be_kept_opened_and_dropped(client: TestClient) -> None:
    answer = client.post("/", data={"text": TEXT})
    assert "保留这段文字" in answer.text
    went = client.post("/kept", data={"text": TEXT}, follow_redirects=False)
    assert went.status_code == 303
    address = went.headers["location"]
    assert re.fullmatch(r"/kept/[\w-]{32}", address)
    opened = client.get(address)
    assert TEXT[:30] in opened.text
    assert "这段文字保留到20" in opened.text
    assert client.post(f"{address}/drop", follow_redirects=False).status_code == 303
    assert client.get(address).status_code == 404


def test_nothing_is_kept_unless_asked(client: TestClient, packaged_data: Path) -> None:
    folder = packaged_data / "kept"
    before = sorted(folder.glob("*")) if folder.exists() else []
    client.post("/", data={"text": TEXT})
    client.get("/", params={"q": "换型太慢"})
    assert (sorted(folder.glob("*")) if folder.exists() else []) == before


def test_a_service_that_only_reads_offers_to_keep_nothing(packaged_data: Path) -> None:
    settings = Settings(data=packaged_data, poll_seconds=3600, read_only=True)
    with (
        open_store(settings.store_url, read_only=True) as store,
        TestClient(create_app(settings, store, packaged_model())) as reading,
    ):
        assert "保留这段文字" not in reading.post("/", data={"text": TEXT}).text
        refused = reading.post("/kept", data={"text": TEXT})
        assert refused.status_code == 503
        assert "这项功能在这里没有开通" in refused.text

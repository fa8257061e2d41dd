"""What all pages have in common: guarded, faults told on a page, own files only."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import errors
from api.ui import fault_pages
from api.ui.site import SITE

PAGES = [*(entry.path for entry in SITE), "/compare", "/thing/S17", "/thing/S99", "/nonsense"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_loads_anything_from_elsewhere_or_holds_script(
    client: TestClient, path: str, language: str
) -> None:
    page = client.get(path, params={"lang": language})
    assert page.headers["content-type"].startswith("text/html")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self';")
    assert "unsafe" not in policy
    loaded = re.findall(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=["']([^"']+)""", page.text)
    assert all(address.startswith("/assets/") for address in loaded)
    assert len(loaded) == 2
    assert not re.search(r"""<script>|\sstyle=|\son[a-z]+=|javascript:""", page.text)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_heading_a_title_and_a_way_to_its_content(
    client: TestClient, path: str
) -> None:
    page = client.get(path).text
    assert page.count("<h1") == 1
    assert re.search(r"<title>[^·<]+ · 智能工厂场景知识图谱</title>", page)
    assert '<a class="skip" href="#content">' in page


def test_files_may_be_kept_for_ever_under_an_address_with_their_version(client: TestClient) -> None:
    page = client.get("/").text
    for address in re.findall(r'"(/assets/[^"]+)"', page):
        file = client.get(address)
        assert file.status_code == 200
        assert "immutable" in file.headers["cache-control"]
    assert client.get("/assets/page.css").headers["cache-control"] == "no-cache"
    assert client.get("/assets/none").status_code == 404


def test_a_page_that_is_not_there_is_told_on_a_page_in_the_language(client: TestClient) -> None:
    assert "没有这个页面" in client.get("/nonsense").text
    page = client.get("/nonsense?lang=en")
    assert page.status_code == 404
    assert "There is no such page." in page.text


def test_programs_are_answered_with_problem_documents_as_before(client: TestClient) -> None:
    answer = client.get("/v1/nonsense", headers={"Accept": "text/html"})
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_thing_that_is_not_there_names_what_is_like_it(client: TestClient) -> None:
    page = client.get("/thing/S99?lang=en")
    assert page.status_code == 404
    assert "There is no thing “S99”." in page.text
    assert 'href="/thing/S29?lang=en"' in page.text


def test_a_method_that_a_page_does_not_know_is_refused_on_a_page(client: TestClient) -> None:
    page = client.delete("/")
    assert page.status_code == 405
    assert page.headers["content-type"].startswith("text/html")


def test_what_is_too_large_is_told_on_a_page(client: TestClient) -> None:
    page = client.post("/clusters?lang=en", data={"text": "x" * 1_100_000})
    assert page.status_code == 413
    assert "This is too large; 1 MB are the most." in page.text
    programs = client.post("/v1/match", json={"text": "x" * 1_100_000})
    assert programs.headers["content-type"] == "application/problem+json"


def test_a_fault_of_ours_is_told_on_a_page_without_its_words() -> None:
    app = FastAPI()
    errors.install(app, fault_pages.fault_of_ours)
    for path in ("/broken", "/v1/broken"):
        app.add_api_route(path, broken)
    with TestClient(app, raise_server_exceptions=False) as opened:
        page = opened.get("/broken")
        assert page.status_code == 500
        assert "出了意外" in page.text
        assert "绝密" not in page.text
        told = opened.get("/v1/broken")
        assert told.headers["content-type"] == "application/problem+json"


def broken() -> None:
    """Fail as nobody foresaw."""
    raise RuntimeError("绝密")

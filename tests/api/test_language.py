"""The language of a page, and how dates, numbers and links are written in it."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.language import chosen, told_date
from api.ui.reader import Reader


@pytest.mark.parametrize(
    ("asked", "accepted", "expected"),
    [
        ("", "", "zh"),
        ("en", "zh-CN", "en"),
        ("", "en-GB,en;q=0.9", "en"),
        ("", "zh-TW,en;q=0.9", "zh"),
        ("", "fr,en;q=0.3,zh;q=0.7", "zh"),
        ("", "de;q=1,en;q=0", "zh"),
        ("", "en;q=often,zh;q=0.1", "zh"),
        ("klingon", "en", "en"),
        ("", ",;q=,,", "zh"),
    ],
)
def test_the_address_decides_then_the_browser_then_chinese(
    asked: str, accepted: str, expected: str
) -> None:
    assert chosen(asked, accepted) == expected


@pytest.mark.parametrize(
    ("date", "chinese", "english"),
    [
        ("2024-10-28", "2024年10月28日", "28 October 2024"),
        ("2024-10", "2024年10月", "October 2024"),
        ("2024", "2024年", "2024"),
        ("2024-13", "2024年13月", "2024-13"),
        ("2024-02-30", "2024-02-30", "2024-02-30"),
        ("last year", "last year", "last year"),
    ],
)
def test_dates_are_written_as_people_do(date: str, chinese: str, english: str) -> None:
    assert told_date("zh", date) == chinese
    assert told_date("en", date) == english


def test_links_keep_the_language_only_where_the_address_asks_for_it() -> None:
    query = (("q", "换型"), ("lang", "en"), ("offset", "10"))
    asked, preferred = Reader("en", True, "/cases", query), Reader("en", False, "/cases", ())
    assert asked.link("/thing/S17") == "/thing/S17?lang=en"
    assert preferred.link("/thing/GB/T 39116-2020") == "/thing/GB/T%2039116-2020"
    assert asked.here(offset=20) == "/cases?q=%E6%8D%A2%E5%9E%8B&offset=20&lang=en"
    assert asked.here(offset=None, lang="zh") == "/cases?q=%E6%8D%A2%E5%9E%8B&lang=zh"
    assert preferred.link("/cases", scene=["S17", "S18"], q="") == "/cases?scene=S17&scene=S18"


def test_a_page_says_which_language_it_is_in(client: TestClient) -> None:
    english = client.get("/", headers={"Accept-Language": "en"})
    assert english.headers["content-language"] == "en"
    assert '<html lang="en">' in english.text
    assert '<html lang="zh-CN">' in client.get("/?lang=zh", headers={"Accept-Language": "en"}).text

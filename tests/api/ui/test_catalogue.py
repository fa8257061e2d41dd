"""Every message stands in both languages, is used, and has the same places to fill."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from api.ui.catalogue import FOLDER, Message, catalogue, say
from api.ui.codes import CHINESE, english
from api.ui.site import SITE
from ontology.errors import UnknownId

PAGES = FOLDER.parent
FILES = "|".join(sorted(file.stem for file in FOLDER.glob("*.yaml")))
# A message is named whole ("ask.title") or up to where a code follows ("ask.told_" ~ … in a
# template, f"collection.of_{…}" in code).
NAMED = re.compile(
    rf"""["'](?P<name>(?:{FILES})\.(?!html)\w*)(?:["'](?P<code>\s*~)?|(?P<filled>\{{))"""
)
WITH_FIELD = "field."  # of a parameter, named by whatever is wrong with it


def named_messages() -> tuple[set[str], set[str]]:
    """Return the messages that templates and code name, and the beginnings that codes follow."""
    names: set[str] = set()
    beginnings = {WITH_FIELD}
    for file in [*PAGES.rglob("*.html"), *PAGES.rglob("*.py")]:
        for found in NAMED.finditer(Path(file).read_text(encoding="utf-8")):
            (beginnings if found["code"] or found["filled"] else names).add(found["name"])
    return names, beginnings


def test_every_message_that_is_named_is_there() -> None:
    names, _ = named_messages()
    assert len(names) > 30
    assert names - catalogue().keys() == set()


def test_no_message_is_left_over() -> None:
    names, beginnings = named_messages()
    unused = {
        name for name in catalogue() if name not in names and not name.startswith(tuple(beginnings))
    }
    assert unused == set()


def test_every_page_of_the_navigation_has_its_title() -> None:
    assert {f"site.{entry.name}" for entry in SITE} - catalogue().keys() == set()


@pytest.mark.parametrize("name", catalogue())
def test_both_languages_have_the_same_places_to_fill(name: str) -> None:
    message = catalogue()[name]
    assert places(message.zh) == places(message.en)
    assert places(message.one) <= places(message.en)


def places(text: str) -> set[str]:
    """Return the names of the places of a message."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", catalogue())
def test_english_is_english_and_nothing_is_empty(name: str) -> None:
    message = catalogue()[name]
    assert message.zh.strip()
    assert message.en.strip()
    assert not re.search(r"[\u4e00-\u9fff]", message.en)


def test_a_count_of_one_has_its_own_english() -> None:
    message = Message("{n} 家", "{n} enterprises", "one enterprise")
    assert message.said("en", {"n": 1}) == "one enterprise"
    assert message.said("en", {"n": 2}) == "2 enterprises"
    assert message.said("zh", {"n": 1}) == "1 家"


def test_a_message_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownId, match=r"ask\.titel"):
        say("en", "ask.titel", {})


@pytest.mark.parametrize("table", CHINESE)
def test_every_code_has_english_words(table: str) -> None:
    assert english()[table].keys() == CHINESE[table].keys()


def test_no_english_table_is_left_over() -> None:
    assert english().keys() == CHINESE.keys()

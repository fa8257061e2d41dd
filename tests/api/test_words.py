"""What codes are called: every finding of a file has a title in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import ingest
from api.ui.codes import told
from ingest.annex4.remarks import SEVERITIES

MAKERS = {"Finding", "add", "note"}
CHINESE = re.compile(r"[\u3400-\u9fff]")


def codes_of_findings() -> Iterator[str]:
    """Yield the codes that are spelt where readers and checks make their findings."""
    yield from SEVERITIES
    for path in Path(ingest.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id=maker) | ast.Attribute(attr=maker),
                    args=[ast.Constant(value=str() as code), _, *_],
                ) if maker in MAKERS:
                    yield code


CODES = sorted(set(codes_of_findings()))


@pytest.mark.parametrize("code", CODES)
def test_every_finding_has_a_title_in_both_languages(code: str) -> None:
    assert CHINESE.search(told("zh", "finding", code))
    assert not CHINESE.search(told("en", "finding", code))
    assert told("en", "finding", code) != code


def test_the_codes_of_readers_and_checks_are_among_them() -> None:
    assert {"row_over_pages", "unaccepted_changes", "wrong_segment", "part_missing"} <= set(CODES)

"""The words for codes: nothing that is said of a file is left without them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import ingest.read
from api.ui.codes import told
from ingest.annex4.remarks import SEVERITIES

READERS = Path(ingest.read.__file__).parent
NOTED = re.compile(r'(?:notes\.add|Finding)\(\s*"([a-z_]+)"')
CODES = sorted(
    {code for file in READERS.glob("*.py") for code in NOTED.findall(file.read_text("utf-8"))}
    | set(SEVERITIES)
)


@pytest.mark.parametrize("code", CODES)
def test_every_finding_has_a_title_in_both_languages(code: str) -> None:
    assert re.search(r"[\u3400-\u9fff]", told("zh", "finding", code))
    assert " " in told("en", "finding", code) or told("en", "finding", code) != code


def test_the_codes_of_readers_are_among_them() -> None:
    assert {"row_over_pages", "unaccepted_changes", "wrong_segment"} <= set(CODES)

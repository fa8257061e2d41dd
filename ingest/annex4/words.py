"""The words that recommendation tables are recognised by, from the file beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "words.yaml"


@dataclass(frozen=True, slots=True)
class Words:
    """Column titles by what the column holds, office work, level words that nobody awards.

    `telling` and `beside_telling` are what notes that stand instead of content are made of.
    """

    titles: Mapping[str, tuple[str, ...]]
    office_work: frozenset[str]
    spun_levels: Mapping[str, str]
    telling: frozenset[str]
    beside_telling: frozenset[str]


@cache
def load_words() -> Words:
    """Read the words, once."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Words(
        {role: tuple(map(str, titles)) for role, titles in read["titles"].items()},
        frozenset(read["office_work"]),
        dict(read["spun_levels"]),
        frozenset(read["stand_ins"]["telling"]),
        frozenset(read["stand_ins"]["other"]),
    )

"""What the options of `sfkg guide import` want done with a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import click

from ontology.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ingest.guide.pairing import Told


class Wanted(TypedDict):
    """What is to be done with the file."""

    edition: str
    scheme: str
    pair: tuple[str, ...]
    new: tuple[str, ...]
    retire: tuple[str, ...]
    as_proposed: bool
    yes: bool
    train: bool
    jobs: int
    mapping: Path | None


def told_of(wanted: Wanted) -> Told:
    """Return what the options say of the text, or raise InvalidValue."""
    from ingest.guide.pairing import Told

    return Told(_pairs_of(wanted["pair"]), wanted["new"], _retired_of(wanted["retire"]))


def _retired_of(given: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return the scenes that were given as ID or ID=ID,ID with those that took them in."""
    found: dict[str, tuple[str, ...]] = {}
    for one in given:
        scene_id, _, into = (part.strip() for part in one.partition("="))
        if not scene_id or scene_id in found:
            raise InvalidValue("retire", one, "is given twice" if scene_id else "names no scene")
        found[scene_id] = tuple(part.strip() for part in into.split(",") if part.strip())
    return found


def _pairs_of(given: tuple[str, ...]) -> Mapping[str, str]:
    """Return the pairs that were given as ID=NAME, or raise InvalidValue."""
    found: dict[str, str] = {}
    for pair in given:
        scene_id, separator, name = (part.strip() for part in pair.partition("="))
        if not (scene_id and separator and name):
            raise InvalidValue("pair", pair, "is no pair like S05=NAME")
        if scene_id in found:
            raise InvalidValue("pair", pair, f"{scene_id} is given twice")
        found[scene_id] = name
    return found


def agreed(wanted: Wanted, as_json: bool, question: str) -> bool:
    """Whether to go on: said beforehand, or asked now; a program that wants JSON is not asked."""
    return wanted["yes"] or (not as_json and click.confirm(question, default=False, err=True))

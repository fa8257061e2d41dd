"""Every command tells the same whichever store it asks, to the last character."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import click
import pytest

from api.cli.main import main
from tests.both_stores.panel import Pair
from tests.both_stores.questions import (
    ASKED,
    BRIEF_BUILD,
    BUILDS,
    CHECK,
    COPIES,
    EXPORTS,
    FIRST_BUILD,
    GIVEN_ALWAYS,
    NOT_ASKED,
    QUESTIONS,
)
from tests.both_stores.sides import Side, Told

SECONDS = re.compile(r' · [\d.]+ s$|"seconds": [\d.]+', re.MULTILINE)


def timeless(told: Told) -> Told:
    """Return what a build told without how long it took, the one thing that differs."""
    return Told(told.exit_code, SECONDS.sub("", told.output))


def exported(side: Side, words: tuple[str, ...]) -> dict[str, object]:
    """Return how an export ended and the hashes of all it wrote."""
    told = side.tell(*words)
    written = [side.folder / word for word in words if word.startswith(("graph", "tables"))]
    files = [file for path in written for file in ([path] if path.is_file() else path.iterdir())]
    return {
        "exit code": told.exit_code,
        "length": len(told.output),
        "output": hashlib.sha256(told.output.encode()).hexdigest(),
        "files": {file.name: _hash(file) for file in files},
    }


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize("form", ["plain", "json"])
@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
def test_every_question_is_answered_alike(pair: Pair, words: tuple[str, ...], form: str) -> None:
    expected, told = pair.ask(Side.tell, *words, *(["--json"] if form == "json" else []))
    assert told == expected
    assert expected.output


def test_the_first_build_reports_the_same_rows_and_hash(pair: Pair) -> None:
    expected, told = pair.ask(Side.tell, *FIRST_BUILD)
    assert timeless(told) == timeless(expected)
    report = json.loads(told.output)
    assert report["changed"] is True
    assert all(source["rows_in"] for source in report["sources"])


@pytest.mark.parametrize("words", [*BUILDS, BRIEF_BUILD], ids=" ".join)
def test_a_second_build_leaves_all_as_it_is(pair: Pair, words: tuple[str, ...]) -> None:
    expected, told = pair.ask(again, *words)
    assert timeless(told) == timeless(expected)
    assert told.exit_code == 0
    assert "unchanged" in told.output or '"changed": false' in told.output


def again(side: Side, *words: str) -> Told:
    """Run a command that was run before."""
    return side.tell(*words)


def test_shapes_find_the_same(pair: Pair) -> None:
    expected, told = pair.ask(Side.tell, *CHECK)
    assert told == expected
    assert json.loads(told.output)["conforms"] is True


@pytest.mark.parametrize("words", EXPORTS, ids=" ".join)
def test_exports_are_the_same_bytes(pair: Pair, words: tuple[str, ...]) -> None:
    expected, found = pair.ask(exported, words)
    assert found == expected
    assert found["exit code"] == 0
    assert found["files"] or found["length"]


def test_a_copy_holds_what_the_original_holds(pair: Pair) -> None:
    for words in COPIES:
        expected, told = pair.ask(Side.run, *words)
        assert told == expected
        assert told.exit_code == 0
    _, copied = pair.ask(Side.run, "stats", "--json", "--store", "sqlite:///copy.sqlite")
    original, _ = pair.ask(Side.tell, "stats", "--json")
    held, wanted = json.loads(copied.output), json.loads(original.output)
    assert held["graph_hash"] == wanted["graph_hash"]
    assert held["labels"] == wanted["labels"]


def every_command() -> dict[str, click.Command]:
    """Return all commands by name, those of a group behind the group's."""
    found: dict[str, click.Command] = {}
    for name, command in main.commands.items():
        if isinstance(command, click.Group):
            found |= {f"{name} {inner}": one for inner, one in command.commands.items()}
        else:
            found[name] = command
    return found


def test_no_command_and_no_option_is_left_out() -> None:
    commands = every_command()
    given: dict[str, set[str]] = {}
    for name, *words in ASKED:
        named = name if name in commands else f"{name} {words.pop(0)}"
        given.setdefault(named, set()).update(words)
    assert given.keys() | NOT_ASKED.keys() == commands.keys()
    for name, said in given.items():
        options = {
            option
            for parameter in commands[name].params
            if isinstance(parameter, click.Option)
            for option in parameter.opts
        }
        assert options - said - GIVEN_ALWAYS == set(), name

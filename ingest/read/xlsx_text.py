"""Strings of an xlsx file: their runs, the escapes they are written with, the lines they make."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from ingest.document import Line
from ingest.read.office_xml import events, is_on, local_name
from ingest.read.package import Package

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LINE_ENDS = re.compile(r"\r\n|[\r\n\v\f\u0085\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
# An apostrophe before what would else be taken for a formula, or for a number that loses its
# first zero, is put there by exports, ours included, and by hand.
_GUARD = re.compile(r"'(?=[=+\-@＝＋－＠\t\r]|\d[\d -]{4,}\Z)")


@dataclass(frozen=True)
class Run:
    """A stretch of a string formatted as one."""

    text: str
    struck: bool = False


Runs = tuple[Run, ...]


def runs_of(element: etree._Element) -> Runs:
    """Return the runs of a shared or inline string; phonetic readings are no part of it."""
    made: list[Run] = []
    for child in element:
        if local_name(child) == "t":
            made.append(Run(unescaped(child.text or "")))
        elif local_name(child) == "r":
            text = "".join(part.text or "" for part in child if local_name(part) == "t")
            strikes = [one for one in child.iter() if local_name(one) == "strike"]
            made.append(Run(unescaped(text), bool(strikes) and is_on(strikes[0], "val")))
    return tuple(made)


def shared_strings(package: Package, path: str | None) -> list[Runs]:
    """Read the strings that cells refer to by number."""
    made: list[Runs] = []
    if path is None or package.find(path) is None:
        return made
    for event, element in events(package, path):
        if event == "end" and local_name(element) == "si":
            made.append(runs_of(element))
            package.limits.check("cells", len(made), package.name, path)
            forget(element)
    return made


def forget(element: etree._Element) -> None:
    """Free an element that was read, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def unescaped(text: str) -> str:
    """Return the text with characters that XML cannot hold, which are written `_x000D_`."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        # Two halves of a pair may have been escaped apart; a single half is no character.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def lines(runs: Runs) -> tuple[Line, ...]:
    """Return a string as its lines, those with nothing in them left out."""
    if len(runs) == 1 and runs[0].text.isalnum():  # as most are: nothing to cut or take off
        return (Line(runs[0].text, struck=runs[0].struck),)
    cut: list[list[Run]] = [[]]
    for run in without_guard(runs):
        first, *others = _LINE_ENDS.split(run.text)
        cut[-1].append(Run(first, run.struck))
        cut.extend([Run(other, run.struck)] for other in others)
    made = (_line(line) for line in cut)
    return tuple(line for line in made if line.text.strip())


def _line(runs: list[Run]) -> Line:
    written = [run for run in runs if run.text.strip()]
    text = _CONTROLS.sub("", "".join(run.text for run in runs))
    return Line(text, struck=bool(written) and all(run.struck for run in written))


def without_guard(runs: Runs) -> Runs:
    """Return a string without the apostrophe that only keeps it from being a formula."""
    whole = "".join(run.text for run in runs)
    if not _GUARD.match(whole) or not runs[0].text:
        return runs
    return (Run(runs[0].text[1:], runs[0].struck), *runs[1:])

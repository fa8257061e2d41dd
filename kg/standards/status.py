"""What kind of standard a code names, and whether a standard is current on a day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Literal

from kg.records import Node
from ontology.schema import PLANNED

Currency = Literal["current", "unknown", "to_come", "planned", "doubtful", "no_more"]
# As they are offered: what applies or may apply, what does not yet, what should not any more.
CURRENCY_ORDER: tuple[tuple[Currency, ...], ...] = (
    ("current", "unknown"),
    ("to_come", "planned", "doubtful"),
    ("no_more",),
)
IN_USE = ("in force", "published")
# The first that begins a code says its kind; a code of two letters is one of a Chinese industry.
_KINDS = (
    (re.compile(r"GB/T\b"), "GB/T"),
    (re.compile(r"GB/Z\b"), "GB/Z"),
    (re.compile(r"GB\b"), "GB"),
    (re.compile(r"T/"), "group"),
    (re.compile(r"DB\d"), "local"),
    (re.compile(r"Q/"), "enterprise"),
    (re.compile(r"ISO/IEC\b"), "ISO/IEC"),
    (re.compile(r"ISO\b"), "ISO"),
    (re.compile(r"IEC\b"), "IEC"),
    (re.compile(r"IEEE\b"), "IEEE"),
    (re.compile(r"\d{8}-|WD\b"), "plan"),
    (re.compile(r"OPC\b"), "consortium"),
    (re.compile(r"[A-Z]{2}(/T)? \d"), "industry"),
)
KINDS = (*dict.fromkeys(kind for _, kind in _KINDS), "other")
# 国家智能制造标准体系: A base and common, B key technology, C industry application.
BRANCHES = {"A": "base_and_common", "B": "key_technology", "C": "industry_application"}
_DEGREES = (
    (re.compile(r"\bIDT\b"), "identical"),
    (re.compile(r"\bMOD\b"), "modified"),
    (re.compile(r"\bNEQ\b"), "not_equivalent"),
)


def kind_of(code: str) -> str:
    """Return what a code says of its standard: GB, GB/T, GB/Z, industry, group, … or other."""
    return next((kind for pattern, kind in _KINDS if pattern.match(code)), "other")


def branch_of(branch: str) -> str:
    """Return the part of the national system that a branch lies in, "" where it lies outside."""
    return BRANCHES.get(branch[:1], "")


def without_year(code: str) -> str:
    """Return a code without its year: `GB/T 39116-2020` gives `GB/T 39116`."""
    head, mark, year = code.replace(":", "-").rpartition("-")
    dated = mark and len(year) == 4 and year.isdigit() and year[:2] in {"19", "20"}
    return code[: len(head)] if dated else code


def degree_of(as_found: str) -> str:
    """Return how closely a standard adopts another, by the letters of its source, else ""."""
    return next((degree for pattern, degree in _DEGREES if pattern.search(as_found)), "")


def in_force(node: Node, day: datetime.date) -> bool:
    """Return whether a standard has surely come by a day, as far as its dates tell.

    Of the year of its issue alone nobody knows the day: it counts from the next year on, or from
    the day on which it was seen.
    """
    begins = node.text("in_force_from")
    if begins:
        return datetime.date.fromisoformat(begins) <= day
    year = node.year()
    if year is None or year < day.year:
        return True
    seen = node.text("status_as_of")
    return year == day.year and bool(seen) and datetime.date.fromisoformat(seen) <= day


def currency(node: Node, successors: Iterable[Node], day: datetime.date) -> Currency:
    """Return whether a standard is current on a day; `successors` are those that replace it.

    A replaced one is current until one that replaces it comes into force; what no source says is
    unknown and never told as current. A withdrawn one was so on the day that its status was seen.
    """
    status, seen = node.text("status"), node.text("status_as_of")
    if status == "withdrawn":
        earlier = bool(seen) and day < datetime.date.fromisoformat(seen)
        return "unknown" if earlier else "no_more"
    if status in PLANNED:
        return "planned"
    if not in_force(node, day):
        known_to_come = node.text("in_force_from") or (node.year() or 0) > day.year
        return "to_come" if known_to_come else "unknown"
    issued = [one for one in successors if one.text("status") not in PLANNED]
    if any(in_force(one, day) for one in issued):
        return "no_more"
    if status == "replaced":
        return "current" if issued else "no_more"
    if status == "doubtful":
        return "doubtful"
    return "current" if status in IN_USE else "unknown"

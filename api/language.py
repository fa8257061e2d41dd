"""The language of an answer: asked for, else what the client prefers; dates and numbers in it."""

from __future__ import annotations

import datetime

from ontology.sentence import LANGUAGES, Language

TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip


def chosen(asked: str, accepted: str) -> Language:
    """Return the language asked for, else the preferred of an Accept-Language, else Chinese."""
    if asked in LANGUAGES:
        return asked
    ranked = sorted(
        (-_weight(part), place, part.split(";")[0].split("-")[0].strip().lower())
        for place, part in enumerate(accepted[:500].split(","))
    )
    for weight, _, language in ranked:
        if weight < 0 and language in LANGUAGES:
            return language
    return "zh"


def _weight(part: str) -> float:
    """Return the q of one part of an Accept-Language header; what cannot be read counts nothing."""
    _, _, weight = part.replace(" ", "").partition(";q=")
    try:
        return float(weight) if weight else 1.0
    except ValueError:
        return 0.0


def told_date(language: Language, date: str) -> str:
    """Return a date (ISO, a year or a year and month) as people write it; else as it is."""
    parts = date.split("-")
    if not all(part.isdigit() for part in parts) or len(parts[0]) != 4:
        return date
    numbers = [int(part) for part in parts]
    if len(numbers) == 3:
        try:
            datetime.date(*numbers)
        except ValueError:
            return date
    if language == "zh":
        return "".join(f"{n}{unit}" for n, unit in zip(numbers, "年月日", strict=False))
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return date
    names = [str(numbers[0]), *(MONTHS[n - 1] for n in numbers[1:2]), *map(str, numbers[2:3])]
    return " ".join(reversed(names))


def told_number(number: float) -> str:
    """Return a number with its thousands set off, as both languages do in tables."""
    return f"{number:,}"

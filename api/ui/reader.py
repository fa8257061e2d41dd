"""Who reads a page: the language, and how things are said and linked in it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, NamedTuple
from urllib.parse import quote, urlencode

from fastapi import Depends, Query, Request

from api.language import TAGS, chosen, told_date, told_number
from api.ui import codes
from api.ui.catalogue import say
from kg.entities import Ref
from ontology.classification import load_industries, load_places
from ontology.conditions import load_conditions
from ontology.guide import EDITIONS, load_guide
from ontology.schema import schema
from ontology.sentence import LANGUAGES, Language, said

Given = str | int | float | bool | Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Reader:
    """The language of a page, whether the address asks for it, and that address.

    Links keep the language only where the address asks for it: there is no cookie.
    """

    language: Language
    asked: bool
    path: str
    query: tuple[tuple[str, str], ...] = ()

    @property
    def tag(self) -> str:
        """The language for the `lang` attribute."""
        return TAGS[self.language]

    def say(self, name: str, /, **values: object) -> str:
        """Return a message of the catalogue."""
        return say(self.language, name, values)

    def said(self, text: str) -> str:
        """Return a sentence of an answer."""
        return said(text, self.language)

    def code(self, table: str, value: object) -> str:
        """Return what a code of an answer is called."""
        return codes.told(self.language, table, str(value))

    def link(self, path: str, /, **query: Given) -> str:
        """Return an address of ours; several values of one name are given as a sequence."""
        pairs = _pairs(query)
        if self.asked:
            pairs.append(("lang", self.language))
        shown = urlencode(pairs)
        return f"{quote(path)}?{shown}" if shown else quote(path)

    def here(self, **changed: Given) -> str:
        """Return the address of this page with some parameters changed; None takes one away."""
        kept = [(name, value) for name, value in self.query if name not in {"lang", *changed}]
        pairs = [*kept, *_pairs(changed)]
        if self.asked and "lang" not in changed:
            pairs.append(("lang", self.language))
        shown = urlencode(pairs)
        return f"{quote(self.path)}?{shown}" if shown else quote(self.path)

    def number(self, value: float) -> str:
        """Return a number as it is written."""
        return told_number(value)

    def percent(self, probability: float) -> str:
        """Return a probability for people; nothing is ever told as certain or impossible."""
        if probability > 0.99:
            return self.say("common.over_99")
        return self.say("common.under_1") if probability < 0.01 else f"{probability:.0%}"

    def date(self, date: str) -> str:
        """Return a date as it is written, or that it is not known."""
        return told_date(self.language, date) if date else self.say("common.date_unknown")

    def time(self, at: datetime.datetime) -> str:
        """Return a time of day with its date, as the server's clock has it."""
        there = at.astimezone()
        return f"{self.date(there.date().isoformat())} {there:%H:%M}"

    def name(self, thing: Ref) -> str:
        """Return the name of a thing, in English where the ontology has one."""
        return self.named(thing.id, thing.name)

    def named(self, thing_id: str, name: str) -> str:
        """Return the name of the thing of an id, in English where the ontology has one."""
        if self.language == "zh" or (english := english_names().get(thing_id)) is None:
            return name
        # An imported text of the guide names scenes anew: our English is of another name then.
        return name if english.of not in {"", name} else english.name

    def label(self, name: str) -> str:
        """Return the name of a kind of thing."""
        found = schema().label(name)
        return found.zh if self.language == "zh" else found.en

    def relation(self, name: str) -> str:
        """Return the name of a relation."""
        found = schema().relation(name)
        return found.zh if self.language == "zh" else found.en

    def property(self, label: str, name: str) -> str:
        """Return the name of a property of a kind of thing."""
        found = schema().label(label).property(name)
        return found.zh if self.language == "zh" else found.en


class EnglishName(NamedTuple):
    """What a thing is called in English; `of` is the Chinese name it renders, "" for whichever."""

    name: str
    of: str = ""


@cache
def english_names() -> Mapping[str, EnglishName]:
    """Return the English names of what the ontology has one of, by id."""
    conditions = load_conditions()
    found = {one.id: EnglishName(one.name_en) for one in load_places()}
    found |= {one.id: EnglishName(one.name_en) for one in load_industries()}
    found |= {one.id: EnglishName(one.name_en) for one in conditions.levels}
    found |= {one.id: EnglishName(one.name_en) for one in conditions.kpis}
    for guide in map(load_guide, EDITIONS):
        found |= {one.id: EnglishName(one.name_en, one.name) for one in guide.areas}
        found |= {one.id: EnglishName(one.name_en, one.name) for one in guide.segments}
        found |= {one.id: EnglishName(one.name_en, one.name) for one in guide.scenes}
    return {thing: english for thing, english in found.items() if english.name}


def _pairs(query: Mapping[str, Given]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in query.items():
        several = [value] if isinstance(value, str | int | float) else (value or ())
        found += [(name, str(one)) for one in several if one != ""]
    return found


def reader_of(
    request: Request,
    lang: Annotated[str, Query(max_length=10, description="zh or en")] = "",
) -> Reader:
    """Return who reads the answer to a request."""
    language = chosen(lang, request.headers.get("accept-language", ""))
    query = tuple(request.query_params.multi_items())
    return Reader(language, lang in LANGUAGES, request.url.path, query)


TheReader = Annotated[Reader, Depends(reader_of)]

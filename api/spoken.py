"""Answers in the language that somebody asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from operator import is_
from typing import TypeVar, cast

from ontology.sentence import Language, said

Answer = TypeVar("Answer")


def spoken(answer: Answer, language: Language) -> Answer:
    """Return an answer with all sentences of ours in a language; what others wrote stays."""
    return answer if language == "zh" else cast("Answer", _said(answer, language))


def _said(value: object, language: Language) -> object:
    """Return a value with its sentences in a language; the same object where it has none."""
    if isinstance(value, str):
        return said(value, language)
    if isinstance(value, list | tuple):
        parts = [_said(part, language) for part in value]
        return value if all(map(is_, parts, value)) else tuple(parts)
    if isinstance(value, Mapping):
        named = {name: _said(part, language) for name, part in value.items()}
        return value if all(map(is_, named.values(), value.values())) else named
    if is_dataclass(value) and not isinstance(value, type):
        told = {one.name: _said(getattr(value, one.name), language) for one in fields(value)}
        changed = {name: part for name, part in told.items() if part is not getattr(value, name)}
        return replace(value, **changed) if changed else value
    return value

"""A sentence of ours in both languages: Chinese wherever text is wanted, English for who asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, TypeVar

Language = Literal["zh", "en"]
Schema = TypeVar("Schema")
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Sentence(str):
    """A Chinese sentence that carries its English.

    It is made where something is decided, once for all who ask; which of the two is told is chosen
    where it is told (`said`).
    """

    __slots__ = ("en",)
    en: str

    def __new__(cls, zh: str, en: str) -> Sentence:
        """Return the sentence."""
        made = super().__new__(cls, zh)
        made.en = en
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # str has one
        """Return what a copy is made of."""
        return str(self), self.en

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, schema_of: Callable[[type], Schema]) -> Schema:
        """Return what descriptions of an API say of it: it is text."""
        return schema_of(str)


def said(text: str, language: Language) -> str:
    """Return a text in a language, as far as it is a sentence of ours; else as it is."""
    return text.en if language == "en" and isinstance(text, Sentence) else text


def joined(parts: Iterable[str], zh: str = "", en: str = " ") -> Sentence:
    """Return sentences or parts of one as a whole, with what stands between them; "" counts not."""
    told = [part for part in parts if part]
    return Sentence(zh.join(told), en.join(said(part, "en") for part in told))

"""The message catalogue: every sentence of the pages in Chinese and English, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from ontology.errors import InvalidFile, UnknownId
from ontology.sentence import Language

FOLDER = Path(__file__).parent / "messages"
# A message is named PAGE.KEY, by the file it stands in and its key there.
FIELDS = {"zh", "en", "one"}


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in both languages; `one` is the English for a count of one, where it differs."""

    zh: str
    en: str
    one: str = ""

    def said(self, language: Language, values: Mapping[str, object]) -> str:
        """Return the sentence with its places filled; `n` is what is counted."""
        if language == "zh":
            return self.zh.format(**values)
        form = self.one if self.one and str(values.get("n")) == "1" else self.en
        return form.format(**values)


@cache
def catalogue() -> Mapping[str, Message]:
    """Return all messages by name."""
    found: dict[str, Message] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        for key, texts in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            if not {"zh", "en"} <= texts.keys() <= FIELDS:
                raise InvalidFile(f"{file.name}: {key} must have zh and en, and may have one")
            found[f"{file.stem}.{key}"] = Message(**texts)
    return found


def say(language: Language, name: str, values: Mapping[str, object]) -> str:
    """Return a message in a language, or raise UnknownId."""
    message = catalogue().get(name)
    if message is None:
        raise UnknownId("message", name, list(catalogue()))
    return message.said(language, values)

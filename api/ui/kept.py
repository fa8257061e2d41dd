"""Longer texts kept at somebody's wish: under an address that nobody can guess, for some days."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import Busy, StoreError, UnknownId

DAYS = 7
MOST_KEPT = 5_000  # texts; a hundred megabytes at most
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
Clock = Callable[[], datetime.datetime]


@dataclass(frozen=True, slots=True)
class Kept:
    """A text with the token of its address, and when it goes."""

    token: str
    text: str
    until: datetime.datetime


@dataclass(frozen=True, slots=True)
class Keeping:
    """Whether texts can be kept here, and the kept one that is shown, if it is one."""

    possible: bool
    shown: Kept | None = None


def made_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(24)


def now() -> datetime.datetime:
    """Return the time, with its zone."""
    return datetime.datetime.now(datetime.UTC)


NOT_KEPT = Keeping(possible=False)


class KeptTexts:
    """Texts in files of a folder, each named by a hash of its token: the folder gives none away."""

    def __init__(
        self,
        folder: Path,
        clock: Clock = now,
        lifetime: datetime.timedelta = datetime.timedelta(days=DAYS),
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._lifetime = lifetime

    def keep(self, text: str, token: str = "") -> Kept:
        """Keep a text for its time, with a token of its own; raise Busy where too many are kept."""
        until = self._clock() + self._lifetime
        kept = Kept(token or made_token(), text, until)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._sweep() >= MOST_KEPT:
                raise Busy("as many texts are kept as this service takes on")
            file = self._file(kept.token)
            made = file.with_suffix(".part")
            made.touch(mode=0o600)
            made.write_text(json.dumps({"until": until.isoformat(), "text": text}), "utf-8")
            made.replace(file)
        except OSError as error:
            told = f"a text cannot be kept in {self._folder}: {error.strerror}"
            raise StoreError(told) from error
        return kept

    def read(self, token: str) -> Kept:
        """Return a kept text, or raise UnknownId where there is none or its time is over."""
        found = self._read(self._file(token)) if TOKEN.fullmatch(token) else None
        if found is None or found[0] <= self._clock():
            raise UnknownId("kept text", f"{token[:4]}…")
        return Kept(token, found[1], found[0])

    def drop(self, token: str) -> None:
        """Drop a kept text before its time; one that is gone already is no fault."""
        if TOKEN.fullmatch(token):
            self._file(token).unlink(missing_ok=True)

    def _file(self, token: str) -> Path:
        return self._folder / f"{hashlib.sha256(token.encode()).hexdigest()}.json"

    def _read(self, file: Path) -> tuple[datetime.datetime, str] | None:
        """Return until when a file holds which text; None where it is gone or no such file."""
        try:
            held = json.loads(file.read_text("utf-8"))
            return datetime.datetime.fromisoformat(held["until"]), str(held["text"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _sweep(self) -> int:
        """Drop what is over and return how many are left."""
        left = 0
        for file in self._folder.glob("*.json"):
            found = self._read(file)
            if found is None or found[0] <= self._clock():
                file.unlink(missing_ok=True)
            else:
                left += 1
        return left

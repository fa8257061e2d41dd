"""All stores side by side: each is asked by a process of its own, and the same only once."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from tests.both_stores.sides import Side

EMBEDDED = "sqlite"
Words = ParamSpec("Words")
Found = TypeVar("Found")


class Panel:
    """The stores that can be had here, the embedded one among them."""

    def __init__(self, sides: Mapping[str, Side]) -> None:
        self.sides = sides
        # Another process for each, because a command takes hold of its process's output and
        # settings; not forked, because this one has threads.
        self._workers = {
            name: ProcessPoolExecutor(
                1, multiprocessing.get_context("spawn"), os.chdir, (side.folder,)
            )
            for name, side in sides.items()
        }
        self._asked: dict[object, dict[str, Future[Any]]] = {}

    def ask(self, name: str, question: Callable[..., Found], words: tuple[Any, ...]) -> Found:
        """Return what one store answers; asked for the first time, it is put to all at once."""
        key = (question, words)
        if key not in self._asked:
            self._asked[key] = {
                each: self._workers[each].submit(question, side, *words)
                for each, side in self.sides.items()
            }
        found: Found = self._asked[key][name].result()
        return found

    def __enter__(self) -> Self:
        """Return the panel."""
        return self

    def __exit__(self, *fault: object) -> None:
        """End the processes."""
        for worker in self._workers.values():
            worker.shutdown(cancel_futures=True)


@dataclass(frozen=True, slots=True)
class Pair:
    """The embedded store and one server."""

    panel: Panel
    server: str

    def ask(
        self,
        question: Callable[Concatenate[Side, Words], Found],
        *words: Words.args,
        **named: Words.kwargs,
    ) -> tuple[Found, Found]:
        """Return what the embedded store and the server answer."""
        assert not named
        return (
            self.panel.ask(EMBEDDED, question, words),
            self.panel.ask(self.server, question, words),
        )

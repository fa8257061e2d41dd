"""PDF files read in a process of its own, because no parser of them can promise to come back.

A file of a megabyte can unfold to gigabytes or draw a form within itself without end. The process
has a limit of memory and of time; where it breaks one, it alone goes down.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, cast

from ingest.document import Document
from ingest.read.limits import Limits
from ontology.errors import UnreadableFile

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

SECONDS_A_PAGE, SECONDS_RECOGNISING = 1, 10  # three times what slow machines take
KEPT = 2  # idle processes


@dataclass(frozen=True)
class _Job:
    name: str
    data: bytes
    limits: Limits

    @property
    def seconds(self) -> int:
        """How long it may take: what any file may, and something for each page it may have."""
        recognising = SECONDS_RECOGNISING * self.limits.recognised_pages
        return self.limits.seconds + SECONDS_A_PAGE * self.limits.pages + recognising


@dataclass(frozen=True)
class _Refused:
    """An error on its way between processes: what it says."""

    reason: str


def read_apart(name: str, data: bytes, limits: Limits) -> Document:
    """Read a PDF file; one that takes too long or too much memory is `UnreadableFile`."""
    worker = _taken() or _Worker()
    answer = worker.ask(_Job(name, data, limits))
    if worker.alive and len(_idle()) < KEPT:
        _idle().append(worker)
    else:
        worker.stop()
    if isinstance(answer, _Refused):
        raise UnreadableFile(name, answer.reason)
    return answer


class _Worker:
    """A process that reads one file after another."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=_serve, args=(theirs,), name="sfkg pdf", daemon=True
        )
        self._process.start()
        theirs.close()

    @property
    def alive(self) -> bool:
        """Whether it can read another file."""
        return self._process.is_alive()

    def ask(self, job: _Job) -> Document | _Refused:
        """Return what it makes of a file."""
        try:
            self._ours.send(job)
            if self._ours.poll(job.seconds):
                return cast("Document | _Refused", self._ours.recv())
        except (EOFError, OSError):
            return _Refused(
                "the reader broke down, likely for want of memory; print it as PDF again"
            )
        self.stop()
        return _Refused(f"reading it takes more than {job.seconds} seconds; print it as PDF again")

    def stop(self) -> None:
        """End the process."""
        self._ours.close()
        self._process.kill()
        self._process.join()


def _taken() -> _Worker | None:
    """Take a process that waits, and let go of those that died waiting."""
    with suppress(IndexError):
        while True:
            worker = _idle().pop()
            if worker.alive:
                return worker
            worker.stop()
    return None


@cache
def _idle() -> deque[_Worker]:
    return deque()


def _serve(asked: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ends with its parent, which is asked
    pdf = import_module("ingest.read.pdf")
    while True:
        try:
            job = cast(_Job, asked.recv())
        except EOFError:
            return
        _limit_memory(job.limits.memory_bytes)
        try:
            answer = pdf.read(job.name, job.data, job.limits)
        except UnreadableFile as error:
            answer = _Refused(error.reason)
        asked.send(answer)


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size, most))

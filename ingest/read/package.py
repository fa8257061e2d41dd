"""Package: the members of a zip file (docx, xlsx), read within the limits and from memory alone."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from ingest.read.limits import Limits, Meter
from ontology.errors import UnreadableFile

PIECE = 256 * 1024  # bytes read at once
# The signature before each entry of a zip's directory; entries are counted by it before zipfile
# makes an object of each.
_ENTRY = b"PK\x01\x02"
# What zipfile and the decompressors raise for bytes that are not what they should be.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    KeyError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


class Package:
    """The members of a zip file by their path; what they expand to is counted while read."""

    def __init__(self, name: str, data: bytes, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.meter = Meter(name, limits)
        limits.check("members", data.count(_ENTRY), name)
        with self._told("the zip file"):
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._members = {self._path(one.filename): one for one in self._zip.infolist()}

    @property
    def locked(self) -> bool:
        """Whether a password is needed for a member."""
        return any(one.flag_bits & 1 for one in self._members.values())

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all members, in the order of the file."""
        return tuple(self._members)

    def find(self, path: str) -> str | None:
        """Return the path as it is written in the file; some producers change capitals."""
        if path in self._members:
            return path
        return next((one for one in self._members if one.lower() == path.lower()), None)

    def read(self, path: str) -> bytes:
        """Return all bytes of a member."""
        pieces = self.open(path)
        return b"".join(iter(lambda: pieces.read(PIECE), b""))

    def measure(self) -> None:
        """Read all members once and forget them; raise where they expand beyond the limit."""
        for path in self.paths:
            member = self.open(path)
            while member.read():
                pass

    def open(self, path: str) -> Member:
        """Return a member to be read piece by piece."""
        found = self.find(path)
        if found is None:
            raise UnreadableFile(self.name, f"the part {path} is missing")
        with self._told(path):
            return Member(self, path, self._zip.open(self._members[found]))

    def piece(self, path: str, stream: IO[bytes], size: int) -> bytes:
        """Read up to so many bytes of an open member and count them."""
        with self._told(path):
            read = stream.read(PIECE if size < 0 else min(size, PIECE))
        self.meter.use("expanded_bytes", len(read), path)
        return read

    def _path(self, written: str) -> str:
        path = written.replace("\\", "/").lstrip("/")
        if ".." in path.split("/") or ":" in path.split("/")[0]:
            raise UnreadableFile(
                self.name, f"the zip file has a member that points out of it: {written[:80]!r}"
            )
        return path

    @contextmanager
    def _told(self, place: str) -> Iterator[None]:
        """Say of damage in which part of the file it is."""
        try:
            yield
        except _DAMAGE as error:
            raise UnreadableFile(self.name, f"{place} is damaged or cut off") from error


class Member:
    """An open member; reads as a file does."""

    def __init__(self, package: Package, path: str, stream: IO[bytes]) -> None:
        self._package = package
        self._stream = stream
        self.path = path

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, none at the end; never more than a piece."""
        return self._package.piece(self.path, self._stream, size)


def resolved(part: str, target: str) -> str:
    """Return the path of a relationship's target, which is written relative to its part."""
    target = target.replace("\\", "/")
    joined = target if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
    return posixpath.normpath(f"/{joined}").lstrip("/")

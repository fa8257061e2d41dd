"""A plugin of pytest that keeps what the tests hand to the readers, as a corpus to begin with."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from ingest.document import Document
from ingest.read.limits import Limits
from tests.fuzz.targets import LARGEST, TARGETS

Read = Callable[..., Document]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--recorded", type=Path, required=True)


def pytest_configure(config: pytest.Config) -> None:
    """Wrap the readers before a test imports them."""
    folder: Path = config.getoption("--recorded")
    for target in TARGETS.values():
        module = import_module(f"ingest.read.{target.module}")
        (folder / target.module).mkdir(parents=True, exist_ok=True)
        read: Read = module.read
        module.read = _kept(read, folder / target.module, target.unwrap)  # type: ignore[attr-defined]


def _kept(read: Read, folder: Path, unwrap: Callable[[bytes], bytes]) -> Read:
    @functools.wraps(read)
    def reading(name: str, data: bytes, limits: Limits, *more: object) -> Document:
        kept = unwrap(data)
        if len(kept) <= LARGEST:
            path = folder / hashlib.sha256(kept).hexdigest()[:16]
            path.write_bytes(kept)
        return read(name, data, limits, *more)

    return reading

"""What codes are called in Chinese."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import ingest
from api.words import FINDING

MAKERS = {"Finding", "add", "note"}


def codes_of_findings() -> Iterator[str]:
    """Yield the codes that are spelt where readers and checks make their findings."""
    for path in Path(ingest.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id=maker) | ast.Attribute(attr=maker),
                    args=[ast.Constant(value=str() as code), _, *_],
                ) if maker in MAKERS:
                    yield code


def test_every_finding_has_a_name_in_chinese() -> None:
    codes = set(codes_of_findings())
    assert len(codes) > 50
    assert codes - FINDING.keys() == set()

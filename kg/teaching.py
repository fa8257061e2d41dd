"""What taught the matcher that words speak for a scene: the guide's text, or a real case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from kg.entities import Ref
from kg.index.snapshot import Snapshot
from kg.index.table import NO_ROWS, Rows, indexed_text
from kg.match.explain import Reason
from kg.scenes import family
from kg.store.protocol import GraphRead
from kg.text import squeeze
from ontology.guide import Scene

SHORTEST = 2  # characters in common: one alone is learnt from everywhere
MOST_CASES = 3  # of the scene that are most like the span are looked at


@dataclass(frozen=True, slots=True)
class Taught:
    """A span with the words of it that a text of the scene holds too.

    `by` is `guide` (the edition's name, summary or keywords of the scene: our words where the
    official text was not at hand), `case` (a real case of the scene, `thing`) or `composed`: texts
    made up for training, which are shown to nobody.
    """

    span: Reason
    by: str
    thing: Ref | None
    words: str


def taught(
    read: GraphRead, snapshot: Snapshot, scene_id: str, spans: Sequence[Reason]
) -> tuple[Taught, ...]:
    """Return what taught each span to speak for a 2024 scene: the longest words in common."""
    scene = snapshot.matcher.guide.scene(scene_id)
    rows = _rows(read, snapshot, scene_id)
    return tuple(_taught(read, snapshot, scene, rows, span) for span in spans)


def _rows(read: GraphRead, snapshot: Snapshot, scene_id: str) -> Rows:
    if not read.get([scene_id]):
        return NO_ROWS
    mask = snapshot.table.mask("scene", family(read, scene_id).members)
    return np.flatnonzero(mask).astype(np.int64)


def _taught(
    read: GraphRead,
    snapshot: Snapshot,
    scene: Scene,
    rows: Rows,
    span: Reason,
) -> Taught:
    ref = Ref(scene.id, "Scene", scene.name)
    found = [(_shared(span.text, _words(scene)), "guide", ref)]
    likeness = snapshot.lexical.similarity(span.text)[rows]
    nearest = rows[np.argsort(-likeness, kind="stable")[:MOST_CASES]]
    for node in read.get([snapshot.table.ids[row] for row in nearest]):
        found.append((_shared(span.text, [indexed_text(node)]), "case", Ref.of(node)))
    words, by, thing = max(found, key=lambda one: (len(one[0]), one[1] == "guide"))
    if len(words) < SHORTEST:
        return Taught(span, "composed", None, "")
    return Taught(span, by, thing, words)


def _words(scene: Scene) -> list[str]:
    aliases = (alias.text for alias in scene.aliases)
    return [scene.name, scene.summary, *scene.keywords, *aliases]


def _shared(span: str, texts: Iterable[str]) -> str:
    """Return the longest run of characters that the span shares with one of the texts."""
    wanted = squeeze(span)
    runs = []
    for text in map(squeeze, texts):
        matcher = SequenceMatcher(None, wanted, text, autojunk=False)
        match = matcher.find_longest_match()
        runs.append(wanted[match.a : match.a + match.size])
    return max(runs, key=len, default="").strip()

"""The labelled texts that the matcher learns from: the guide's own words and `training/`."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.text import normalise
from ontology.errors import InvalidFile
from ontology.guide import Guide, Scene

FOLDER = Path(__file__).parent / "training"
CASES = "cases.csv"
NONE = "NONE"
GUIDE = "guide"  # the origin of texts taken from the guide


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its scene (`NONE` if none fits) and the alternatives annotators accept.

    `origin` is the file (without ending) or `guide`; `enterprise` is "" where nobody is meant.
    """

    text: str
    scene: str
    also: tuple[str, ...] = ()
    kind: str = ""
    origin: str = ""
    enterprise: str = ""
    agreement: str = ""

    @property
    def accepted(self) -> tuple[str, ...]:
        """Return every scene that counts as right."""
        return (self.scene, *self.also)

    @property
    def in_scope(self) -> bool:
        """Tell whether any scene fits the text."""
        return self.scene != NONE

    @property
    def is_case(self) -> bool:
        """Tell whether the text describes a real case."""
        return self.origin == "cases"


def load_corpus(guide: Guide, folder: Path = FOLDER) -> tuple[Example, ...]:
    """Return all examples: the guide first, then the files by name, rows as they stand."""
    known = {scene.id for scene in (*guide.scenes, *guide.retired)} | {NONE}
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise InvalidFile(f"{folder} holds no training texts (*.csv)")
    rows = [example for path in files for example in _read(path, known)]
    carried = [relabelled(example, guide) for example in rows] if guide.retired else rows
    return (*guide_examples(guide), *(one for one in carried if one))


def relabelled(example: Example, guide: Guide) -> Example | None:
    """Return an example labelled with what its scenes are now, None where its own is no one's.

    Of a scene that was divided nobody knows into which part the text falls: it is left out.
    """
    now = guide.current(example.scene)
    if len(now) != 1:
        return None
    also = (new for one in example.also for new in guide.current(one))
    return replace(example, scene=now[0], also=tuple(dict.fromkeys(also)))


def guide_examples(guide: Guide) -> Iterator[Example]:
    """Yield the guide's names, summaries and keywords as labelled texts."""
    for scene in guide.scenes:
        for text in names_of(scene):
            yield Example(text, scene.id, kind="name", origin=GUIDE)
        for kind, text in (("summary", scene.summary), ("keywords", "、".join(scene.keywords))):
            if text:
                yield Example(text, scene.id, kind=kind, origin=GUIDE)


def names_of(scene: Scene) -> list[str]:
    """Return the different names of a scene: its own, then those of other editions and others."""
    names = [scene.name, *(alias.text for alias in scene.aliases), *scene.candidates]
    return list(dict.fromkeys(names))


def fingerprint(examples: Iterable[Example]) -> str:
    """Return the hash of the examples, which two models share only if they learnt the same."""
    digest = hashlib.sha256()
    for example in examples:
        parts: Sequence[str] = (example.text, *example.accepted, example.kind, example.origin)
        digest.update("\x1f".join((*parts, example.enterprise)).encode())
        digest.update(b"\x1e")
    return digest.hexdigest()


def enterprise_key(name: str) -> str:
    """Return the form in which two spellings of an enterprise are compared."""
    return normalise(name).replace(" ", "")


def _read(path: Path, known: set[str]) -> Iterator[Example]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            example = _example(row, path.stem)
            unknown = [scene for scene in example.accepted if scene not in known]
            if unknown or not example.text.strip():
                reason = f"there is no scene {unknown[0]!r}" if unknown else "the text is empty"
                raise InvalidFile(f"{path.name}, row {number}: {reason}")
            yield example


def _example(row: dict[str, str], origin: str) -> Example:
    also = tuple(part.strip() for part in (row.get("also") or "").split(";") if part.strip())
    return Example(
        text=row.get("text") or "",
        scene=row.get("scene") or "",
        also=also,
        kind=row.get("kind") or ("case" if origin == "cases" else ""),
        origin=origin,
        enterprise=row.get("enterprise") or "",
        agreement=row.get("agreement") or "",
    )

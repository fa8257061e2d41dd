"""Changing the taught words while the service runs: checked, built beside, swapped in."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kg.index.snapshot import IndexPlan, build_snapshot, load_snapshot, remove_old
from kg.match.vocabulary import Vocabulary, conflicts, load_vocabulary
from kg.store.protocol import GraphStore
from ontology.errors import InvalidFile, InvalidValue, StoreError
from ontology.guide import EDITIONS, Guide, load_guide

ENDING = ".csv"


@dataclass(frozen=True, slots=True)
class Change:
    """Files of words that are added or take the place of those of their name, and names removed."""

    files: tuple[Path, ...] = ()
    removed: tuple[str, ...] = ()


@contextmanager
def changed_words(words: Path, change: Change) -> Iterator[Path]:
    """Yield a folder beside the user's own as it would be with a change; it is gone afterwards.

    Raise InvalidFile where a file cannot be read, InvalidValue where a name is not there or the
    words contradict one another.
    """
    words.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="vocabulary-", dir=words.parent) as scratch:
        beside = Path(scratch) / words.name
        if words.is_dir():
            shutil.copytree(words, beside)
        beside.mkdir(exist_ok=True)
        for name in change.removed:
            _remove(beside / name, words)
        for file in change.files:
            _add(file, beside)
        check_words(load_vocabulary(beside))
        yield beside


def _remove(path: Path, words: Path) -> None:
    if path.parent.name != words.name or not path.is_file():
        raise InvalidValue("file", path.name, f"is not among the files of {words}")
    path.unlink()


def _add(file: Path, beside: Path) -> None:
    if file.suffix.lower() != ENDING:
        raise InvalidFile(f"{file} has not the ending {ENDING} of a file of words")
    try:
        shutil.copyfile(file, beside / file.name)
    except OSError as fault:
        raise InvalidFile(f"{file} cannot be read: {fault.strerror}") from None


def check_words(vocabulary: Vocabulary) -> None:
    """Raise InvalidFile with everything in which the words contradict one another or the guide."""
    guide = load_guide("2024")
    names = [name for edition in EDITIONS for name in _names(load_guide(edition))]
    if found := conflicts(vocabulary.words, (scene.id for scene in guide.scenes), names):
        raise InvalidFile("the words do not go together: " + "; ".join(found))


def _names(guide: Guide) -> Iterable[str]:
    for scene in guide.scenes:
        yield scene.name
        yield from (alias.text for alias in scene.aliases)


def apply_words(store: GraphStore, plan: IndexPlan, change: Change) -> str:
    """Make a snapshot with the changed words the active one and return its id.

    It is built and opened before anything changes: where that fails, words and snapshot stay.
    """
    if plan.words is None:
        raise InvalidValue("words", "", "have no folder of their own here")
    with changed_words(plan.words, change) as beside:
        built = build_snapshot(store, replace(plan, words=beside), load_guide("2024", plan.guides))
        load_snapshot(plan.folder / built, plan.encoder)
        _exchange(beside, plan.words)
    store.point_to(built)
    remove_old(plan.folder, built)
    return built


def _exchange(beside: Path, words: Path) -> None:
    """Put the new folder in the place of the old one."""
    old = beside.with_name(f"{words.name}.old")
    try:
        if words.exists():
            words.rename(old)
        beside.rename(words)
    except OSError as fault:
        if old.exists() and not words.exists():
            old.rename(words)
        raise StoreError(f"the words cannot be written to {words}: {fault.strerror}") from None

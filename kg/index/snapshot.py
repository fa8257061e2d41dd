"""Snapshots: index, model and vocabulary in one folder that is named by its hash.

Only npz without pickles and JSON are written and read. What does not fit together (format,
encoder, dimension, edition, file hash) is refused; a snapshot that is merely behind the data is
served and says so.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kg.encoder.choice import BUILTIN, EncoderChoice
from kg.encoder.folder import ModelFolder
from kg.encoder.open import open_folder
from kg.encoder.protocol import Encoder, Vectors
from kg.ids import content_hash
from kg.index.builtin import BuiltinEncoder
from kg.index.lexical import BUCKETS, Lexical
from kg.index.table import CaseTable, Figures, read_cases
from kg.match.matcher import Matcher, read_model_id
from kg.match.vocabulary import Vocabulary, load_vocabulary, read_words
from kg.store.protocol import GraphRead
from ontology.errors import IncompatibleSnapshot, StoreError
from ontology.guide import Guide

FORMAT = 4
MANIFEST = "manifest.json"
FIGURE_FIELDS = ("rows", "names", "low", "high")
WORDS = "words.csv"
KEPT = 2  # snapshots that stay on disk: the active one and the one before it


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot is made of and what it was made from."""

    format: int
    graph_hash: str
    edition: str
    encoder: str
    encoder_fingerprint: str
    encoder_revision: str
    encoder_prompt: str
    encoder_length: int  # tokens read; 0 for the built-in encoder, which counts none
    dimension: int
    model: str
    vocabulary: str
    cases: int
    files: Mapping[str, str]

    @property
    def id(self) -> str:
        """The snapshot's name: the hash of its manifest."""
        return content_hash(self.to_dict())[:16]

    def to_dict(self) -> dict[str, object]:
        """Return the manifest as plain JSON."""
        return {name: getattr(self, name) for name in Manifest.__slots__} | {
            "files": dict(sorted(self.files.items()))
        }


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A loaded snapshot: everything that answers a text without the graph."""

    id: str
    manifest: Manifest
    matcher: Matcher
    encoder: Encoder
    table: CaseTable
    vectors: Vectors
    lexical: Lexical


@dataclass(frozen=True, slots=True)
class IndexPlan:
    """Where snapshots lie and what they are made with.

    `words` is the folder of a user's own taught words, `guides` that of imported guides; neither
    need exist.
    """

    folder: Path
    model: Path
    encoder: EncoderChoice = BUILTIN
    words: Path | None = None
    guides: Path | None = None


def build_snapshot(read: GraphRead, plan: IndexPlan, guide: Guide) -> str:
    """Index the graph into a new folder and return the snapshot's id.

    The folder appears under its name only when it is complete.
    """
    into = plan.folder
    try:
        into.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="building-", dir=into) as scratch:
            built = Path(scratch) / "snapshot"
            built.mkdir()
            manifest = _write(read, plan, guide, built)
            _put_in_place(built, into / manifest.id)
            return manifest.id
    except OSError as error:
        raise StoreError(f"the snapshot cannot be written to {into}: {error.strerror}") from None


def _put_in_place(built: Path, target: Path) -> None:
    """Move a snapshot to its name; an undamaged one of that name has the same content and stays."""
    if target.exists():
        try:
            verified_manifest(target)
        except IncompatibleSnapshot:
            _remove(target)
        else:
            return
    built.rename(target)


def _remove(damaged: Path) -> None:
    if damaged.is_dir() and not damaged.is_symlink():
        shutil.rmtree(damaged)
    else:
        damaged.unlink()


def _write(read: GraphRead, plan: IndexPlan, guide: Guide, folder: Path) -> Manifest:
    graph_hash = read.state().graph_hash
    ignored = shutil.ignore_patterns("__pycache__", "*.py")
    shutil.copytree(plan.model, folder / "model", ignore=ignored)
    vocabulary = load_vocabulary(plan.words)
    (folder / WORDS).write_text(vocabulary.to_csv(), encoding="utf-8")
    of_folder = ModelFolder.of(plan.encoder) if plan.encoder.model else None
    matcher, encoder = _opened(folder, of_folder, plan.encoder, guide)
    cases = read_cases(read, guide, matcher.model.scenes)
    lexical = Lexical.from_texts(cases.texts)
    (folder / "guide.json").write_text(
        json.dumps(guide.to_dict(), ensure_ascii=False, sort_keys=True), encoding="utf-8"
    )
    np.save(folder / "vectors.npy", encoder.encode(cases.texts), allow_pickle=False)
    sparse.save_npz(folder / "lexical.npz", sparse.csc_matrix(lexical.columns), compressed=False)
    _write_table(cases.table, folder)
    manifest = Manifest(
        format=FORMAT,
        graph_hash=graph_hash,
        edition=guide.edition,
        encoder=encoder.name,
        encoder_fingerprint=encoder.fingerprint,
        encoder_revision=of_folder.revision if of_folder else "",
        encoder_prompt=of_folder.prompt if of_folder else "",
        encoder_length=of_folder.length if of_folder else 0,
        dimension=encoder.dimension,
        model=matcher.model_id,
        vocabulary=vocabulary.id,
        cases=len(cases.texts),
        files=_hashes(folder),
    )
    (folder / MANIFEST).write_text(json.dumps(manifest.to_dict(), indent=1), encoding="utf-8")
    return manifest


def _opened(
    folder: Path, of_folder: ModelFolder | None, choice: EncoderChoice, guide: Guide
) -> tuple[Matcher, Encoder]:
    """Return matcher and encoder of a snapshot's folder; a sentence model is opened once."""
    sentence_model = open_folder(of_folder, choice) if of_folder else None
    matcher = Matcher.load(folder / "model", guide, encoder=sentence_model)
    matcher = matcher.with_words(Vocabulary(read_words(folder / WORDS)))
    return matcher, sentence_model or BuiltinEncoder(matcher)


def _write_table(table: CaseTable, folder: Path) -> None:
    arrays: dict[str, NDArray[np.generic]] = {"years": table.years, "membership": table.membership}
    names: dict[str, list[str]] = {}
    for facet, values in table.facets.items():
        names[facet] = list(values)
        ends = np.cumsum([0, *(len(rows) for rows in values.values())])
        arrays[f"{facet}_ends"] = ends.astype(np.int64)
        arrays[f"{facet}_rows"] = np.concatenate([np.zeros(0, np.int64), *values.values()])
    arrays |= {"stories": table.stories, "owners": table.owners, **{
        f"figure_{field}": getattr(table.figures, field) for field in FIGURE_FIELDS
    }}  # fmt: skip
    np.savez(folder / "table.npz", allow_pickle=False, **arrays)
    texts = {"ids": table.ids, "enterprises": table.enterprises, "facets": names}
    (folder / "table.json").write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")


def _read_table(folder: Path) -> CaseTable:
    texts = json.loads((folder / "table.json").read_text(encoding="utf-8"))
    with np.load(folder / "table.npz", allow_pickle=False) as arrays:
        facets = {facet: _facet(arrays, facet, values) for facet, values in texts["facets"].items()}
        return CaseTable(
            tuple(texts["ids"]),
            tuple(texts["enterprises"]),
            arrays["owners"],
            arrays["years"],
            arrays["membership"],
            facets,
            Figures(*(arrays[f"figure_{field}"] for field in FIGURE_FIELDS)),
            arrays["stories"],
        )


def _facet(
    arrays: Mapping[str, NDArray[np.int64]], facet: str, values: Sequence[str]
) -> dict[str, NDArray[np.int64]]:
    """Return the rows of each value; an archive reads its file anew at each look."""
    ends, rows = arrays[f"{facet}_ends"], arrays[f"{facet}_rows"]
    return {
        value: rows[first:last]
        for value, first, last in zip(values, ends[:-1], ends[1:], strict=True)
    }


def _hashes(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if (path.is_file() and path.name != MANIFEST) or (path.parent != folder and path.is_file()):
            with path.open("rb") as stream:
                name = path.relative_to(folder).as_posix()
                found[name] = hashlib.file_digest(stream, "sha256").hexdigest()
    return found


def read_manifest(folder: Path) -> Manifest:
    """Return a snapshot's manifest, or raise IncompatibleSnapshot."""
    try:
        raw = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if raw.get("format") != FORMAT:
            raise IncompatibleSnapshot(
                f"snapshot {folder.name} has format {raw.get('format')!r}, this version reads"
                f" {FORMAT}; `sfkg build` makes a new one"
            )
        manifest = Manifest(**{name: raw[name] for name in Manifest.__slots__})
        return replace(manifest, files=dict(manifest.files))
    except (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError):
        raise IncompatibleSnapshot(
            f"snapshot {folder.name} is missing or damaged; `sfkg build` makes a new one"
        ) from None


def load_snapshot(folder: Path, encoder: EncoderChoice = BUILTIN) -> Snapshot:
    """Return a verified snapshot; `encoder` is the one that the vectors must come from."""
    manifest = verified_manifest(folder)
    of_folder = ModelFolder.of(encoder) if encoder.model else None
    fingerprint = of_folder.fingerprint if of_folder else read_model_id(folder / "model")
    if fingerprint != manifest.encoder_fingerprint:
        raise IncompatibleSnapshot(
            f"snapshot {folder.name} was made with the encoder {manifest.encoder!r}, now"
            f" {encoder.model or 'builtin'!r} is set or its files changed; `sfkg build` makes a"
            " new one"
        )
    guide = Guide.from_dict(
        cast("dict[str, object]", json.loads((folder / "guide.json").read_text(encoding="utf-8")))
    )
    matcher, opened = _opened(folder, of_folder, encoder, guide)
    vectors = np.load(folder / "vectors.npy", allow_pickle=False, mmap_mode="r")
    if vectors.shape != (manifest.cases, opened.dimension):
        raise IncompatibleSnapshot(f"snapshot {folder.name} holds vectors of another shape")
    columns = sparse.csc_array(sparse.load_npz(folder / "lexical.npz"))
    if columns.shape != (manifest.cases, BUCKETS):
        raise IncompatibleSnapshot(f"snapshot {folder.name} holds words of another shape")
    return Snapshot(
        manifest.id,
        manifest,
        matcher,
        opened,
        _read_table(folder),
        vectors,
        Lexical.from_columns(columns),
    )


def verified_manifest(folder: Path) -> Manifest:
    """Return the manifest of a snapshot all of whose files are as they were written."""
    manifest = read_manifest(folder)
    if manifest.id != folder.name:
        raise IncompatibleSnapshot(f"snapshot {folder.name} does not match its manifest")
    try:
        found = _hashes(folder)
    except OSError as error:
        raise IncompatibleSnapshot(
            f"snapshot {folder.name} cannot be read ({error.strerror}); `sfkg build` makes a new"
            " one"
        ) from None
    if found != dict(manifest.files):
        raise IncompatibleSnapshot(
            f"files of snapshot {folder.name} were changed; `sfkg build` makes a new one"
        )
    return manifest


def remove_old(into: Path, active: str) -> None:
    """Delete all but the active and the newest other snapshot; failing to is no fault."""
    others = [path.parent for path in into.glob(f"*/{MANIFEST}") if path.parent.name != active]
    for path in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)

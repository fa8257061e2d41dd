"""The model as a folder: compressed arrays and JSON, checked by hashes, never executable."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.encoder.protocol import Encoder
from kg.match.calibration import Calibration
from kg.match.classifier import Classifier
from kg.match.features import Floats, Vectoriser
from kg.match.head import SentenceHead
from kg.match.model import Model
from ontology.errors import IncompatibleSnapshot, InvalidFile

FORMAT = 4
# A model of format 1 has one column for all texts without scene; before 3 English had no limit of
# its own, before 4 no sentence model had a part in it.
READABLE = (1, 2, 3, FORMAT)
MANIFEST = "manifest.json"
ARRAYS = "classifier.npz"
NUMBERS = "calibration.json"
HEAD = "head.npz"
FILES = (ARRAYS, NUMBERS)
WITH_HEAD = (*FILES, HEAD)
LEVELS = 127  # of either sign in one byte

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a model folder says of itself; `id` is the hash of its files' hashes."""

    id: str
    format: int
    edition: str
    files: dict[str, str]
    training: str
    figures: dict[str, Any]
    encoder: dict[str, Any] = field(default_factory=dict)  # of a sentence model with a part in it

    @property
    def has_head(self) -> bool:
        """Whether a sentence model has a part in its scores."""
        return HEAD in self.files


def save_model(
    model: Model, folder: Path, edition: str, training: str, figures: dict[str, Any]
) -> Manifest:
    """Write the model into the folder, the manifest last, and return the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = {ARRAYS: _packed(model.classifier), NUMBERS: _json(asdict(model.calibration))}
    if model.head:
        contents[HEAD] = _packed_head(model.head)
    for name, content in contents.items():
        _replace(folder / name, content)
    files = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    by = _of_encoder(model.head) if model.head else {}
    manifest = Manifest(_model_id(files, by), FORMAT, edition, files, training, figures, by)
    _replace(folder / MANIFEST, _json(asdict(manifest)))
    return manifest


def load_manifest(folder: Path) -> Manifest:
    """Read what the folder says of itself, or raise InvalidFile or IncompatibleSnapshot."""
    path = folder / MANIFEST
    try:
        manifest = Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise InvalidFile(f"{folder} is no model folder: {MANIFEST} is missing") from None
    except (OSError, ValueError, TypeError) as fault:
        raise InvalidFile(f"{path} cannot be read: {fault}") from fault
    if manifest.format not in READABLE:
        raise IncompatibleSnapshot(
            f"{folder} holds a model of format {manifest.format}, this version reads"
            f" {' and '.join(map(str, READABLE))}"
        )
    listed = set(manifest.files) in (set(FILES), set(WITH_HEAD))
    if not listed or manifest.id != _model_id(manifest.files, manifest.encoder):
        raise IncompatibleSnapshot(f"{path} does not name the files that make up its id")
    return manifest


def load_model(folder: Path, edition: str, encoder: Encoder | None = None) -> Model:
    """Read and check a model for an edition, or raise InvalidFile or IncompatibleSnapshot.

    `encoder` is the sentence model in use; it must be the one that has a part in the model's
    scores, where one has.
    """
    manifest = load_manifest(folder)
    if manifest.edition != edition:
        raise IncompatibleSnapshot(
            f"{folder} holds a model of edition {manifest.edition}, wanted is {edition}"
        )
    contents, classifier, calibration = _read(folder, manifest)
    head = _head(contents[HEAD], manifest, encoder) if manifest.has_head else None
    return Model(classifier, calibration, head)


def check_model(folder: Path) -> None:
    """Raise what `load_model` would where a folder holds no whole model, whatever sentence model.

    A head that is fitted to a sentence model cannot be used without that, but can be checked.
    """
    _read(folder, load_manifest(folder))


def _read(folder: Path, manifest: Manifest) -> tuple[dict[str, bytes], Classifier, Calibration]:
    contents = {name: _checked(folder / name, manifest.files[name]) for name in manifest.files}
    try:
        calibration = Calibration(**json.loads(contents[NUMBERS].decode()))
        return contents, _unpacked(contents[ARRAYS]), calibration
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as fault:
        raise InvalidFile(f"{folder} holds no readable model: {fault}") from fault


def _head(content: bytes, manifest: Manifest, encoder: Encoder | None) -> SentenceHead:
    fitted = manifest.encoder
    if encoder is None or encoder.fingerprint != fitted["fingerprint"]:
        now = "none is set" if encoder is None else f"now {encoder.name!r} is set or it was changed"
        raise IncompatibleSnapshot(
            f"model {manifest.id} was fitted with the sentence model {fitted['name']!r}, {now};"
            " set that one again, or `sfkg train` fits anew"
        )
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        weights = arrays["weights"]
        if weights.shape[0] != encoder.dimension:
            raise IncompatibleSnapshot(
                f"model {manifest.id} takes vectors of {weights.shape[0]} numbers,"
                f" {encoder.name!r} gives {encoder.dimension}"
            )
        return SentenceHead(encoder, weights, arrays["bias"], float(arrays["share"]))


def _packed_head(head: SentenceHead) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, weights=head.weights, bias=head.bias, share=np.float64(head.share))
    return buffer.getvalue()


def _of_encoder(head: SentenceHead) -> dict[str, Any]:
    encoder = head.encoder
    return {
        "name": encoder.name,
        "fingerprint": encoder.fingerprint,
        "dimension": encoder.dimension,
        "share": head.share,
    }


def _packed(classifier: Classifier) -> bytes:
    weights, weight_scales = _quantised(classifier.weights)
    directions, direction_scales = _quantised(classifier.directions)
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        scenes=_as_bytes(classifier.scenes),
        vocabulary=_as_bytes(tuple(classifier.vectoriser.vocabulary)),
        rarity=classifier.vectoriser.rarity,
        weights=weights,
        weight_scales=weight_scales,
        bias=classifier.bias,
        directions=directions,
        direction_scales=direction_scales,
    )
    return buffer.getvalue()


def _unpacked(content: bytes) -> Classifier:
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        names = _as_names(arrays["vocabulary"])
        return Classifier(
            scenes=_as_names(arrays["scenes"]),
            vectoriser=Vectoriser(
                {name: place for place, name in enumerate(names)}, arrays["rarity"]
            ),
            weights=_restored(arrays["weights"], arrays["weight_scales"]),
            bias=arrays["bias"],
            directions=_restored(arrays["directions"], arrays["direction_scales"]),
        )


def _quantised(values: Floats) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Return one byte per value and one scale per row: a rare feature keeps its own precision."""
    widest = np.abs(values).max(axis=1, initial=0.0)
    scales = (widest / LEVELS).astype(np.float16)
    divisors = np.where(scales > 0, scales.astype(np.float32), 1.0)
    steps = np.clip(np.rint(values / divisors[:, None]), -LEVELS, LEVELS)
    return steps.astype(np.int8), scales


def _restored(steps: NDArray[np.int8], scales: NDArray[np.float16]) -> Floats:
    restored: Floats = steps.astype(np.float32) * scales.astype(np.float32)[:, None]
    return restored


def _as_bytes(names: tuple[str, ...]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def _as_names(content: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(content.tobytes().decode().split("\n"))


def _json(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _model_id(files: Mapping[str, str], encoder: Mapping[str, Any]) -> str:
    listing = "\n".join(f"{name} {files[name]}" for name in sorted(files))
    if encoder:
        listing += f"\n{encoder['fingerprint']}"
    return hashlib.sha256(listing.encode()).hexdigest()[:16]


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)


def _checked(path: Path, expected: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise InvalidFile(f"{path} cannot be read: {fault.strerror}") from fault
    if hashlib.sha256(content).hexdigest() != expected:
        raise IncompatibleSnapshot(f"{path} is not the file its manifest names: the hash differs")
    return content

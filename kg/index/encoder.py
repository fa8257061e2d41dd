"""Encoders: what turns texts into unit vectors, built in or any sentence-transformers model."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from kg.match.matcher import Matcher, read_model_id
from ontology.errors import MissingPart

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
# Weights of the two halves of the built-in vector. Posteriors of scenes find the same scene at
# rank one more often than words do (0.68 against 0.50 on real cases), so they lead.
POSTERIOR_WEIGHT, LATENT_WEIGHT = 0.8, 0.6
# The parts that a sentence model may be made of; True where a part has weights. Any other class
# may import what its configuration names: sentence-transformers before 6 runs a Python file that
# lies in the model's folder without asking.
PARTS = {"Transformer": True, "StaticEmbedding": True, "Dense": True, "LayerNorm": True,
         "WeightedLayerPooling": True, "Pooling": False, "Normalize": False,
         "Dropout": False}  # fmt: skip
# Read by the libraries as they are imported: no network, no bars on a command line that answers
# with a table or JSON, and no warning where a server forks.
QUIET_AND_OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1",
                     "TOKENIZERS_PARALLELISM": "false"}  # fmt: skip


class Encoder(Protocol):
    """Texts in, unit vectors out; `fingerprint` changes whenever the vectors would."""

    @property
    def name(self) -> str:
        """What to call it in a manifest."""

    @property
    def fingerprint(self) -> str:
        """Hash of everything the vectors depend on."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, float32, shape (len(texts), dimension)."""


def unit(vectors: Vectors) -> Vectors:
    """Return the rows scaled to length one; a row of zeros stays."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    norms[norms == 0] = 1.0
    return np.asarray(vectors / norms, dtype=np.float32)


class BuiltinEncoder:
    """Square roots of the scene posteriors (Hellinger) beside latent semantic coordinates."""

    name = "builtin"

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self.fingerprint = matcher.model_id
        self.dimension = self.encode(["工厂"]).shape[1]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, float32, shape (len(texts), dimension)."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        posterior = unit(np.sqrt(self._matcher.posteriors(texts)).astype(np.float32))
        latent = unit(np.asarray(self._matcher.latent(texts), dtype=np.float32))
        return unit(np.hstack([POSTERIOR_WEIGHT * posterior, LATENT_WEIGHT * latent]))


class SentenceEncoder:
    """A sentence-transformers model from a folder: safetensors only, no foreign code, offline."""

    def __init__(self, folder: Path) -> None:
        _demand_plain_model(folder)
        self.name = folder.resolve().name
        self.fingerprint = folder_hash(folder)
        self._model = _load_model(folder)
        self.dimension = self.encode(["工厂"]).shape[1]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, float32, shape (len(texts), dimension)."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        found = self._model.encode(list(texts), show_progress_bar=False, convert_to_numpy=True)
        return unit(np.asarray(found, dtype=np.float32))


def _demand_plain_model(folder: Path) -> None:
    """Raise MissingPart unless the model is made of known parts, their weights as safetensors."""
    for kind, place in _parts(folder):
        name = kind.rpartition(".")[2]
        if not kind.startswith("sentence_transformers.") or name not in PARTS:
            raise MissingPart(
                f"the model {folder} needs {kind!r}, which is none of the parts that are loaded"
                f" ({', '.join(PARTS)}); code that comes with a model is never run"
            )
        if PARTS[name] and not any(place.glob("model*.safetensors")):
            raise MissingPart(
                f"the model {folder} has no weights as .safetensors for its part {name}; pickled"
                " weights (.bin, .pt) are never loaded, save the model as safetensors"
            )


def _parts(folder: Path) -> list[tuple[str, Path]]:
    """Return class and folder of each part that modules.json names."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        listed = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        if parts := [(str(part["type"]), folder / str(part["path"])) for part in listed]:
            return parts
    raise MissingPart(
        f"{folder} is no sentence-transformers model (its modules.json is missing or damaged);"
        " set SFKG_ENCODER to a model folder or leave it empty"
    )


def _load_model(folder: Path) -> SentenceTransformer:
    for name, value in QUIET_AND_OFFLINE.items():
        os.environ.setdefault(name, value)
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise MissingPart(
            f"SFKG_ENCODER is set but sentence-transformers cannot be imported ({error});"
            " pip install 'sfkg[models]' installs it"
        ) from None
    try:
        return SentenceTransformer(
            str(folder),
            trust_remote_code=False,
            local_files_only=True,
            model_kwargs={"use_safetensors": True},
        )
    except Exception as error:  # four libraries read the files, each with errors of its own
        reason = next(iter(str(error).splitlines()), "")
        raise MissingPart(
            f"the model {folder} cannot be loaded ({type(error).__name__}: {reason})"
        ) from error


def folder_hash(folder: Path) -> str:
    """Return the SHA-256 over names and contents of all files of a model folder."""
    total = hashlib.sha256()
    try:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                with path.open("rb") as stream:
                    digest = hashlib.file_digest(stream, "sha256").hexdigest()
                total.update(f"{path.relative_to(folder).as_posix()}\0{digest}\n".encode())
    except OSError as error:
        raise MissingPart(f"the model {folder} cannot be read: {error.strerror}") from None
    return total.hexdigest()


def encoder_fingerprint(setting: str, model: Path) -> str:
    """Return the fingerprint that `open_encoder` would give, without loading anything heavy."""
    return folder_hash(_model_folder(setting)) if setting else read_model_id(model)


def _model_folder(setting: str) -> Path:
    folder = Path(setting)
    if not folder.is_dir():
        raise MissingPart(
            f"SFKG_ENCODER names {setting!r}, which is no folder; models are never downloaded,"
            " give the folder of a sentence-transformers model"
        )
    return folder


def open_encoder(setting: str, matcher: Matcher) -> Encoder:
    """Return the encoder that the setting names: empty is the built-in one, else a folder."""
    return SentenceEncoder(_model_folder(setting)) if setting else BuiltinEncoder(matcher)

"""Encoders: what turns texts into unit vectors, built in or any sentence-transformers model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kg.match.matcher import Matcher, read_model_id
from ontology.errors import MissingPart

Vectors = NDArray[np.float32]
# Weights of the two halves of the built-in vector. Posteriors of scenes find the same scene at
# rank one more often than words do (0.68 against 0.50 on real cases), so they lead.
POSTERIOR_WEIGHT, LATENT_WEIGHT = 0.8, 0.6


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
    """A sentence-transformers model from a folder: safetensors only, no remote code, offline."""

    def __init__(self, folder: Path) -> None:
        weights = sorted(folder.glob("**/*.safetensors"))
        if not (folder / "modules.json").is_file() or not weights:
            raise MissingPart(
                f"{folder} is no sentence-transformers model (it needs modules.json and weights as"
                " .safetensors); set SFKG_ENCODER to a model folder or leave it empty"
            )
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError:
            raise MissingPart(
                "SFKG_ENCODER is set but sentence-transformers is not installed; install it with"
                " pip install 'sfkg[models]'"
            ) from None
        self.name = folder.name
        self.fingerprint = folder_hash(folder)
        self._model = SentenceTransformer(
            str(folder), local_files_only=True, model_kwargs={"use_safetensors": True}
        )
        self.dimension = int(self._model.get_sentence_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, float32, shape (len(texts), dimension)."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        found = self._model.encode(list(texts), show_progress_bar=False, convert_to_numpy=True)
        return unit(np.asarray(found, dtype=np.float32))


def folder_hash(folder: Path) -> str:
    """Return the SHA-256 over names and contents of all files of a model folder."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            total.update(f"{path.relative_to(folder).as_posix()}\0{digest}\n".encode())
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

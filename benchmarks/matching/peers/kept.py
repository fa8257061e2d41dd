"""Vectors of the texts learnt, kept from split to split with the seconds that each one took."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
# Texts in, unit vectors out, shape (texts, dimensions).
Encode = Callable[[Sequence[str]], Vectors]


class Learnt:
    """The vectors of the texts of a split; `seconds_before` are those that kept ones once took."""

    def __init__(self, texts: Sequence[str], encode: Encode, path: Path) -> None:
        vectors, seconds = _read(path)
        new = list(dict.fromkeys(text for text in texts if text not in vectors))
        self.seconds_before = sum(seconds[text] for text in texts if text in seconds)
        if new:
            begin = time.perf_counter()
            vectors.update(zip(new, encode(new), strict=True))
            seconds.update(dict.fromkeys(new, (time.perf_counter() - begin) / len(new)))
            _write(path, vectors, seconds)
        self._vectors = {text: vectors[text] for text in texts}
        self._encode = encode
        self.matrix: Vectors = np.array([self._vectors[text] for text in texts], dtype=np.float32)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of texts: those of texts learnt are at hand, others are computed."""
        new = [text for text in texts if text not in self._vectors]
        found = dict(zip(new, self._encode(new), strict=True)) if new else {}
        at_hand = [self._vectors[text] if text in self._vectors else found[text] for text in texts]
        return np.array(at_hand, dtype=np.float32)


def _read(path: Path) -> tuple[dict[str, Vectors], dict[str, float]]:
    if not path.exists():
        return {}, {}
    with np.load(path) as held:
        texts = held["texts"].tolist()
        vectors, seconds = held["vectors"], held["seconds"].tolist()
    return dict(zip(texts, vectors, strict=True)), dict(zip(texts, seconds, strict=True))


def _write(path: Path, vectors: dict[str, Vectors], seconds: dict[str, float]) -> None:
    texts = list(vectors)
    np.savez(
        path,
        texts=np.array(texts),
        vectors=np.array([vectors[text] for text in texts]),
        seconds=np.array([seconds[text] for text in texts]),
    )

"""Lexical features of the cases: character 1–3-grams in hashed buckets, weighted by rarity.

Hashing keeps the index free of a vocabulary, so that a word never seen in training, a product
name or a code counts as well; TF-IDF with logarithmic term frequency and unit rows (Salton &
Buckley 1988).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kg.text import normalise

BUCKETS = 1 << 20  # 317 cases fill 22,000; at 100,000 cases about one gram in eight shares a bucket
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio, the usual multiplicative hash
_SHIFT = np.uint64(44)  # keeps the upper 20 bits


def grams(text: str) -> NDArray[np.int64]:
    """Return the bucket of every character 1-, 2- and 3-gram of the normalised text, repeated."""
    codes = np.frombuffer(normalise(text).encode("utf-32-le", "replace"), dtype=np.uint32)
    points = codes.astype(np.uint64)
    kinds = [points]
    if len(points) > 1:
        kinds.append((points[:-1] << np.uint64(21)) | points[1:])
    if len(points) > 2:
        kinds.append((points[:-2] << np.uint64(42)) | (points[1:-1] << np.uint64(21)) | points[2:])
    with np.errstate(over="ignore"):
        return np.concatenate([(kind * _MIX) >> _SHIFT for kind in kinds]).astype(np.int64)


def counted(texts: Sequence[str]) -> sparse.csr_array:
    """Return the logarithmic gram counts, shape (texts, BUCKETS)."""
    columns: list[NDArray[np.int64]] = []
    values: list[NDArray[np.float32]] = []
    ends = [0]
    for text in texts:
        buckets, counts = np.unique(grams(text), return_counts=True)
        columns.append(buckets)
        values.append((1 + np.log(counts)).astype(np.float32))
        ends.append(ends[-1] + len(buckets))
    return sparse.csr_array(
        (
            np.concatenate(values) if values else np.zeros(0, np.float32),
            np.concatenate(columns) if columns else np.zeros(0, np.int64),
            np.asarray(ends, dtype=np.int64),
        ),
        shape=(len(texts), BUCKETS),
    )


def _unit(rows: sparse.csr_array) -> sparse.csr_array:
    norms = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1), dtype=np.float64)).ravel()
    norms[norms == 0] = 1.0
    scaled = rows.copy()
    scaled.data = (rows.data / np.repeat(norms, np.diff(rows.indptr))).astype(np.float32)
    return scaled


@dataclass(frozen=True, slots=True)
class Lexical:
    """TF-IDF weights of the indexed texts, by bucket, and the rarity of each bucket.

    `columns` has shape (n, BUCKETS): of a question only the texts that share a bucket with it are
    looked at.
    """

    columns: sparse.csc_array
    rarity: NDArray[np.float32]

    @classmethod
    def from_texts(cls, texts: Sequence[str]) -> Lexical:
        """Index these texts."""
        counts = counted(texts)
        rarity = _rarity(np.bincount(counts.indices, minlength=BUCKETS), len(texts))
        return cls(_weighted(counts, rarity).tocsc(), rarity)

    @classmethod
    def from_columns(cls, columns: sparse.csc_array) -> Lexical:
        """Return the index whose columns were stored: rarity follows from them."""
        return cls(columns, _rarity(np.diff(columns.indptr), columns.shape[0]))

    def similarity(self, text: str) -> NDArray[np.float32]:
        """Return the cosine of the text with every indexed text, in [0, 1]."""
        query = _weighted(counted([text]), self.rarity)
        found = np.zeros(self.columns.shape[0], dtype=np.float32)
        ends = self.columns.indptr
        for bucket, weight in zip(query.indices, query.data, strict=True):
            held = slice(ends[bucket], ends[bucket + 1])
            found[self.columns.indices[held]] += weight * self.columns.data[held]
        return found


def _rarity(in_texts: NDArray[np.integer], texts: int) -> NDArray[np.float32]:
    return (np.log((1 + texts) / (1 + in_texts)) + 1).astype(np.float32)


def _weighted(counts: sparse.csr_array, rarity: NDArray[np.float32]) -> sparse.csr_array:
    weighted = counts.copy()
    weighted.data = counts.data * rarity[counts.indices]
    return _unit(weighted)

"""What a sentence model adds to the scores: a linear classifier on its vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.encoder.protocol import Encoder
from kg.match.features import READ_LIMIT, Floats


@dataclass(frozen=True, slots=True)
class SentenceHead:
    """Weights of each dimension for each scene in id order and for NONE.

    `share` is what its scores are multiplied by before they are added to those of the words; it was
    fitted out of fold.
    """

    encoder: Encoder
    weights: Floats
    bias: Floats
    share: float

    def scores(self, texts: Sequence[str]) -> Floats:
        """Return what is added to the scores of the texts, of shape (len(texts), classes)."""
        vectors = self.encoder.encode([text[:READ_LIMIT] for text in texts])
        return self.scores_of(vectors)

    def scores_of(self, vectors: Floats) -> Floats:
        """Return what is added to the scores of texts with these vectors."""
        found: Floats = (vectors @ self.weights + self.bias) * self.share
        return found

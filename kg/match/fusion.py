"""How much a sentence model may say beside the words: its share, fitted out of fold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.encoder.protocol import Encoder
from kg.match.calibration import held_out_loss
from kg.match.corpus import Example
from kg.match.features import READ_LIMIT, Floats
from kg.match.fit import FitOptions, fit_head
from kg.match.folds import FOLDS, OutOfFold, Progress, out_of_fold, unheard
from kg.match.head import SentenceHead

# Shares tried, 0 among them: a model that adds nothing is given nothing to say.
SHARES = tuple(round(0.1 * step, 1) for step in range(16))


@dataclass(frozen=True, slots=True)
class Vectorised:
    """The vectors of texts, each encoded once."""

    encoder: Encoder
    rows: dict[str, int]
    matrix: Floats

    @classmethod
    def of(cls, encoder: Encoder, texts: Sequence[str], progress: Progress = unheard) -> Vectorised:
        """Encode every different text."""
        different = list(dict.fromkeys(texts))
        progress(f"encoding {len(different)} texts with {encoder.name}")
        matrix = encoder.encode([text[:READ_LIMIT] for text in different])
        return cls(encoder, {text: row for row, text in enumerate(different)}, matrix)

    def of_texts(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of texts that were encoded."""
        return self.matrix[[self.rows[text] for text in texts]]


def fit_sentence_head(
    examples: Sequence[Example], scenes: Sequence[str], options: FitOptions, vectorised: Vectorised
) -> SentenceHead:
    """Return a head fitted to the examples, its share still 1."""
    vectors = vectorised.of_texts([example.text for example in examples])
    return SentenceHead(
        vectorised.encoder, *fit_head(examples, vectors, scenes, options), share=1.0
    )


def add_out_of_fold(
    words: OutOfFold,
    examples: Sequence[Example],
    scenes: Sequence[str],
    options: FitOptions,
    vectorised: Vectorised,
    progress: Progress = unheard,
) -> tuple[OutOfFold, float]:
    """Return the scores of words and sentence model together, and the share of the model.

    Both score each text by fits that have not seen it, the same texts held out together. The share
    with the least loss on them is taken, the smallest among equals.
    """
    scorer = _scorer_of(scenes, options, vectorised)
    heads = out_of_fold(examples, scorer, FOLDS, progress=progress)
    losses = [
        held_out_loss(words.scores + share * heads.scores, words.examples, scenes)
        for share in SHARES
    ]
    share = SHARES[int(np.argmin(losses))]
    progress(
        f"share of {vectorised.encoder.name}: {share:g}"
        f" (loss {losses[0]:.4f} without it, {min(losses):.4f} with it)"
    )
    return replace(words, scores=words.scores + np.float32(share) * heads.scores), share


def _scorer_of(
    scenes: Sequence[str], options: FitOptions, vectorised: Vectorised
) -> Callable[[Sequence[Example], Sequence[str]], Floats]:
    def score(learn: Sequence[Example], texts: Sequence[str]) -> Floats:
        head = fit_sentence_head(learn, scenes, options, vectorised)
        return head.scores_of(vectorised.of_texts(texts))

    return score

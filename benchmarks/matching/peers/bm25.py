"""bm25s over words cut by jieba: the best-scoring texts vote."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import bm25s
import jieba
from trial import Fitted, Place, Split, run
from voting import REACH, fit_votes


def fit(split: Split, place: Place) -> Fitted:
    """Index the texts learnt."""
    jieba.setLogLevel(logging.WARNING)
    index = bm25s.BM25()
    index.index([words(one.text) for one in split.learn], show_progress=False)
    reach = min(REACH, len(split.learn))

    def nearest(texts: Sequence[str]) -> list[list[tuple[int, float]]]:
        found = index.retrieve([words(text) for text in texts], k=reach, show_progress=False)
        return [
            [(place, score) for place, score in zip(places, scores, strict=True) if score > 0]
            for places, scores in zip(found.documents.tolist(), found.scores.tolist(), strict=True)
        ]

    return fit_votes(split, nearest)


def words(text: str) -> list[str]:
    """Return the words of a text, small letters, without signs and blanks."""
    return [word for word in jieba.lcut(text.lower()) if any(map(str.isalnum, word))]


if __name__ == "__main__":
    run({"bm25": fit})

"""txtai: BM25 and vectors of bge-small-zh-v1.5 in one ranking; the nearest texts vote."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from kept import Learnt, Vectors
from trial import Fitted, Place, Split, run
from txtai import Embeddings
from voting import REACH, Near, fit_votes

# txtai's own words, each Chinese character one: on held-out groups its n-grams do worse.
KEYWORDS = {"method": "bm25", "terms": True, "normalize": True}
LONGEST = 512  # tokens that the model reads


def fit(split: Split, place: Place) -> Fitted:
    """Index the texts learnt, both halves counting the same, as txtai does by default."""
    if place.model is None:
        raise SystemExit("the sentence model is missing: make model builds it")
    encoder = Embeddings(path=str(place.model), maxlength=LONGEST, gpu=False)
    texts = [one.text for one in split.learn]
    learnt = Learnt(texts, lambda new: _encoded(encoder, new), place.kept / "txtai.npz")
    # A lambda, because txtai calls any other callable to be given the function.
    index = Embeddings(
        method="external", transform=lambda new: learnt.encode(new), hybrid=True, scoring=KEYWORDS
    )
    index.index((number, text, None) for number, text in enumerate(texts))

    def nearest(texts: Sequence[str]) -> Sequence[Near]:
        return index.batchsearch(list(texts), REACH)

    return fit_votes(split, nearest, learnt.seconds_before)


def _encoded(encoder: Embeddings, texts: Sequence[str]) -> Vectors:
    return np.array(encoder.batchtransform(list(texts)), dtype=np.float32)


if __name__ == "__main__":
    run({"txtai": fit})

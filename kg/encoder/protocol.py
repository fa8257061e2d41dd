"""What every encoder promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


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

    def encode(self, texts: Sequence[str], asked: bool = False) -> Vectors:
        """Return unit vectors, float32, shape (len(texts), dimension).

        Texts that are `asked` are put behind the prompt for questions, where there is one.
        """


def unit(vectors: Vectors) -> Vectors:
    """Return the rows scaled to length one; a row of zeros stays."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    norms[norms == 0] = 1.0
    return np.asarray(vectors / norms, dtype=np.float32)

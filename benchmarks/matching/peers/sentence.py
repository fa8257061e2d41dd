"""Unit vectors of bge-small-zh-v1.5 by ONNX Runtime."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from kept import Vectors
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer
from trial import Place

LONGEST = 512  # tokens that the model reads
BATCH = 16
DIMENSION = 512


class Encoder:
    """The sentence model: the first token's vector at length one."""

    def __init__(self, place: Place) -> None:
        if place.model is None or place.weights is None:
            raise SystemExit("the sentence model is missing: make model builds it")
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = InferenceSession(
            str(place.weights), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(place.model / "tokenizer.json"))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of texts, shape (texts, 512), texts of like length together."""
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            vectors[batch] = self._first_tokens([texts[place] for place in batch])
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def _first_tokens(self, texts: Sequence[str]) -> Vectors:
        words = self._tokenizer.encode_batch(list(texts))
        ids = np.array([one.ids for one in words], dtype=np.int64)
        mask = np.array([one.attention_mask for one in words], dtype=np.int64)
        fed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        return self._session.run(None, fed)[0][:, 0]

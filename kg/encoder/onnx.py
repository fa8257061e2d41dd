"""A sentence model run by onnxruntime from the graph in its folder; needs no torch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kg.encoder.folder import GRAPH, ModelFolder, pooling
from kg.encoder.protocol import Vectors, unit
from ontology.errors import MissingPart

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

BATCH = 32  # texts of like length together: padding costs as much as text
# What is done to the vectors of the tokens here; other parts need torch.
PARTS = ("Transformer", "Pooling", "Normalize")
WAYS = ("cls", "mean")


class OnnxEncoder:
    """A model from a checked folder; its vectors are those that torch gives."""

    def __init__(self, folder: ModelFolder) -> None:
        self.name = folder.name
        self.fingerprint = folder.fingerprint
        self._prompt = folder.prompt_text
        self._way = _way(folder)
        self._session, self._tokenizer = _load(folder)
        self._inputs = {one.name for one in self._session.get_inputs()}
        self.dimension = self.encode(["工厂"]).shape[1]

    def encode(self, texts: Sequence[str], asked: bool = False) -> Vectors:
        """Return unit vectors, float32, shape (len(texts), dimension)."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        said = [self._prompt + text for text in texts] if asked else list(texts)
        tokens = self._tokenizer.encode_batch(said)
        order = sorted(range(len(said)), key=lambda place: len(tokens[place].ids))
        rows: list[Vectors] = [np.zeros(0, dtype=np.float32)] * len(said)
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            found = self._pooled([tokens[place] for place in batch])
            for place, row in zip(batch, found, strict=True):
                rows[place] = row
        return unit(np.vstack(rows))

    def _pooled(self, tokens: Sequence[Encoding]) -> Vectors:
        """Return one vector per text of a batch."""
        longest = max(len(one.ids) for one in tokens)
        ids, mask = (np.zeros((len(tokens), longest), dtype=np.int64) for _ in range(2))
        for row, one in enumerate(tokens):
            ids[row, : len(one.ids)] = one.ids
            mask[row, : len(one.ids)] = 1
        fed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(None, {name: fed[name] for name in self._inputs})[0]
        if self._way == "cls":
            return np.asarray(states[:, 0], dtype=np.float32)
        weights = mask[:, :, None].astype(np.float32)
        return np.asarray((states * weights).sum(axis=1) / weights.sum(axis=1), dtype=np.float32)


def _way(folder: ModelFolder) -> str:
    """Return how vectors are pooled, or raise MissingPart where that takes torch."""
    other = [kind for kind, _ in folder.parts if kind.rpartition(".")[2] not in PARTS]
    ways = [pooling(path) for kind, path in folder.parts if kind.endswith(".Pooling")]
    if other or len(ways) != 1 or ways[0] not in WAYS:
        raise MissingPart(
            f"the model {folder.path} needs {', '.join([*other, *ways]) or 'no pooling'}, which its"
            " ONNX graph does not hold; SFKG_ENCODER_RUNTIME=torch runs it"
        )
    return ways[0]


def _load(folder: ModelFolder) -> tuple[InferenceSession, Tokenizer]:
    try:
        from onnxruntime import InferenceSession
        from tokenizers import Tokenizer
    except ImportError as error:
        raise MissingPart(
            f"SFKG_ENCODER is set but onnxruntime cannot be imported ({error});"
            " pip install 'sfkg[onnx]' installs it"
        ) from None
    try:
        session = InferenceSession(str(folder.path / GRAPH), providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(folder.path / "tokenizer.json"))
    except Exception as error:  # both are written in other languages and raise what they like
        reason = next(iter(str(error).splitlines()), "")
        raise MissingPart(
            f"the model {folder.path} cannot be loaded ({type(error).__name__}: {reason})"
        ) from error
    tokenizer.enable_truncation(folder.length)
    tokenizer.no_padding()
    return session, tokenizer

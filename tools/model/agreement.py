"""How far the vectors of a model folder are from what its source computes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kg.encoder.choice import EncoderChoice
from kg.encoder.open import open_sentence_model
from kg.encoder.protocol import Vectors, unit

# Short and long, Chinese, Latin, digits, full width, accents, a character outside the vocabulary.
SENTENCES = (
    "工厂",
    "多品种小批量，换型太慢，停线时间长",
    "AGV与MES、WMS集成，实现物料自动配送",
    "用机器视觉在线检测手机中框外观缺陷，检出率９９．５％",
    "Predictive maintenance of spindles, 3 months after the naïve schedule",
    "齿轮磨削烧伤在线判读；协作机器人浇口打磨。𠮷",
    "能耗数据采集、分析与优化调度。" * 60,
)


def largest_difference(folder: Path, onnx_weights: Path) -> float:
    """Return the largest difference in any coordinate over the sample sentences."""
    ours = open_sentence_model(EncoderChoice(str(folder), runtime="torch")).encode(SENTENCES)
    source = _source_vectors(onnx_weights, folder / "tokenizer.json", SENTENCES)
    return float(np.abs(ours - source).max())


def _source_vectors(weights: Path, tokenizer: Path, texts: Sequence[str]) -> Vectors:
    """Run the exported graph on each text alone and take the vector of the first token."""
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    session = InferenceSession(str(weights), providers=["CPUExecutionProvider"])
    words = Tokenizer.from_file(str(tokenizer))
    words.enable_truncation(512)
    rows = []
    for text in texts:
        tokens = np.asarray([words.encode(text).ids], dtype=np.int64)
        fed = {"input_ids": tokens, "attention_mask": np.ones_like(tokens),
               "token_type_ids": np.zeros_like(tokens)}  # fmt: skip
        (states,) = session.run(None, fed)
        rows.append(states[0, 0])
    return unit(np.asarray(rows, dtype=np.float32))

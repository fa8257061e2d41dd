"""Tiny sentence models with random weights: one that onnxruntime runs, one that torch runs."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from kg.encoder.protocol import Vectors
from tests.world import world

WIDTH = 32
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
PROMPT = "为这个句子找相关的："


def words() -> list[str]:
    """Return the vocabulary: the characters of the tiny world."""
    return [*SPECIAL, *sorted(set(repr(world()).lower()))]


def character_tokenizer() -> str:
    """Return the tokenizer.json of a BERT tokenizer with these words."""
    tokenizers = pytest.importorskip("tokenizers")
    rows = {word: row for row, word in enumerate(words())}
    made = tokenizers.Tokenizer(tokenizers.models.WordPiece(vocab=rows))
    made.normalizer = tokenizers.normalizers.BertNormalizer()
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    made.post_processor = tokenizers.processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    made.add_special_tokens(list(SPECIAL))
    return str(made.to_str())


def embeddings(width: int = WIDTH) -> Vectors:
    """Return the vectors of the tokens of the tiny ONNX model."""
    drawn = np.random.default_rng(7).normal(size=(len(words()), width))
    return drawn.astype(np.float32)


def write_onnx_model(folder: Path, width: int = WIDTH, pooling: str = "mean") -> Path:
    """Write a model whose graph looks each token up; its vectors are the means over the tokens."""
    onnx = pytest.importorskip("onnx")
    helper, kind = onnx.helper, onnx.TensorProto
    table = onnx.numpy_helper.from_array(embeddings(width), "table")
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["states"])],
        "tiny",
        [helper.make_tensor_value_info("input_ids", kind.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info("states", kind.FLOAT, ["texts", "tokens", width])],
        [table],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    (folder / "onnx").mkdir(parents=True)
    (folder / "1_Pooling").mkdir()
    onnx.save(model, folder / "onnx" / "model.onnx")
    (folder / "tokenizer.json").write_text(character_tokenizer(), encoding="utf-8")
    parts = [("Transformer", ""), ("Pooling", "1_Pooling")]
    listed = [
        {"idx": place, "name": str(place), "path": path,
         "type": f"sentence_transformers.models.{name}"}
        for place, (name, path) in enumerate(parts)
    ]  # fmt: skip
    _write(folder / "modules.json", listed)
    _write(folder / "sentence_bert_config.json", {"max_seq_length": 64})
    _write(folder / "config_sentence_transformers.json", {"prompts": {"query": PROMPT}})
    _write(folder / "1_Pooling" / "config.json", {f"pooling_mode_{pooling}_tokens": True})
    return folder


def write_torch_model(folder: Path) -> Path:
    """Write a model of two layers as sentence-transformers does."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    from tools.model.folder import write_model

    folder.mkdir()
    source = folder.with_name("characters.json")
    source.write_text(character_tokenizer(), encoding="utf-8")
    torch.manual_seed(7)
    config = transformers.BertConfig(
        vocab_size=len(words()), hidden_size=WIDTH, num_hidden_layers=2, num_attention_heads=8,
        intermediate_size=2 * WIDTH, max_position_embeddings=64,
    )  # fmt: skip
    state = transformers.BertModel(config, add_pooling_layer=False).state_dict()
    write_model({name: one.numpy() for name, one in state.items()}, source, folder)
    return folder


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")

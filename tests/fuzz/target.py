"""One fuzz target in a process of its own: `python -m tests.fuzz.target NAME CORPUS OPTIONS…`."""

from __future__ import annotations

import logging
import sys
import warnings
from importlib import import_module

import atheris

# Libraries whose branches tell one file from another; those in C are not seen either way.
WATCHED = ["ingest", "pdfplumber", "pdfminer", "markdown_it"]


def main() -> None:
    """Hand the inputs that the fuzzer thinks of to the reader."""
    name = sys.argv.pop(1)
    logging.disable()
    warnings.simplefilter("ignore")
    with atheris.instrument_imports(include=WATCHED, enable_loader_override=False):
        import_module(f"ingest.read.{name}")
        targets = import_module("tests.fuzz.targets")
    if name == "image":
        without_recognition()
    atheris.Setup(sys.argv, targets.TARGETS[name].run)
    atheris.Fuzz()


def without_recognition() -> None:
    """Leave out recognition, which takes a second a picture and reads no file."""
    from ingest.read import recognise
    from ingest.read.page import Page
    from ingest.read.picture import Pixels, rules_of, upright

    def blank(picture: Pixels, number: int) -> Page:
        rules = tuple(rules_of(upright(picture)))
        return Page(number, picture.shape[1], picture.shape[0], (), rules)

    recognise.recognised = blank


if __name__ == "__main__":
    main()

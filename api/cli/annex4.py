"""`sfkg annex4`: recommendation tables read, checked and written anew."""

from __future__ import annotations

import csv
import io
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.options import (
    common,
    in_language,
    open_desk,
    print_json,
    read_bytes,
    settings_for,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.contacts import Contact
    from ontology.guide import Guide

FILE = click.argument("file", type=click.Path(path_type=Path))
CONTACTS = click.option(
    "--contacts",
    type=click.Path(path_type=Path),
    help="Write the contacts into this CSV file, readable by you alone.",
)
EDITION = click.option("--edition", help="Guide edition of the table, 2024 or 2025.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def annex4() -> None:
    """Read, check and write the recommendation table of annex 4."""


@annex4.command()
@FILE
@CONTACTS
@EDITION
@JSON
def read(file: Path, contacts: Path | None, edition: str | None, as_json: bool) -> None:
    """Print what the tables in FILE say: enterprises, projects, scenes by id, instances."""
    from api.annex4_answers import read_annex4
    from api.cli.tell_annex4 import tell_tables

    check = read_annex4(file.name, read_bytes(file), _guide(), edition)
    _write_contacts(contacts, check.contacts)
    if as_json:
        print_json({"file": check.file, "tables": check.tables})
    else:
        tell_tables(check.tables)


@annex4.command()
@FILE
@CONTACTS
@common
def check(
    file: Path, contacts: Path | None, store: str | None, edition: str | None, as_json: bool
) -> None:
    """Print what is wrong with the tables in FILE, each finding with its place.

    Ends with 0 where there is no error, with 1 where there is one, with 2 where FILE cannot be
    read. Warnings and notices are no errors.
    """
    from api.annex4_answers import check_annex4
    from api.cli.tell_annex4 import tell_check
    from ingest.read.limits import CHECKED

    with open_desk(settings_for(store)) as desk:
        data, show = read_bytes(file), contacts is not None
        answer = check_annex4(desk, file.name, data, edition, show, CHECKED)
    if contacts is not None and answer.contacts is not None:
        _write_rows(contacts, [(c.kind, str(c.place), c.text) for c in answer.contacts])
    if as_json:
        print_json(replace(answer, contacts=None))
    else:
        tell_check(in_language(answer))
    if answer.errors:
        raise SystemExit(1)


@annex4.command()
@FILE
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="The file to write, .docx or .xlsx; it must not exist yet.",
)
@click.option("--provisional", is_flag=True, help="Put in names too that no source attests.")
@click.option("--with-contacts", is_flag=True, help="Fill the columns of contacts too.")
@EDITION
@JSON
def write(
    file: Path,
    output: Path,
    provisional: bool,
    with_contacts: bool,
    edition: str | None,
    as_json: bool,
) -> None:
    """Write the tables in FILE anew in the notice's layout, put right where that is sure.

    Names give way to attested names only. What was changed is printed.
    """
    from api.annex4_answers import read_annex4, write_annex4
    from api.cli.tell_annex4 import tell_corrections

    check = read_annex4(file.name, read_bytes(file), _guide(), edition)
    written = write_annex4(check, _guide(), output.name, provisional, with_contacts)
    _write_new(output, written.data)
    if as_json:
        print_json({"file": str(output), "corrections": written.corrections})
    else:
        tell_corrections(str(output), written.corrections)


def _guide() -> Guide:
    """Return the guide of 2024, its imported text where there is one."""
    from ontology.guide import load_guide

    return load_guide("2024", settings_for().guides)


def _write_contacts(path: Path | None, contacts: Sequence[Contact]) -> None:
    if path is not None:
        _write_rows(path, [(c.kind, str(c.place), c.text.reveal()) for c in contacts])


def _write_rows(path: Path, rows: Sequence[tuple[str, str, str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("kind", "place", "contact"), *rows])
    _write_new(path, text.getvalue().encode("utf-8-sig"))


def _write_new(path: Path, data: bytes) -> None:
    """Write a new file that nobody else can read; raise InvalidValue where there is one."""
    from ontology.errors import InvalidValue

    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        raise InvalidValue("file", path, f"cannot be written: {fault.strerror}") from None
    with os.fdopen(opened, "wb") as file:
        file.write(data)

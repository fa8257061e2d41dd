"""`sfkg import`: public lists, recommendation tables and tables of one's own into the graph."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.options import in_language, on_store, print_json, settings_for
from api.cli.publish import publish_graph
from ontology.errors import SmartFactoryError, StoreUnavailable, UnreadableFile

if TYPE_CHECKING:
    from ingest.imports.changes import How
    from ingest.imports.importer import FileReport

SHOWN = 20  # things and findings of a file that are printed; --json has all
MARKS: Mapping[How, str] = {"added": "+", "changed": "~", "removed": "-"}


@dataclass(frozen=True, slots=True)
class Bad:
    """A file that could not be imported, and why."""

    file: str
    problem: str


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@on_store
@click.option("--dry-run", is_flag=True, help="Print what would change and write nothing.")
def import_files(files: tuple[Path, ...], store: str | None, as_json: bool, dry_run: bool) -> None:
    """Import FILE…: public lists, recommendation tables, tables laid out as packaged ones.

    Each file is taken wholly or not at all; the same file again changes nothing, a newer version
    changes what differs. Exits with 1 where a file could not be imported; the others are in.
    """
    from ingest.imports.importer import Importer
    from kg.store.open import open_configured

    settings = settings_for(store)
    reports: list[FileReport] = []
    bad: list[Bad] = []
    with open_configured(settings, read_only=dry_run) as opened:
        importer = Importer(opened, dry=dry_run, guides=settings.guides)
        with _progress(files, hidden=as_json) as waiting:
            for file in waiting:
                taken = _take(importer.take, file)
                if isinstance(taken, Bad):
                    bad.append(taken)
                else:
                    reports.append(taken)
        if not dry_run and any(report.changes or report.replaced for report in reports):
            publish_graph(opened, settings)
    if as_json:
        print_json({"dry_run": dry_run, "files": [asdict(one) for one in reports],
                    "not_imported": [asdict(one) for one in bad]})  # fmt: skip
    else:
        _tell(in_language(reports), bad, dry_run)
    if bad:
        click.get_current_context().exit(1)


def _progress(files: tuple[Path, ...], *, hidden: bool) -> AbstractContextManager[Iterable[Path]]:
    if hidden or len(files) < 2:
        return nullcontext(files)
    return click.progressbar(files, label="importing", file=sys.stderr, show_pos=True)


def _take(take: Callable[[str, bytes], FileReport], file: Path) -> FileReport | Bad:
    """Import one file; a store that is away stops the others too, a bad file does not."""
    try:
        return take(file.name, read_file(file))
    except StoreUnavailable:
        raise
    except SmartFactoryError as error:
        return Bad(str(file), str(error))


def read_file(file: Path) -> bytes:
    """Return the content of a file, or raise UnreadableFile."""
    from ingest.read.limits import LIMITS

    try:
        if file.stat().st_size > LIMITS.raw_bytes:
            raise UnreadableFile(file.name, f"is larger than {LIMITS.raw_bytes} bytes")
        return file.read_bytes()
    except OSError as fault:
        raise UnreadableFile(file.name, f"cannot be read: {fault.strerror}") from None


def _tell(reports: list[FileReport], bad: list[Bad], dry_run: bool) -> None:
    for report in reports:
        _tell_file(report)
    if dry_run:
        click.echo("dry run: nothing was written")
    for one in bad:
        click.echo(f"not imported: {one.problem}", err=True)


def _tell_file(report: FileReport) -> None:
    instead = f" ({report.instead})" if report.instead else ""
    click.echo(f"{report.file}: {report.outcome}{instead}")
    if not report.source:
        return
    changes = report.changes
    click.echo(f"  {report.source} · {report.title} · {report.rows} rows")
    for replaced in report.replaced:
        click.echo(f"  takes the place of {replaced}")
    if changes:
        things = ", ".join(f"{changes.count(how)} {how}" for how in MARKS)
        click.echo(
            f"  things: {things} · records: +{changes.records_added} -{changes.records_removed}"
        )
    lines = [
        f"  {MARKS[one.how]} {one.label} {one.id} {one.name}"
        + (f" ({', '.join(one.differing)})" if one.differing else "")
        for one in changes.things
    ]
    lines_of_findings = [
        f"  {one.severity} {one.code} · {one.place}: {one.message}"
        + (f" [{one.found}]" if one.found else "")
        + (f" → {one.proposal}" if one.proposal else "")
        for one in report.findings
    ]
    _tell_some(lines, "things")
    _tell_some(lines_of_findings, "findings")


def _tell_some(lines: list[str], what: str) -> None:
    for line in lines[:SHOWN]:
        click.echo(line)
    if len(lines) > SHOWN:
        click.echo(f"  … {len(lines) - SHOWN} more {what}; --json has all")

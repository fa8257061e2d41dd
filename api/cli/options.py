"""Options that commands share, and how their results are printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from os import cpu_count
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pathlib import Path

    from api.desk import Desk
    from kg.encoder.protocol import Encoder
    from kg.index.snapshot import IndexPlan
    from kg.match.train import Work
    from kg.settings import Settings
    from kg.store.protocol import GraphRead

Command = TypeVar("Command", bound=Callable[..., Any])
Answer = TypeVar("Answer")
MOST_JOBS = 4  # a fit takes 1.5 GB
jobs_option = click.option(
    "--jobs", type=click.IntRange(1), default=min(cpu_count() or 1, MOST_JOBS), show_default=True,
    help="Processes that fit side by side; the result is the same.",
)  # fmt: skip


def on_store(command: Command) -> Command:
    """Add --store and --json."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
        click.option("--store", metavar="URL", help="Store; default a file in the data folder."),
    ):
        command = option(command)
    return command


def common(command: Command) -> Command:
    """Add --store, --edition and --json."""
    edition = click.option("--edition", help="Guide edition, 2024 (default) or 2025.")
    return on_store(edition(command))


def settings_for(store: str | None = None, edition: str | None = None, **more: object) -> Settings:
    """Return the settings of the environment with the command's options on top."""
    from api.answers import check_edition
    from kg.settings import read_settings

    settings = read_settings(store=store, edition=edition, **more)
    check_edition(settings.edition)
    return settings


def model_folder(settings: Settings) -> Path:
    """Return the folder of the fitted matcher: one trained here, else the packaged one."""
    from kg.match import packaged_model

    own = settings.data / "model"
    return own if (own / "manifest.json").is_file() else packaged_model()


def index_plan(settings: Settings) -> IndexPlan:
    """Return where snapshots lie and what they are made with."""
    from kg.index.snapshot import IndexPlan

    folder = model_folder(settings)
    choice = settings.encoder_choice
    return IndexPlan(settings.snapshots, folder, choice, settings.words, settings.guides)


def sentence_model(settings: Settings) -> Encoder | None:
    """Return the sentence model of the settings, opened, where one is set."""
    from kg.encoder.open import open_sentence_model

    return open_sentence_model(settings.encoder_choice) if settings.encoder else None


def work_for(settings: Settings, jobs: int) -> Work:
    """Return how fits are gone about, the sentence model of the settings included."""
    from kg.match.train import Work

    return Work(jobs, tell, sentence_model(settings))


@contextmanager
def open_desk(settings: Settings) -> Iterator[Desk]:
    """Open store and snapshot for reading, ready to answer; while the store is away, its copy."""
    from api.desk import Desk
    from kg.index.holder import SnapshotHolder

    with _open_graph(settings) as (graph, degraded):
        holder = SnapshotHolder(graph, index_plan(settings))
        holder.refresh()
        yield Desk(graph, holder, settings.edition, degraded=degraded)


@contextmanager
def _open_graph(settings: Settings) -> Iterator[tuple[GraphRead, bool]]:
    """Open the store, or, where it is away and was copied, the copy; say which."""
    from kg.store.open import configured_replica, open_configured
    from ontology.errors import StoreUnavailable

    try:
        store = open_configured(settings, read_only=True)
    except StoreUnavailable:
        replica = configured_replica(settings)
        copy = replica.opened() if replica else None
        if replica is None or copy is None:
            raise
        with closing(replica):
            yield copy, True
    else:
        with store:
            yield store, False


LARGEST_FILE = 1_000_000  # bytes, as over HTTP


def read_text(file: Path) -> str:
    """Return a small UTF-8 file; raise InvalidFile where it is none."""
    from ontology.errors import InvalidFile

    try:
        if file.stat().st_size > LARGEST_FILE:
            raise InvalidFile(f"{file} is larger than {LARGEST_FILE} bytes")
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidFile(f"{file} is no UTF-8 text") from None
    except OSError as fault:
        raise InvalidFile(f"{file} cannot be read: {fault.strerror}") from None


def read_bytes(file: Path) -> bytes:
    """Return what a document holds; raise UnreadableFile where it is none or too large."""
    from ingest.read.limits import LIMITS
    from ontology.errors import UnreadableFile

    try:
        LIMITS.check("raw_bytes", file.stat().st_size, file.name)
        return file.read_bytes()
    except OSError as fault:
        raise UnreadableFile(str(file), f"cannot be opened: {fault.strerror}") from None


def in_language(answer: Answer) -> Answer:
    """Return an answer with our sentences in the language that `sfkg --lang` asks for."""
    from api.spoken import spoken

    return spoken(answer, click.get_current_context().find_root().obj or "zh")


def print_json(value: object) -> None:
    """Print an answer as JSON."""
    from api.plain import plain

    click.echo(json.dumps(plain(in_language(value)), ensure_ascii=False, indent=2))


def tell(said: str) -> None:
    """Say what a long command is doing, apart from its answer."""
    click.echo(said, err=True)

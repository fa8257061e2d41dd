"""Importing: one file after the other into a store, each wholly or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from ingest.document import Document, Finding
from ingest.imports.changes import Changes, changes_of
from ingest.imports.draft import Draft, FileKind
from ingest.imports.listed import draft_listing
from ingest.imports.recommended import draft_recommendations, is_recommendation
from ingest.imports.tabled import draft_table, layout_of
from ingest.lists.proposals import Registered
from ingest.lists.reading import is_listing
from ingest.load import is_loaded, load_with_account, state_of
from ingest.packaged.library import Library
from ingest.read.reader import read_document
from kg.store.paging import pages_of
from kg.store.protocol import GraphStore
from ontology.errors import UnreadableFile
from ontology.schema import schema

PAGE = 1000
KNOWN_KINDS = (
    "a public list, a recommendation table (annex 4) nor a table laid out as a packaged one"
)


class Outcome(StrEnum):
    """What came of a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SUPERSEDED = "superseded"  # the graph holds a later stage of the same list
    EMPTY = "empty"  # it names nobody: a notice whose list is elsewhere
    REPEATED = "repeated"  # a file of this import has the same content


@dataclass(frozen=True, slots=True)
class FileReport:
    """What came of one file: its source, what changed, what was odd."""

    file: str
    outcome: Outcome
    kind: FileKind | None = None
    source: str = ""
    title: str = ""
    rows: int = 0
    changes: Changes = field(default_factory=Changes)
    findings: tuple[Finding, ...] = ()
    replaced: tuple[str, ...] = ()  # sources that it took the place of
    instead: str = ""  # the later stage in the graph, or the file with the same content


class Importer:
    """Imports files into a store; `dry` tells what would change and writes nothing."""

    def __init__(self, store: GraphStore, *, dry: bool = False, guides: Path | None = None) -> None:
        self._store = store
        self._guides = guides  # of editions whose text was imported
        self._dry = dry
        self._seen: dict[str, str] = {}  # hash of content: file

    def take(self, file: str, data: bytes) -> FileReport:
        """Import a file; raise UnreadableFile or another of our errors where that cannot be.

        Nothing of a file that raised is in the store.
        """
        digest = hashlib.sha256(data).hexdigest()
        if earlier := self._seen.get(digest):
            return FileReport(file, Outcome.REPEATED, instead=earlier)
        draft = self._draft(read_document(file, data))
        report = self._judge(file, draft)
        if not self._dry and report.outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED):
            self._write(draft)
        self._seen[digest] = file
        return report

    def _draft(self, document: Document) -> Draft:
        if name := layout_of(document):
            return draft_table(document, name, self._library.vocabulary)
        if is_listing(document):
            guide = self._library.vocabulary.guide_2024
            held = [state.source.id for state in self._store.sources()]
            return draft_listing(document, guide, self._registered, held)
        if is_recommendation(document):
            return draft_recommendations(document, self._library.vocabulary)
        raise UnreadableFile(document.name, f"this is neither {KNOWN_KINDS}")

    def _judge(self, file: str, draft: Draft) -> FileReport:
        """Compare a draft with the graph as it is."""
        state = state_of(self._store, draft.source.id)
        outcome, changes = self._compared(draft, held=state is not None)
        if outcome is Outcome.CHANGED and state is None and not draft.supersedes:
            outcome = Outcome.NEW
        if state and not state.complete and outcome is Outcome.UNCHANGED:
            outcome = Outcome.CHANGED  # an import that was cut off is finished now
        return FileReport(
            file,
            outcome,
            draft.kind,
            draft.source.id,
            draft.source.title,
            draft.rows,
            changes,
            draft.findings,
            draft.supersedes if outcome is Outcome.CHANGED else (),
            draft.superseded_by,
        )

    def _compared(self, draft: Draft, *, held: bool) -> tuple[Outcome, Changes]:
        if draft.superseded_by:
            return Outcome.SUPERSEDED, Changes()
        if draft.empty:
            return Outcome.EMPTY, Changes()
        replaced = [*draft.supersedes, *([draft.source.id] if held else [])]
        changes = changes_of(self._store, draft.records, replaced, schema())
        return (Outcome.CHANGED if changes else Outcome.UNCHANGED), changes

    def _write(self, draft: Draft) -> None:
        """Load the source, then delete those it takes the place of.

        In this order, so that whoever is killed between the two loses nothing; the next import of
        the list deletes them.
        """
        if not is_loaded(state_of(self._store, draft.source.id), draft.source):
            load_with_account(self._store, draft.source, draft.records)
        for source_id in draft.supersedes:
            self._store.delete(source_id)

    @cached_property
    def _library(self) -> Library:
        return Library(guides=self._guides)

    @cached_property
    def _registered(self) -> Registered:
        """The full names that the graph holds; names that an import adds come with the next."""
        return Registered(self._names())

    def _names(self) -> Iterator[str]:
        for nodes in pages_of(self._store, "Organisation", PAGE):
            yield from (node.name for node in nodes)

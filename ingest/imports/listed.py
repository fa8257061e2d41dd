"""A public list as a draft: its later stage takes the place of an earlier one."""

from __future__ import annotations

from collections.abc import Collection

from ingest.document import Document
from ingest.imports.draft import Draft, FileKind, id_of_file, under
from ingest.lists.listing import Identity, Listing, stage_of
from ingest.lists.proposals import Registered
from ingest.lists.reading import read_listing
from ingest.lists.records import map_listing
from kg.records import Source
from ontology.guide import Guide

TERMS = "Facts of a public list, imported from a file; how far the list is stands with each title."


def draft_listing(
    document: Document, guide: Guide, registered: Registered, held: Collection[str]
) -> Draft:
    """Return what a list says, and how it stands to the lists that the graph holds."""
    listing = read_listing(document, registered)
    source, records = under(_source(listing, document.name), map_listing(listing, guide))
    earlier, later = _other_stages(listing.identity, held)
    return Draft(
        FileKind.LIST,
        source,
        records,
        listing.findings,
        len(listing.entries),
        earlier,
        later,
    )


def _source(listing: Listing, file: str) -> Source:
    source_id = listing.identity.source_id or id_of_file("list", file)
    title = listing.title or file
    return Source(source_id, title, FileKind.LIST.value, listing.date, terms=TERMS)


def _other_stages(identity: Identity, held: Collection[str]) -> tuple[tuple[str, ...], str]:
    """Return the held lists of earlier stages, and one of a later stage or ""."""
    stages = {one: stage for one in held if (stage := stage_of(one, identity.family))}
    earlier = sorted(one for one, stage in stages.items() if stage.rank < identity.stage.rank)
    later = sorted(one for one, stage in stages.items() if stage.rank > identity.stage.rank)
    return tuple(earlier), later[-1] if later else ""

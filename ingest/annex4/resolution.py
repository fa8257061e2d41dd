"""What an item means: its segment, scene and instance by id, with how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.annex4.names import Nomenclature, Sense, Term
from ingest.annex4.parts import Parts


@dataclass(frozen=True, slots=True)
class Meaning:
    """A name's meaning: the thing in the table's edition or, where it is none there, in its own.

    `surety` falls from `id` and `name` over `other_edition` to `candidate` and `slip`, which are
    proposals only.
    """

    id: str
    name: str
    edition: str
    status: str
    surety: str
    repairs: tuple[str, ...] = ()

    @property
    def firm(self) -> bool:
        """Whether it is what was written and no proposal."""
        return self.surety in ("id", "name", "other_edition")


def meaning(term: Term, edition: str) -> Meaning | None:
    """Return what a term means in a table of an edition, None where nothing is called so."""
    sense = term.of(edition) or next(iter(term.senses), None)
    if sense is None:
        return None
    surety = "other_edition" if term.known and sense.edition != edition else term.how
    return Meaning(sense.id, sense.name, sense.edition, sense.status, surety, term.repairs)


def at_home(parts: Parts, edition: str) -> bool:
    """Tell whether segment and scene both are of an edition and belong together there."""
    segment, scene = parts.segment.of(edition), parts.scene.of(edition)
    return bool(segment and scene and scene.segment == segment.id)


def segment_of(sense: Sense, names: Nomenclature) -> str:
    """Return the name of the segment that holds a scene, "" where no held edition says."""
    guide = names.guide(sense.edition) if sense.edition in names.editions else names.base
    return guide.segment(sense.segment).name if sense.segment else ""

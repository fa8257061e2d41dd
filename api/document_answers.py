"""The question which scenes a whole document speaks of, and where, and its answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from api.answers import check_edition, check_text
from api.desk import Desk, going_on
from api.slots import go_on
from kg.match.document import DocumentScene, Passage, match_document
from kg.match.matcher import ScenePick

LONGEST_DOCUMENT = 200_000  # characters; 100 pages are half of it and take about five seconds


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """The scenes of a document, the surest first, with the passages that carry them.

    `passages` are in order and cover the whole text, `off_topic` the numbers of those that no scene
    fits.
    """

    edition: str
    scenes: tuple[DocumentScene, ...]
    passages: tuple[Passage, ...]
    off_topic: tuple[int, ...]
    snapshot: str
    index_lag: bool
    degraded: bool


@going_on
def match_a_document(desk: Desk, text: str, edition: str, field: str = "text") -> DocumentAnswer:
    """Return passages and scenes of a document."""
    check_edition(edition)
    cleaned = check_text(text, field, LONGEST_DOCUMENT)
    snapshot = desk.holder.current()
    found = match_document(snapshot.matcher, cleaned, edition, go_on)
    return DocumentAnswer(
        edition,
        found.scenes,
        found.passages,
        found.off_topic,
        snapshot.id,
        desk.holder.lag,
        desk.degraded,
    )


def without_accounts(answer: DocumentAnswer) -> DocumentAnswer:
    """Return a document's answer without why each scene was found, a small part of its size."""
    scenes = (replace(one, pick=_bare(one.pick)) for one in answer.scenes)
    passages = (
        replace(one, match=replace(one.match, scenes=tuple(map(_bare, one.match.scenes))))
        for one in answer.passages
    )
    return replace(answer, scenes=tuple(scenes), passages=tuple(passages))


def _bare(pick: ScenePick) -> ScenePick:
    return replace(pick, account=None, reasons=())

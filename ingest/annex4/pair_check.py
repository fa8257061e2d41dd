"""What is to be said of a segment and a scene together: of one edition, and of each other?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.annex4.names import Nomenclature
from ingest.annex4.parts import Parts
from ingest.annex4.remarks import remark
from ingest.annex4.resolution import at_home, segment_of
from ingest.document import Finding, Place, Severity
from ontology.sentence import Sentence


@dataclass(frozen=True, slots=True)
class PairCheck:
    """The check of the two names of an item against the table's edition and all others."""

    edition: str
    names: Nomenclature

    def findings(self, parts: Parts, place: Place) -> Iterator[Finding]:
        """Yield what is wrong with the scene's edition, or with the two names together."""
        scene = parts.scene
        if not scene.known or at_home(parts, self.edition):
            return
        segments = set(parts.segment.editions) if parts.segment.known else set()
        scenes = set(scene.editions) & set(self.names.editions)
        homes = [edition for edition in self.names.editions if at_home(parts, edition)]
        if homes:
            yield self._other_edition(parts, place, homes[0])
        elif (both := segments & scenes) and self.edition in scenes:
            yield self._wrong_segment(
                parts, place, self.edition if self.edition in both else min(both)
            )
        elif segments and scenes:
            own = self.edition if self.edition in segments else min(segments)
            if own in scenes:
                yield self._wrong_segment(parts, place, own)
            else:
                yield self._mixed(parts, place, own, min(scenes))
            if self.edition not in scenes:
                yield self._other_edition(parts, place, min(scenes))
                if own == self.edition:
                    yield from self._wrong_for_counterpart(parts, place)
        elif self.edition not in scenes:
            yield self._other_edition(parts, place, scene.senses[0].edition)
            yield from self._wrong_for_counterpart(parts, place)

    def _other_edition(self, parts: Parts, place: Place, edition: str) -> Finding:
        sense, held = parts.scene.of(edition) or parts.scene.senses[0], self.names.editions
        found = parts.scene.written
        if self.edition in parts.scene.editions:
            own = parts.scene.of(self.edition)
            found = f"{parts.segment.written}—{found}"
            proposal = f"{segment_of(own, self.names)}—{own.name}" if own else None
        else:
            counterparts = self.names.counterpart(sense, self.edition)
            proposal = (
                "；".join(f"{segment_of(s, self.names)}—{s.name}" for s in counterparts) or None
            )
        years = "、".join(sorted(parts.scene.editions)) if edition not in held else edition
        said = Sentence(
            f"这是{years}版的名称，本表用的是{self.edition}版",
            f"this is a name of the {years} edition; the table's is {self.edition}",
        )
        return remark("other_edition", place, said, found, proposal)

    def _wrong_segment(self, parts: Parts, place: Place, edition: str) -> Finding:
        segment, scene = parts.segment.of(edition), parts.scene.of(edition)
        sure = all(sense and sense.status == "attested" for sense in (segment, scene))
        home = segment_of(scene, self.names) if scene else ""
        return remark(
            "wrong_segment",
            place,
            Sentence(
                f"在{edition}版中，该场景属于“{home}”环节",
                f"in the {edition} edition the scene belongs to {home}",
            ),
            f"{parts.segment.written}—{parts.scene.written}",
            f"{home}—{parts.scene.written}",
            Severity.ERROR if sure else Severity.NOTICE,
        )

    def _wrong_for_counterpart(self, parts: Parts, place: Place) -> Iterator[Finding]:
        """Yield a notice where an older name's counterpart belongs to another segment."""
        segment = parts.segment.of(self.edition) if parts.segment.known else None
        counterparts = self.names.counterpart(parts.scene.senses[0], self.edition)
        if segment and counterparts and segment.id not in {s.segment for s in counterparts}:
            homes = "；".join(f"{segment_of(s, self.names)}—{s.name}" for s in counterparts)
            yield remark(
                "wrong_segment",
                place,
                Sentence(
                    f"它在{self.edition}版中的对应场景属于其他环节",
                    f"its counterpart of {self.edition} belongs elsewhere",
                ),
                f"{parts.segment.written}—{parts.scene.written}",
                homes,
                Severity.NOTICE,
            )

    def _mixed(self, parts: Parts, place: Place, segment: str, scene: str) -> Finding:
        return remark(
            "mixed_editions",
            place,
            Sentence(
                f"环节是{segment}版的名称，场景是{scene}版的名称",
                f"the segment is of the {segment} edition, the scene of the {scene} edition",
            ),
            f"{parts.segment.written}—{parts.scene.written}",
            self._own_names(parts),
        )

    def _own_names(self, parts: Parts) -> str | None:
        sense = parts.scene.of(self.edition) or parts.scene.senses[0]
        own = (
            (sense,)
            if sense.edition == self.edition
            else self.names.counterpart(sense, self.edition)
        )
        return "；".join(f"{segment_of(s, self.names)}—{s.name}" for s in own) or None

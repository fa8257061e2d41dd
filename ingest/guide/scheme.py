"""A guide of an industry or region as a scheme of its own, its mapping to ours proposed only."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ingest.guide.outline import Outline, OutlineScene
from ingest.imports.draft import under
from kg.ids import made_id
from kg.records import Link, Record, Source
from kg.scenes import PROPOSED
from kg.text import bare_name
from ontology.errors import InvalidValue
from ontology.guide import Predicate

TERMS = "Imported from a file; which scenes of the guide its scenes correspond to is proposed only."
JUSTIFICATION = "semapv:SemanticSimilarityThresholdMatching"
COLUMNS = ("subject_id", "subject_label", "subject_source_version", "predicate_id", "object_id",
           "object_label", "mapping_justification", "confidence", "comment")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Likely:
    """What the matcher says of a text: a scene of ours, its chance, and whether it is sure."""

    scene: str
    name: str
    chance: float
    sure: bool


# For each text the scene it may be, None where none fits.
Proposer = Callable[[Sequence[str]], Sequence[Likely | None]]


@dataclass(frozen=True, slots=True)
class ProposedMapping:
    """A scene of the scheme and the scene of ours that it may correspond to, None where none."""

    id: str
    scene: OutlineScene
    to: Likely | None

    @property
    def predicate(self) -> Predicate:
        """The relation that is proposed: a scene that is only a candidate is merely related."""
        return "closeMatch" if self.to and self.to.sure else "relatedMatch"


def map_scheme(outline: Outline, title: str, propose: Proposer) -> tuple[ProposedMapping, ...]:
    """Return for each scene of a scheme what it may correspond to."""
    if title.isdecimal() or not bare_name(title):
        raise InvalidValue("scheme", title, "is no name of a guide; editions go by --edition")
    texts = [f"{scene.name}。{scene.text}" for scene in outline.scenes]
    return tuple(
        ProposedMapping(made_id("scene", title, scene.segment, scene.name), scene, likely)
        for scene, likely in zip(outline.scenes, propose(texts), strict=True)
    )


def draft_scheme(
    outline: Outline, title: str, mappings: Sequence[ProposedMapping]
) -> tuple[Source, tuple[Record, ...]]:
    """Return the scheme as a source of its own with its records."""
    source = Source(made_id("scheme", title), title, "scheme", terms=TERMS)
    return under(source, _records(outline, title, mappings))


def _records(outline: Outline, title: str, mappings: Sequence[ProposedMapping]) -> Iterator[Record]:
    segments = {name: made_id("segment", title, name) for name in outline.segments}
    named = {"name_status": "attested", "edition": title}
    for order, (name, segment_id) in enumerate(segments.items(), 1):
        yield Record("", f"{title}#{name}", segment_id, "Segment",
                     {"name": name, "order": order, **named}, method="published")  # fmt: skip
    for order, mapping in enumerate(mappings, 1):
        scene = mapping.scene
        place = f"{title}#{scene.segment}/{scene.name}"
        text = {"guide_text": scene.text} if scene.text else {}
        yield Record(
            "", place, mapping.id, "Scene",
            {"name": scene.name, "order": order, **named, **text},
            (Link("IN_SEGMENT", segments[scene.segment]),), method="published",
        )  # fmt: skip
        if mapping.to:
            said = {"predicate": mapping.predicate, "confidence": mapping.to.chance,
                    "basis": PROPOSED}  # fmt: skip
            link = Link("MAPS_TO", mapping.to.scene, said)
            yield Record("", place, mapping.id, "Scene", {}, (link,), method="inferred")


def sssom(title: str, mappings: Sequence[ProposedMapping]) -> str:
    """Return the mapping as a table that mapping tools read (SSSOM), marked as proposed."""
    out = io.StringIO(newline="")
    out.write("#curie_map:\n#  scene: urn:sfkg:scene:\n")
    out.write("#comment: proposed by the matcher, checked by nobody\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in mappings:
        to = one.to
        target = (f"scene:{to.scene}", to.name) if to else ("sssom:NoTermFound", "")
        predicate = f"skos:{one.predicate}" if to else "skos:closeMatch"
        writer.writerow([f"scene:{one.id}", one.scene.name, title, predicate, *target,
                         JUSTIFICATION, to.chance if to else "", PROPOSED])  # fmt: skip
    return out.getvalue()

"""An application read whole: its parts, its claims, and what to mend before it is filed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.annex3.parts import SHORTEST_PART, Item, Part, PartText, body, item_elsewhere, parts_of
from ingest.annex3.remains import remains
from ingest.document import Document, Finding, Place, Severity
from ingest.extract.claim import Claim, Claims
from ingest.extract.claims import claims_of
from ingest.extract.nlp import sentences
from ingest.masked_document import masked_document
from ingest.outline import Fragment, outline
from ontology.conditions import Conditions
from ontology.sentence import Sentence, joined

SHORTEST_TEXT = 20  # characters that say something
_IN_PART_4 = Sentence("第 4 部分写了成效。", "Part 4 tells of effects.")
_NO_ORGANISATION = 4  # characters: a shorter name is none


@dataclass(frozen=True, slots=True)
class Application:
    """An application without its contacts.

    `applicant` is the name as printed, "" where none is found. `texts` are the parts with their
    fragments, `fragments` those of the whole document.
    """

    name: str
    applicant: str
    texts: tuple[PartText, ...]
    fragments: tuple[Fragment, ...]
    claims: Claims
    findings: tuple[Finding, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The four parts in the notice's order."""
        return tuple(one.part for one in self.texts)


def read_application(document: Document, conditions: Conditions) -> Application:
    """Return a document as an application; contacts are blanked out before anything is read."""
    safe = masked_document(document)
    found = outline(safe)
    applicant = _applicant(found.fragments)
    claims = claims_of(found.fragments, conditions, applicant)
    texts = tuple(
        _completed(text, claims, found.fragments) for text in parts_of(found, conditions.materials)
    )
    findings = (
        *safe.findings,
        *_of_parts(texts, safe.name),
        *_of_order(texts),
        *remains(found.fragments),
        *_of_other_programmes(found.fragments),
    )
    return Application(safe.name, applicant, texts, found.fragments, claims, findings)


def _applicant(fragments: Sequence[Fragment]) -> str:
    """Return the name of the applicant beside its label."""
    for fragment in fragments:
        label = fragment.path[-1].title if fragment.path else ""
        name = re.split(r"[。；;，,\s]", body(fragment).strip())[0]
        if label.endswith("名称") and label[:2] in {"企业", "单位", "申报", "公司"}:
            return name if len(name) > _NO_ORGANISATION else ""
    return ""


def _completed(text: PartText, claims: Claims, fragments: Sequence[Fragment]) -> PartText:
    """Return a part in which items count as there that running text was found to state."""
    told: dict[str, Claim | None] = {
        "建设起止时间": next(iter(claims.periods), None),
        "总投资": next(iter(claims.investments), None),
        "集成商": next(iter(claims.integrators), None),
    }
    items = []
    for item in text.part.items:
        claim = told.get(item.name)
        if item.state == "missing" and claim:
            item = Item(item.name, "present", claim.place, claim.words)
        elif item.state == "missing":
            found = _in_running_text(item.name, text.fragments)
            item = found or item_elsewhere(item, fragments) or item
        items.append(item)
    return replace(text, part=replace(text.part, items=tuple(items)))


def _in_running_text(name: str, fragments: Sequence[Fragment]) -> Item | None:
    """Return where an item stands that text without a label of its own may hold: scenes under
    headings, an overview before the first of them, a description of the project.
    """
    depth = len(fragments[0].path) if fragments else 0
    for fragment in fragments[1:]:
        under, said = len(fragment.path) > depth, body(fragment)
        fits = {
            "具体场景建设情况": under and len(said) > SHORTEST_TEXT,
            "项目总体情况": not under and len(said) > SHORTEST_TEXT,
            "项目简介": len(said) > SHORTEST_PART,
        }
        if fits.get(name):
            return Item(name, "present", fragment.place, said[:SHORTEST_PART])
    return None


def _of_parts(texts: Sequence[PartText], file: str) -> Iterator[Finding]:
    """Yield what parts and their items lack."""
    for text in texts:
        part = text.part
        if part.state == "missing":
            told = Sentence(
                f"没有找到第 {part.order} 部分“{part.name}”（{part.asked.rstrip('。')}）。",
                f"part {part.order}, “{part.name}”, was not found ({part.asked.rstrip('。')}).",
            )
            yield Finding("part_missing", Severity.ERROR, Place(file), told, "", part.name)
            continue
        place = part.begins or Place(file)
        if part.state == "nearly_empty":
            told = Sentence(
                f"“{part.heading}”只有 {part.characters} 个字，应写明：{part.asked}",
                f"“{part.heading}” has only {part.characters} characters; it asks: {part.asked}",
            )
            yield Finding("part_nearly_empty", Severity.WARNING, place, told, part.heading)
        for item in part.items:
            where = item.place or place
            if item.state == "missing":
                told = Sentence(
                    f"“{part.heading}”中没有找到“{item.name}”。",
                    f"“{item.name}” was not found in “{part.heading}”.",
                )
                severity = Severity.WARNING
                if item.name == "建设成效" and texts[-1].fragments:
                    told, severity = joined([told, _IN_PART_4]), Severity.NOTICE
                yield Finding("item_missing", severity, where, told, "", item.name)
            elif item.state == "nearly_empty":
                told = Sentence(f"“{item.name}”没有写内容。", f"“{item.name}” says nothing.")
                yield Finding("item_nearly_empty", Severity.WARNING, where, told, item.words)


def _of_order(texts: Sequence[PartText]) -> Iterator[Finding]:
    """Yield that parts stand in another order than the notice's."""
    placed = sorted((text for text in texts if text.fragments), key=lambda text: text.start)
    orders = [text.part.order for text in placed]
    if orders != sorted(orders):
        told = Sentence(
            f"各部分的次序是 {'、'.join(map(str, orders))}，与清单的次序不同。",
            f"the parts stand in the order {', '.join(map(str, orders))}, not in the checklist's.",
        )
        yield Finding("parts_in_other_order", Severity.NOTICE, placed[0].fragments[0].place, told)


def _of_other_programmes(fragments: Sequence[Fragment]) -> Iterator[Finding]:
    """Yield titles of other programmes, which are no level of this one."""
    for fragment in fragments:
        found = (sentence.of("other") for sentence in sentences(fragment.text))
        named = "、".join(dict.fromkeys(one.text for ones in found for one in ones))
        if named:
            told = Sentence(
                f"{named}：不是智能工厂梯度培育的层级，不计入层级核对。",
                f"{named} is no level of this programme and does not count in the level check.",
            )
            yield Finding("other_programme", Severity.NOTICE, fragment.place, told, named)

"""What is to be said of one item: names that are not known, parts left out or in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.annex4.example import is_example
from ingest.annex4.names import Nomenclature, Sense, Term, is_of_no_scene
from ingest.annex4.pair_check import PairCheck
from ingest.annex4.parts import Parts
from ingest.annex4.placeholders import is_fault, is_placeholder, is_unfilled
from ingest.annex4.reading import ReadItem
from ingest.annex4.remarks import DAMAGED, remark
from ingest.annex4.resolution import segment_of
from ingest.annex4.wording import damaged
from ingest.document import Finding, Place
from ontology.conditions import PrintedExample
from ontology.sentence import Sentence

_BLANK_WITHIN = re.compile(r"[\u3400-\u9fff](?: +|[、，,。.·]+ *)[\u3400-\u9fff]")
_PERSON = re.compile(r"[\u3400-\u9fff]{1,2}某某?")  # as lists hide a name
LONGEST_NAME = 80  # characters of an instance's name


@dataclass(frozen=True, slots=True)
class ItemCheck:
    """The check of items of one table: its edition, all names, the form's own example."""

    edition: str
    names: Nomenclature
    example: PrintedExample

    def findings(self, item: ReadItem) -> Iterator[Finding]:
        """Yield what is to be said of an item."""
        parts, place = item.parts, item.place
        if item.placeholder:
            if not is_fault(item.written):  # said of the cell already
                yield _placeholder(place, item.written)
            return
        if is_example(parts, self.example):
            yield remark(
                "example_left_in",
                place,
                Sentence(
                    "这是表格自带的示例，请删去",
                    "this is the printed example of the form; take it out",
                ),
                item.written,
            )
            return
        yield from self._as_written(item)
        if parts.several:
            yield self._several(parts, place)
        elif parts.bare:
            yield from self._bare(item)
        else:
            yield from self._segment(parts, place)
            yield from self._scene(parts, place)
            yield from PairCheck(self.edition, self.names).findings(parts, place)
        yield from self._instance(parts, place)
        for term in (parts.segment, parts.scene):
            if is_placeholder(term.written):
                yield _placeholder(place, term.written)

    def _as_written(self, item: ReadItem) -> Iterator[Finding]:
        parts, place = item.parts, item.place
        if damaged(item.written):
            yield remark(
                "damaged_text",
                place,
                DAMAGED,
                item.written,
            )
        if parts.role_words:
            yield remark(
                "role_words_left_in",
                place,
                Sentence(
                    "表格自带的提示词（环节名……）没有删去",
                    "the form's own words (环节名 …) were left in",
                ),
                item.written,
                self._proposed(parts),
            )
        if parts.leading:
            yield remark(
                "unknown_leading_part",
                place,
                Sentence("环节名称之前多出这一部分", "this part stands before the segment"),
                parts.leading,
                self._proposed(parts),
            )
        if parts.reversed:
            yield remark(
                "order_reversed",
                place,
                Sentence("顺序应为环节、场景、实例", "the order is segment, scene, instance"),
                item.written,
                self._proposed(parts),
            )
        if item.heading:
            yield remark(
                "heading_used",
                place,
                Sentence("环节名称取自上方的小标题", "the segment is taken from the heading above"),
                item.heading,
                self._proposed(parts),
            )

    def _bare(self, item: ReadItem) -> Iterator[Finding]:
        text = item.parts.instance
        if _PERSON.fullmatch(text):
            said = Sentence(
                "场景实例栏中写的是人名", "a person's name stands where instances are listed"
            )
            yield remark("instance_missing", item.place, said)
        elif is_of_no_scene(text):
            yield _no_scene(item.place, text)
        elif len(text) <= LONGEST_NAME:
            yield remark(
                "bare_instance",
                item.place,
                Sentence("没有写环节和场景名称", "neither segment nor scene is named here"),
                text,
            )

    def _several(self, parts: Parts, place: Place) -> Finding:
        proposals = [
            f"{segment_of(term.senses[0], self.names)}—{term.written}—{parts.instance}".rstrip("—")
            for term in parts.several
        ]
        return remark(
            "several_scenes",
            place,
            Sentence(
                "一项中写了多个场景，请每个场景各列一项",
                "one item names several scenes; file one item for each",
            ),
            parts.scene.written,
            "；".join(proposals),
        )

    def _segment(self, parts: Parts, place: Place) -> Iterator[Finding]:
        segment, scene = parts.segment, self._sense(parts.scene)
        home = segment_of(scene, self.names) if scene else None
        if segment.known:
            yield from _blank_within(segment, place)
            return
        if segment.how == "slip":
            names = dict.fromkeys(sense.name for sense in segment.senses)
            yield _misspelt(place, segment.written, "；".join(names))
            if self.edition not in segment.editions:  # 经营管理 need not be meant for 运营管理
                yield self._no_segment(segment, place, home)
        elif not segment.written:
            yield remark(
                "segment_not_known",
                place,
                Sentence("没有写环节名称", "no segment is named here"),
                "",
                home,
            )
        elif self.names.area_of(segment.written, self.names.base.edition):
            yield remark(
                "segment_not_known",
                place,
                Sentence(
                    "这是建设领域的名称，其下才是环节",
                    "this is a construction area, which holds segments",
                ),
                segment.written,
                home,
            )
        else:
            yield self._no_segment(segment, place, home)

    def _no_segment(self, segment: Term, place: Place, home: str | None) -> Finding:
        said = Sentence("所收录的各版指引中没有这个环节", "this is no segment of any edition held")
        return remark("segment_not_known", place, said, segment.written, home)

    def _scene(self, parts: Parts, place: Place) -> Iterator[Finding]:
        scene = parts.scene
        if not scene.written:
            text = parts.instance
            if text and is_of_no_scene(text):
                yield _no_scene(place, text)
            elif text and len(text) <= LONGEST_NAME:
                yield remark(
                    "bare_instance",
                    place,
                    Sentence("没有写场景名称", "no scene is named here"),
                    text,
                )
        elif scene.how == "slip":
            yield _misspelt(place, scene.written, self._proposed_names(scene.senses))
        elif scene.how == "candidate":
            yield remark(
                "name_not_attested",
                place,
                Sentence(
                    "这可能是场景名称，但没有来源可以证实",
                    "this may be the name of a scene; no source attests it",
                ),
                scene.written,
                self._proposed_names(scene.senses),
            )
        elif scene.how == "none":
            yield from self._unknown(scene.written, place)
        else:
            yield from _blank_within(scene, place)

    def _unknown(self, written: str, place: Place) -> Iterator[Finding]:
        if is_of_no_scene(written):
            yield _no_scene(place, written)
            return
        nearest = self._proposed_names(self.names.nearest(written, self.edition))
        said = Sentence("所收录的各版指引中没有这个名称", "no edition held here has this name")
        yield remark("name_not_attested", place, said, written, nearest)

    def _proposed_names(self, senses: tuple[Sense, ...]) -> str | None:
        own = [sense for sense in senses if sense.edition == self.edition] or senses
        return "；".join(dict.fromkeys(sense.name for sense in own)) or None

    def _instance(self, parts: Parts, place: Place) -> Iterator[Finding]:
        if len(parts.instance) > LONGEST_NAME:
            yield remark(
                "over_long",
                place,
                Sentence(
                    "这是一句话，请给实例起一个名称", "this is a sentence; give the instance a name"
                ),
                parts.instance,
            )
        elif not parts.instance:
            named = parts.scene.senses or parts.several or not parts.scene.written
            if named:
                yield remark(
                    "instance_missing",
                    place,
                    Sentence("没有写实例名称", "the instance's own name is missing"),
                    "—".join(t.written for t in (parts.segment, parts.scene) if t.written),
                )
        elif parts.scene.known and self._repeats(parts):
            said = Sentence(
                "实例名称处写的是指引中的名称",
                "a name of the guide stands here for the instance's own",
            )
            yield remark("instance_missing", place, said, parts.instance)
        elif is_unfilled(parts.instance) or (not parts.bare and is_placeholder(parts.instance)):
            yield _placeholder(place, parts.instance)

    def _repeats(self, parts: Parts) -> bool:
        """Tell whether a name of the guide stands where the instance's own is asked."""
        again = self.names.scene(parts.instance)
        if not again.known or "brackets" in again.repairs:
            return self.names.is_segment(parts.instance)
        return (
            bool({*again.editions} & {*self.names.editions}) or again.senses == parts.scene.senses
        )

    def _sense(self, term: Term) -> Sense | None:
        return term.of(self.edition) or next(iter(term.senses), None)

    def _proposed(self, parts: Parts) -> str:
        """Return the item in the form's order, known names without what stood around them."""
        said = (_named(parts.segment), _named(parts.scene), parts.instance)
        return "—".join(part for part in said if part)


def _blank_within(term: Term, place: Place) -> Iterator[Finding]:
    if _BLANK_WITHIN.search(term.written):
        yield _misspelt(place, term.written, term.senses[0].name)


def _named(term: Term) -> str:
    return term.senses[0].name if term.known else term.written


def _placeholder(place: Place, found: str) -> Finding:
    return remark(
        "placeholder",
        place,
        Sentence("这里只是占位，请写实际内容", "this stands for content; write the content itself"),
        found,
    )


def _misspelt(place: Place, found: str, proposal: str | None) -> Finding:
    return remark(
        "misspelt_name",
        place,
        Sentence("与已知名称只差一处，疑为笔误", "this is one slip away from a known name"),
        found,
        proposal,
    )


def _no_scene(place: Place, found: str) -> Finding:
    return remark(
        "no_scene",
        place,
        Sentence(
            "这属于行政办公事务，指引中没有对应的典型场景",
            "this is office work that the guide has no scene for",
        ),
        found,
    )

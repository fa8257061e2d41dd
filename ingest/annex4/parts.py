"""One item taken apart: segment, scene and instance, cut at most twice where names are known."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.annex4.brackets import instance_in_brackets, turned, unbracketed
from ingest.annex4.look_alike import with_dashes
from ingest.annex4.names import NOTHING, Nomenclature, Term
from ingest.annex4.separators import Cut, cuts, strong_cuts
from ingest.annex4.several import are_segments, second_scene
from ingest.annex4.spelling import without_role_words
from ingest.annex4.unknown_segment import LONGEST_PART, LONGEST_SEGMENT, UNSURE, scene_between

LONGEST_SCENES = 120  # of several scenes in one item
LONGEST_ITEM = 300  # beyond, nothing but a segment in front is looked for
_SEGMENT_ENDS = (
    "管理",
    "管控",
    "设计",
    "作业",
    "物流",
    "配送",
    "研发",
    "服务",
    "创新",
    "调度",
    "建设",
    "售后",
)
_ENDS_CHINESE = re.compile(r"(?:[\u3400-\u9fff]{2}|[)）\]】”\"])\Z")
_LEADING = re.compile(r"[(（\[【]\s*([^()（）\[\]【】]{2,})\s*[)）\]】]")
_QUOTED = re.compile(r"[“\"‘「『]([^“”\"‘’「」『』]+)[”\"’」』]")
_EDGES = " \t:：,，、;；。.—–-－~～/／|·>＞→="
# The line of a form under or behind what was written on it: 质量管控___—在线智能检测___.
_UNDERLINE = re.compile(
    r"(?<=[^\s\-—–_＿])[_＿]{2,}(?=\s*(?:[-—–]|\Z))|(?:\A|(?<=[-—–]))[_＿]{2,}(?=[^\s\-—–_＿])"
)
_EXAMPLE = re.compile(r"\A[（(]?\s*(?:示例|例如|例|样例)\s*[:：]\s*")
_LIST_MARKS = "、，,；; "
_JOINING = "、+,，/／&＆"
_TRAILING = " \t,，、;；。.—–:：/／|="


@dataclass(frozen=True, slots=True)
class Parts:
    """What an item says: names as terms, the instance in its own words.

    `reversed` says that the parts stood in another order, `role_words` that words of the form were
    left in, `several` are the scenes where more than one is named.
    """

    segment: Term = NOTHING
    scene: Term = NOTHING
    instance: str = ""
    leading: str = ""
    reversed: bool = False
    role_words: bool = False
    several: tuple[Term, ...] = ()

    @property
    def bare(self) -> bool:
        """Whether neither segment nor scene is named."""
        return not self.segment.written and not self.scene.written


def take_apart(text: str, names: Nomenclature) -> Parts:
    """Return the parts of an item."""
    bare = _EXAMPLE.sub("", _UNDERLINE.sub("", text))
    stripped = without_role_words(bare)
    parts = _Splitter(names).split(with_dashes(unbracketed(stripped, names).strip(_EDGES), names))
    return replace(parts, role_words=True) if stripped != bare else parts


class _Splitter:
    """The search for the cuts of one item."""

    def __init__(self, names: Nomenclature) -> None:
        self._names = names

    def split(self, text: str) -> Parts:
        if len(text) > LONGEST_ITEM:
            return self._from_segment(text) or Parts(instance=_trimmed(text))
        return (
            self._turned(text)
            or self._from_segment(text)
            or self._behind_leading(text)
            or self._from_scene(text)
            or self._in_other_order(text)
            or self._from_slip(text)
            or self._around_scene(text)
            or self._by_strong_cuts(text)
        )

    def _turned(self, text: str) -> Parts | None:
        """Take an item whose segment or scene stands in a bracket behind what it should lead."""
        if (found := turned(text, self._names)) is None:
            return None
        segment, scene, instance = found
        term = self._names.segment(segment) if segment else NOTHING
        return Parts(term, self._names.scene(scene), instance, reversed=True)

    def _from_segment(self, text: str) -> Parts | None:
        """Cut behind the first separator whose left side is a segment as it stands."""
        if self._names.is_segment(text):
            return Parts(segment=self._names.segment(text))
        for cut in cuts(text):
            left = text[: cut.start]
            if len(left) > 2 * LONGEST_PART:
                return None
            if are_segments(left, self._names):
                parts = self._with_scene(Parts(segment=Term(left)), _behind(text, cut), cut)
                if parts.scene.known or parts.several:
                    return parts
            if self._names.is_segment(left):
                rest = _behind(text, cut)
                return (
                    self._joined_segments(text, rest, cut)
                    or self._under_area(left, rest)
                    or self._with_scene(self._led_by_bracket(left), rest, cut)
                )
        return None

    def _led_by_bracket(self, left: str) -> Parts:
        """Return the segment, and apart from it what stands in a bracket before it: （二期）."""
        segment = self._names.segment(_trimmed(left))
        bracket = _LEADING.match(segment.written)
        return Parts(segment=segment, leading=bracket[1] if bracket else "")

    def _joined_segments(self, text: str, rest: str, first: Cut) -> Parts | None:
        """Take two segments before one scene as written together: which is meant nobody says."""
        if first.mark not in _JOINING:
            return None
        for cut in cuts(rest):
            if self._names.is_segment(rest[: cut.start]):
                both = Parts(segment=Term(text[: text.index(rest) + cut.start]))
                parts = self._with_scene(both, _behind(rest, cut), cut)
                return parts if parts.scene.known or parts.several else None
        return None

    def _under_area(self, left: str, rest: str) -> Parts | None:
        """Take a segment behind a construction area that another edition has as a segment."""
        if not any(self._names.area_of(left, edition) for edition in self._names.editions):
            return None
        parts = self._from_segment(rest)
        if parts and parts.scene.known and parts.instance:
            return replace(parts, leading=_trimmed(left))
        return None

    def _with_scene(self, parts: Parts, rest: str, first: Cut) -> Parts:
        """Cut the scene off what stands behind the segment."""
        if not rest:
            return parts
        known = [
            cut for cut in cuts(rest[:LONGEST_SCENES])
            if self._names.is_scene(rest[: cut.start]) or self._names.several(rest[: cut.start])
        ]  # fmt: skip
        if self._names.is_scene(rest) or self._names.several(rest):
            name, instance = instance_in_brackets(rest)
            return self._named(parts, name, instance)
        if known:
            cut = known[-1]  # the longest name: names hold marks themselves
            return self._named(parts, rest[: cut.start], _behind(rest, cut))
        return self._scene_last(parts, rest, first) or self._with_unknown_scene(parts, rest, first)

    def _scene_last(self, parts: Parts, rest: str, first: Cut) -> Parts | None:
        """Take instance—scene behind a segment, where what stands before is like no scene."""
        for cut in reversed(list(cuts(rest))):
            if not (cut.strong or cut.mark == first.mark):
                continue
            instance, scene = rest[: cut.start], rest[cut.end :]
            if not self._names.is_scene(scene) or self._names.scene(instance).senses:
                continue
            term = self._names.scene(_trimmed(scene))
            if {sense.segment for sense in term.senses} & {s.id for s in parts.segment.senses}:
                return replace(parts, scene=term, instance=_trimmed(instance), reversed=True)
        return None

    def _with_unknown_scene(self, parts: Parts, rest: str, first: Cut) -> Parts:
        """Cut at a strong separator, or at one that was used before the scene as well."""
        for cut in cuts(rest):
            left = rest[: cut.start]
            apart = not cut.in_code or _ENDS_CHINESE.search(left)
            alike = cut.mark == first.mark and cut.mark != " " and apart
            likely = cut.strong or alike or self._is_slip(left)
            if likely and 1 < len(left) <= LONGEST_PART:
                return self._named(parts, left, _behind(rest, cut))
        scene = self._names.scene(rest)
        if scene.senses:
            return replace(parts, scene=scene)
        return replace(parts, instance=rest)

    def _is_slip(self, text: str) -> bool:
        return self._names.scene(text).how in UNSURE

    def _named(self, parts: Parts, scene: str, instance: str) -> Parts:
        several = self._names.several(scene)
        if not several and (more := second_scene(scene, instance, self._names)):
            scene, several, instance = more
        term = Term(scene) if several else self._names.scene(_trimmed(scene))
        return replace(parts, scene=term, several=several, instance=_trimmed(instance))

    def _behind_leading(self, text: str) -> Parts | None:
        """Find the segment behind a part that is none, such as the name of the factory."""
        for cut in cuts(text):
            parts = self._from_segment(_behind(text, cut))
            if parts and parts.scene.known and parts.instance:
                return replace(parts, leading=text[: cut.start].strip())
        return None

    def _from_scene(self, text: str) -> Parts | None:
        """Take a text that begins with a scene: the segment is missing."""
        if self._names.is_scene(text):
            return Parts(scene=self._names.scene(text))
        for cut in reversed(list(cuts(text))):
            left, rest = text[: cut.start], _behind(text, cut)
            if cut.mark not in _LIST_MARKS and (several := self._names.several(left)):
                return Parts(scene=Term(left), several=several, instance=_trimmed(rest))
            if len(left) <= LONGEST_PART and self._names.is_scene(left):
                if turned := self._segment_first(rest) or self._segment_last(rest):
                    segment, instance = turned
                    return Parts(
                        self._names.segment(segment), self._names.scene(left), instance,
                        reversed=True,
                    )  # fmt: skip
                return Parts(scene=self._names.scene(left), instance=_trimmed(rest))
        return None

    def _segment_first(self, text: str) -> tuple[str, str] | None:
        if self._names.is_segment(text):
            return text, ""
        for cut in cuts(text):
            if self._names.is_segment(text[: cut.start]):
                return text[: cut.start], _behind(text, cut)
        return None

    def _segment_last(self, text: str) -> tuple[str, str] | None:
        found = list(cuts(text))
        if found and self._names.is_segment(text[found[-1].end :]):
            return text[found[-1].end :], text[: found[-1].start]
        return None

    def _in_other_order(self, text: str) -> Parts | None:
        """Take instance—scene—segment, instance—segment—scene, and instance—scene."""
        found = list(cuts(text))
        for last in reversed(found):
            tail = text[last.end :]
            for cut in reversed([one for one in found if one.end <= last.start]):
                middle, head = text[cut.end : last.start], text[: cut.start]
                for segment, scene in ((tail, middle), (middle, tail)):
                    if self._names.is_segment(segment) and self._names.is_scene(scene):
                        return Parts(
                            self._names.segment(segment), self._names.scene(scene),
                            _trimmed(head), reversed=True,
                        )  # fmt: skip
        return None

    def _from_slip(self, text: str) -> Parts | None:
        """Cut where the left side is a segment but for one slip, and something is behind it."""
        for cut in cuts(text):
            left = text[: cut.start]
            if len(left) <= LONGEST_SEGMENT and self._names.segment(_trimmed(left)).how == "slip":
                return self._with_scene(
                    Parts(segment=self._names.segment(_trimmed(left))), _behind(text, cut), cut
                )
        for cut in cuts(text):
            left = text[: cut.start]
            if len(left) <= LONGEST_PART and self._is_slip(left):
                return Parts(scene=self._names.scene(left), instance=_behind(text, cut))
        return None

    def _around_scene(self, text: str) -> Parts | None:
        """Take a known scene between two separators; what stands before it is no segment we know.

        So reads 质量检验-在线智能检测-活塞环尺寸全检, whose marks would cut nothing by themselves.
        """
        if (between := scene_between(text, self._names)) is None:
            return None
        first, second = between
        segment = self._names.segment(_trimmed(text[: first.start]))
        return self._named(
            Parts(segment=segment), text[first.end : second.start], _behind(text, second)
        )

    def _by_strong_cuts(self, text: str) -> Parts:
        """Cut at strong separators, none of the names being known; else it is all instance."""
        found = strong_cuts(text)
        scene = self._names.scene(text)
        if not found and scene.senses:
            return Parts(scene=scene)
        if found and len(left := text[: found[0].start]) <= LONGEST_PART:
            rest = _behind(text, found[0])
            behind = self._with_unknown_scene(Parts(segment=Term(left)), rest, found[0])
            named = self._with_scene(Parts(segment=Term(left)), rest, found[0])
            if named.scene.known and not named.instance and not _like_segment(left):
                return replace(named, segment=NOTHING, instance=left, reversed=True)
            if named.scene.known or named.several or (len(found) > 1 and behind.scene.written):
                return named
        return Parts(instance=_trimmed(text))


def _like_segment(text: str) -> bool:
    """Tell whether an unknown name looks like one of a segment rather than of an instance."""
    return len(text) <= LONGEST_SEGMENT // 2 and text.endswith(_SEGMENT_ENDS)


def _behind(text: str, cut: Cut) -> str:
    return text[cut.end :].strip()


def _trimmed(text: str) -> str:
    bare = text.strip(_TRAILING)
    quoted = _QUOTED.fullmatch(bare)
    return quoted[1] if quoted else bare

"""The scenes of an application: those that its headings name, and those that its text describes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ingest.annex3.application import Application
from ingest.annex3.parts import body
from ingest.document import Finding, Place, Severity
from ingest.extract.nlp import sentences
from ingest.extract.standing import announces_plans
from ingest.outline import LONGEST_TITLE, Fragment
from kg.match.document import Between, Passage, match_document
from kg.match.features import readable
from kg.match.matcher import Match, Matcher, ScenePick
from kg.match.model import Decision
from kg.match.names import FIRM, Names
from ontology.guide import Guide, load_crosswalk
from ontology.sentence import Sentence

SCENE_PART = 3
EDITION = "2024"  # the notice's; conditions are tied to its scenes
_DASHES = re.compile(r"\s*(?:[—–―─－‐‑-]{1,3}|[/／>＞→~～:：])\s*")
_GENERAL = re.compile(r"总体|概述|概况|整体情况|总览|系统集成|^集成|集成情况")
_SENTENCE = re.compile("[，。；]")
_TITLE_WORDS = re.compile(r"(?:典型)?场景$|[（(][^()（）]*[)）]")
# A text that says what is not there may match the scene all the same.
_DENIED = re.compile(r"没有建|尚未|从未|未能|未实现|未开展|还没|无法|缺少|缺乏")
# A heading's scene is doubted where the text's is as likely and the heading's as unlikely.
SURE, DOUBTFUL = 0.6, 0.3


@dataclass(frozen=True, slots=True)
class NamedScene:
    """A scene that a heading names; `mapping` where the name is another edition's."""

    scene: str
    name: str
    words: str
    place: Place
    mapping: str | None
    planned: bool


@dataclass(frozen=True, slots=True)
class ScenePassage:
    """A passage of the scene part with the scenes that it describes, its place and heading.

    `planned` where it tells what is to be built, `denied` where it tells what is not there;
    `differs_from` is the scene of its heading where the text describes another one.
    """

    text: str
    begins: Place
    ends: Place
    heading: str
    decision: Decision
    scenes: tuple[ScenePick, ...]
    reason: str
    planned: bool
    denied: bool
    differs_from: NamedScene | None


@dataclass(frozen=True, slots=True)
class ApplicationScenes:
    """What an application names and describes, and where both differ."""

    named: tuple[NamedScene, ...] = ()
    passages: tuple[ScenePassage, ...] = ()
    findings: tuple[Finding, ...] = ()


def scene_text(application: Application) -> str:
    """Return the running text that describes scenes: that of the part for it."""
    return "\n".join(body(one) for one in _fragments(application))


def scenes_of(
    application: Application, matcher: Matcher, between: Between = lambda done, total: None
) -> ApplicationScenes:
    """Return the scenes of an application; its text is matched in document mode (see `between`)."""
    fragments = _fragments(application)
    named = tuple(_named(_whole(application), matcher.guide))
    text = scene_text(application)
    if not readable(text):
        return ApplicationScenes(named)
    starts = list(accumulate((len(body(one)) + 1 for one in fragments), initial=0))
    passages: list[ScenePassage] = []
    findings: list[Finding] = []
    for passage in match_document(matcher, text, EDITION, between).passages:
        first = max(0, bisect_right(starts, passage.start) - 1)
        last = max(0, bisect_right(starts, passage.end - 1) - 1)
        found = _passage(passage, fragments[first : last + 1], named)
        passages.append(found)
        findings.extend(_differing(found, matcher.guide))
    return ApplicationScenes(named, tuple(passages), tuple(findings))


def _whole(application: Application) -> tuple[Fragment, ...]:
    """Return the scene part, headings and all."""
    return next(one.fragments for one in application.texts if one.part.order == SCENE_PART)


def _fragments(application: Application) -> list[Fragment]:
    """Return what describes single scenes: not the overview, not how systems are connected, unless
    there is nothing else.
    """
    told = [
        one
        for one in _whole(application)
        if body(one).strip() and not (_is_heading(one) and _is_name(body(one)))
    ]
    depth = len(_whole(application)[0].path) if told else 0
    single = [
        one
        for one in told
        if len(one.path) > depth
        and not any(_GENERAL.search(heading.title) for heading in one.path[depth:])
    ]
    return single or told


def _named(fragments: Sequence[Fragment], guide: Guide) -> Iterator[NamedScene]:
    """Yield the scenes that headings name alone or between dashes, each heading once."""
    names = Names.of_edition(guide, guide, load_crosswalk())
    for fragment in fragments[1:]:
        if not _is_heading(fragment):
            continue
        heading = fragment.path[-1]
        whole = _is_name(body(fragment))
        title = f"{heading.title}—{body(fragment)}" if whole else heading.title
        for part in _DASHES.split(title):
            found = names.find(_TITLE_WORDS.sub("", part).strip())
            if len(found) == 1 and found[0].mapping in (None, *FIRM):
                yield NamedScene(found[0].scene, guide.scene(found[0].scene).name,
                                 fragment.text if whole else heading.title, heading.place,
                                 found[0].mapping,
                                 announces_plans(f"{heading.number}{title}"))  # fmt: skip
                break


def _is_name(behind: str) -> bool:
    """Whether what stands behind a heading's number and first words is more of its name."""
    return bool(behind) and len(behind) <= LONGEST_TITLE and not _SENTENCE.search(behind)


def _is_heading(fragment: Fragment) -> bool:
    return bool(fragment.path) and fragment.path[-1].place == fragment.place


def _passage(
    passage: Passage, covered: Sequence[Fragment], named: Sequence[NamedScene]
) -> ScenePassage:
    first = covered[0]
    title = "".join(f"{one.number}{one.title}" for one in first.path[-1:])
    match = passage.match
    return ScenePassage(
        passage.text.strip(),
        first.place,
        covered[-1].place,
        title,
        match.decision,
        match.scenes,
        match.reason,
        announces_plans(title) or _is_planned(passage.text),
        _DENIED.search(passage.text) is not None,
        _other(match, covered, named),
    )


def _is_planned(text: str) -> bool:
    """Whether a text tells of plans and of nothing done."""
    found = sentences(text)
    planned = any(one.of("planned") for one in found)
    return planned and not any(one.of("done", "has") for one in found)


def _other(
    match: Match, covered: Sequence[Fragment], named: Sequence[NamedScene]
) -> NamedScene | None:
    """Return the scene that the headings name where the text below is surely of another one."""
    best = match.best
    if match.decision != "matched" or best is None or best.probability < SURE:
        return None
    places = {heading.place for one in covered for heading in one.path}
    own = [one for one in named if one.place in places]
    likely = {pick.id for pick in match.scenes if pick.probability >= DOUBTFUL}
    return own[0] if own and not any(one.scene in likely for one in own) else None


def _differing(passage: ScenePassage, guide: Guide) -> Iterator[Finding]:
    """Yield that a passage under a scene's name describes another scene."""
    if other := passage.differs_from:
        best = passage.scenes[0].id
        likely = guide.scene(best).name
        told = Sentence(
            f"标题写的是“{other.name}”（{other.scene}），文字更像“{likely}”（{best}），请核对。",
            f"the heading says “{other.name}” ({other.scene}), the text reads more like “{likely}”"
            f" ({best}); look again.",
        )
        yield Finding("scene_differs", Severity.NOTICE, passage.begins, told, other.words, best)

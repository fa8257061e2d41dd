"""The guide with an official text in place of our reconstruction, and what differs between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ingest.guide.outline import Outline
from ingest.guide.pairing import How, Pair, Pairing
from ontology.errors import InvalidValue
from ontology.guide import OFFICIAL_TEXT, Guide, GuideSource, Scene, Segment


@dataclass(frozen=True, slots=True)
class SceneChange:
    """A scene before and after; `text` says whether there are words under its name."""

    id: str
    name_before: str
    name: str
    status_before: str
    segment_before: str
    segment: str
    order_before: int
    order: int
    text: bool
    how: How
    likeness: float

    @property
    def renamed(self) -> bool:
        """Whether the official name is another one."""
        return self.name != self.name_before

    @property
    def moved(self) -> bool:
        """Whether the scene stands in another segment."""
        return self.segment != self.segment_before


@dataclass(frozen=True, slots=True)
class Figures:
    """How much of an edition is official."""

    scenes: int
    attested_names: int
    official_names: int
    official_texts: int


def figures_of(guide: Guide) -> Figures:
    """Return the figures of an edition."""
    official = {source.id for source in guide.sources if source.reliability.startswith("official")}
    attested = [scene for scene in guide.scenes if scene.name_status == "attested"]
    return Figures(
        len(guide.scenes),
        len(attested),
        sum(bool(official.intersection(scene.sources)) for scene in attested),
        sum(bool(scene.summary_source) for scene in guide.scenes),
    )


@dataclass(frozen=True, slots=True)
class Recognised:
    """For how many scenes their official name, and the words under it, lead to their id."""

    names: int
    texts: int


def recognised(pairing: Pairing, scene_of: Callable[[str], str]) -> Recognised:
    """Ask for the scene of every official name and text, and count the right answers."""
    return Recognised(
        sum(scene_of(pair.scene.name) == pair.id for pair in pairing.pairs),
        sum(scene_of(pair.scene.text) == pair.id for pair in pairing.pairs if pair.scene.text),
    )


def changes_of(guide: Guide, pairing: Pairing) -> tuple[SceneChange, ...]:
    """Return what an official text changes of each scene, in the order of the text."""
    return tuple(_change(guide, pairing, at, pair) for at, pair in enumerate(pairing.pairs, 1))


def _change(guide: Guide, pairing: Pairing, order: int, pair: Pair) -> SceneChange:
    held = guide.scene(pair.id)
    return SceneChange(
        pair.id,
        held.name,
        pair.scene.name,
        held.name_status,
        held.segment,
        pairing.segments.get(pair.scene.segment, held.segment),
        held.order,
        order,
        bool(pair.scene.text),
        pair.how,
        pair.likeness,
    )


def check_complete(guide: Guide, pairing: Pairing) -> None:
    """Raise InvalidValue where something of either side has no sure counterpart."""
    problems = [
        *(f"the segment {name} of the text is unknown" for name in pairing.unknown_segments),
        *(f"the scene {scene.name} of the text has no counterpart" for scene in pairing.unknown),
        *(f"{one} {guide.scene(one).name} is not in the text" for one in pairing.missing),
        *(
            f"{pair.scene.name} may be {pair.id} {guide.scene(pair.id).name} ({pair.likeness:.2f})"
            for pair in pairing.doubtful
        ),
    ]
    if problems:
        raise InvalidValue(
            "guide", guide.edition,
            f"was left as it is: {'; '.join(problems)}; say which is which with --pair ID=NAME",
        )  # fmt: skip


def revised(guide: Guide, outline: Outline, pairing: Pairing, file: str) -> Guide:
    """Return the guide with the names, order and words of the text; ids and other names stay."""
    check_complete(guide, pairing)
    text = GuideSource(OFFICIAL_TEXT, outline.title, (), "official text, imported from a file",
                       f"names, order and words; file {file}")  # fmt: skip
    kept = tuple(source for source in guide.sources if source.id != OFFICIAL_TEXT)
    return replace(
        guide,
        status_note=(
            f"Names, order and words are those of the text imported from {file}; ids, keywords and"
            " English labels are this project's own."
        ),
        status_note_zh=f"名称、顺序与内容出自导入的指引文本（{file}）；编号、关键词与英文名称为本项目所加。",
        segments=tuple(_segments(guide, outline, pairing)),
        scenes=tuple(sorted(_scenes(guide, pairing), key=lambda scene: scene.id)),
        sources=(*kept, text),
    )


def _segments(guide: Guide, outline: Outline, pairing: Pairing) -> Iterator[Segment]:
    """Yield the segments; one that the text leaves out, as it may, keeps its place behind."""
    named = {pairing.segments[name]: (at, name) for at, name in enumerate(outline.segments, 1)}
    for segment in guide.segments:
        if segment.id in named:
            at, name = named[segment.id]
            sources = tuple(dict.fromkeys((*segment.sources, OFFICIAL_TEXT)))
            yield replace(segment, name=name, name_status="attested", order=at, sources=sources)
        else:
            yield replace(segment, order=len(named) + segment.order)


def _scenes(guide: Guide, pairing: Pairing) -> Iterator[Scene]:
    for order, pair in enumerate(pairing.pairs, 1):
        held, name = guide.scene(pair.id), pair.scene.name
        same = held.name == name
        others = (*held.candidates, held.name)
        yield replace(
            held,
            name=name,
            name_en=held.name_en if same else "",
            name_status="attested",
            segment=pairing.segments[pair.scene.segment],
            order=order,
            summary=pair.scene.text or held.summary,
            summary_source=OFFICIAL_TEXT if pair.scene.text else held.summary_source,
            candidates=tuple(sorted({one for one in others if one != name})),
            sources=tuple(dict.fromkeys((*(held.sources if same else ()), OFFICIAL_TEXT))),
            note=held.note if same else "",
        )

"""The guide with an official text in place of our reconstruction, and what differs between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from ingest.guide.outline import Outline
from ingest.guide.pairing import Addition, How, Pair, Pairing, Retirement
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
    scenes: tuple[Pair | Addition, ...] = (*pairing.pairs, *pairing.additions)
    return Recognised(
        sum(scene_of(one.scene.name) == one.id for one in scenes),
        sum(scene_of(one.scene.text) == one.id for one in scenes if one.scene.text),
    )


def changes_of(guide: Guide, pairing: Pairing) -> tuple[SceneChange, ...]:
    """Return what an official text changes of each scene, in the order of the text."""
    return tuple(_change(guide, pairing, pairing.order[pair.id], pair) for pair in pairing.pairs)


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


def check_segments(guide: Guide, pairing: Pairing) -> None:
    """Raise InvalidValue where the text has a segment that the notice does not know."""
    if pairing.unknown_segments:
        told = "; ".join(f"the segment {one} is unknown" for one in pairing.unknown_segments)
        option = f"--pair E01={pairing.unknown_segments[0]}"
        raise InvalidValue(
            "guide", guide.edition,
            f"was left as it is: {told}; say which of ours it is, as in {option}",
        )  # fmt: skip


def check_sure(guide: Guide, pairing: Pairing) -> None:
    """Raise InvalidValue where something of either side has no sure counterpart."""
    check_segments(guide, pairing)
    problems = [
        *(
            f"{pair.scene.name} may be {pair.id} {guide.scene(pair.id).name} ({pair.likeness:.2f}):"
            f" --pair {pair.id}={pair.scene.name}"
            for pair in pairing.doubtful
        ),
        *(_proposal(guide, one) for one in pairing.proposed),
    ]
    if problems:
        raise InvalidValue(
            "guide", guide.edition,
            f"was left as it is, because not everything is sure: {'; '.join(problems)};"
            " or accept all of this with --as-proposed",
        )  # fmt: skip


def _proposal(guide: Guide, one: Addition | Retirement) -> str:
    """Return what is proposed, and the option by which somebody says so."""
    if isinstance(one, Addition):
        return f"{one.scene.name} seems to be new: --new {one.scene.name}"
    told = f"{one.id}={','.join(one.into)}" if one.into else one.id
    return f"{one.id} {guide.scene(one.id).name} is not in the text: --retire {told}"


def revised(guide: Guide, outline: Outline, pairing: Pairing, file: str) -> Guide:
    """Return the guide with the names, order and words of the text; ids and other names stay.

    What the text adds has new ids; what it lacks is retired and keeps its own.
    """
    check_segments(guide, pairing)
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
        retired=tuple(sorted(_retired(guide, pairing), key=lambda scene: scene.id)),
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
    taken_in = _taken_in(guide, pairing)
    for addition in pairing.additions:
        yield _added(guide, pairing, addition, taken_in.get(addition.id, ()))
    for pair in pairing.pairs:
        held, name = guide.scene(pair.id), pair.scene.name
        same = held.name == name
        others = (*held.candidates, held.name, *taken_in.get(pair.id, ()))
        yield replace(
            held,
            name=name,
            name_en=held.name_en if same else "",
            name_status="attested",
            segment=pairing.segments[pair.scene.segment],
            order=pairing.order[pair.id],
            summary=pair.scene.text or held.summary,
            summary_source=OFFICIAL_TEXT if pair.scene.text else held.summary_source,
            candidates=tuple(sorted({one for one in others if one != name})),
            replaced_by=(),
            sources=tuple(dict.fromkeys((*(held.sources if same else ()), OFFICIAL_TEXT))),
            note=held.note if same else "",
        )


def _added(guide: Guide, pairing: Pairing, addition: Addition, others: tuple[str, ...]) -> Scene:
    """Return a scene that only the text has: its name, its words and nothing of ours."""
    text = addition.scene.text
    near = guide.scene(addition.near).name if addition.near else ""
    resembles = f"，与原 {addition.near}（{near}）相近" if near else ""
    return Scene(
        id=addition.id,
        name=addition.scene.name,
        name_status="attested",
        segment=pairing.segments[addition.scene.segment],
        edition=guide.edition,
        order=pairing.order[addition.id],
        summary=text,
        keywords=(),
        aliases=(),
        candidates=tuple(sorted({one for one in others if one != addition.scene.name})),
        sources=(OFFICIAL_TEXT,),
        note=f"导入的指引文本所增{resembles}。",
        summary_source=OFFICIAL_TEXT if text else "",
    )


def _taken_in(guide: Guide, pairing: Pairing) -> Mapping[str, tuple[str, ...]]:
    """Return the names of retired scenes by the one scene that took them in."""
    found: dict[str, tuple[str, ...]] = {}
    for one in pairing.retirements:
        if len(one.into) == 1:
            held = guide.scene(one.id)
            names = (held.name, *held.candidates)
            found[one.into[0]] = (*found.get(one.into[0], ()), *names)
    return found


def _retired(guide: Guide, pairing: Pairing) -> Iterator[Scene]:
    """Yield the scenes that the text lacks, those of earlier texts that did not come back too."""
    back = set(pairing.order)
    into = {one.id: one.into for one in pairing.retirements}
    for scene in guide.retired:
        if scene.id not in back:
            successors = dict.fromkeys(
                found for one in scene.replaced_by for found in into.get(one, (one,))
            )
            yield replace(scene, replaced_by=tuple(successors))
    for one in pairing.retirements:
        yield replace(guide.scene(one.id), replaced_by=one.into)

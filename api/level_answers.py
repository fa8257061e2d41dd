"""The question which level's conditions a factory meets, as it comes in, and its answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.answers import check_text, check_whole
from api.base_scene import BASE_EDITION, base_scene
from api.desk import Desk, going_on
from api.profile_form import ProfileForm, figure, maturity, statement
from kg.browse import resolve
from kg.case_facts import LevelOfEnterprise, levels_of
from kg.entities import Ref
from kg.filters import resolve_values
from kg.levels.development import LevelStep, development_path
from kg.levels.path import Around, LevelPath, level_path, next_level, open_conditions
from kg.levels.profile import CoveredScene, Figure, Profile, Statement, stated_conditions
from kg.levels.verdict import ClauseCheck, LevelCheck, LevelsCheck, check_levels
from kg.ranking import Asker, level_number
from kg.records import Node
from kg.scenes import scenes_of_cases
from kg.text import bare_name
from ontology.conditions import Conditions, load_conditions
from ontology.errors import InvalidValue, UnknownId

AWARDED_BEFORE = "P2-3"  # 原则上应已获评先进级智能工厂
# A text that says what is not there may match the scene all the same: it counts as open.
DENIAL = re.compile(
    r"没有|没能|没做|没上|还没|尚未|从未|未曾|未能|未做|未实现|未开展|无法|缺少|缺乏"
    r"|\b(?:not|no|never|without|cannot)\b",
    re.IGNORECASE,
)
SHORTEST_TEXT = 6  # characters: a word or two name a thing and say nothing of what is done


@dataclass(frozen=True, slots=True)
class LevelsAnswer:
    """A profile against the notice, clause by clause; never a certification (`note`).

    `attested` are levels that lists name for the factory or its enterprise. `covered` are the
    scenes counted, `possible` those that a text or the cases of the enterprise leave open,
    `unmatched` texts that fit no scene, `scene_names` what the guide calls the scenes.
    `next` leads to the level aimed at, None where there is none above.
    """

    factory: Ref | None
    enterprise: Ref | None
    attested: tuple[LevelOfEnterprise, ...]
    covered: tuple[CoveredScene, ...]
    possible: tuple[CoveredScene, ...]
    unmatched: tuple[str, ...]
    scene_names: Mapping[str, str]
    levels: tuple[LevelCheck, ...]
    application: tuple[ClauseCheck, ...]
    highest: str | None
    next: LevelPath | None
    encouraged: str
    note: str
    snapshot: str
    index_lag: bool
    degraded: bool


@dataclass(frozen=True, slots=True)
class StatableCondition:
    """A condition that only the enterprise can state, for the form of a profile."""

    id: str
    text: str
    place: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatableConditions:
    """All conditions that a profile can make statements of, in the notice's order."""

    items: tuple[StatableCondition, ...]
    total: int


def statable() -> StatableConditions:
    """Return what a profile can make statements of."""
    items = tuple(
        StatableCondition(one.id, one.text, one.place.text, one.levels)
        for one in stated_conditions(load_conditions())
    )
    return StatableConditions(items, len(items))


@dataclass(frozen=True, slots=True)
class DevelopmentAnswer:
    """What cases tell of each level, of some industries or of all; `note` says what is not told."""

    industry: tuple[str, ...]
    steps: tuple[LevelStep, ...]
    note: str
    snapshot: str
    index_lag: bool
    degraded: bool


@going_on
def development(desk: Desk, industry: Sequence[str]) -> DevelopmentAnswer:
    """Return which scenes enterprises of the industries tell of, level by level."""
    snapshot = desk.holder.current()
    wanted = resolve_values(desk.read, "industry", industry, None, desk.edition)
    found = development_path(desk.read, snapshot.table, snapshot.matcher.guide, wanted)
    return DevelopmentAnswer(
        wanted, found.steps, found.note, snapshot.id, desk.holder.lag, desk.degraded
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What the graph knows of the factory: itself, its enterprise, listed levels, industries."""

    node: Node | None = None
    owner: str = ""
    attested: tuple[LevelOfEnterprise, ...] = ()
    industry: tuple[str, ...] = ()
    cases: tuple[CoveredScene, ...] = ()


@going_on
def check_profile(desk: Desk, form: ProfileForm) -> LevelsAnswer:
    """Return the check of a profile and the way to the level aimed at."""
    conditions, snapshot = load_conditions(), desk.holder.current()
    known = _known(desk, form.factory)
    check_whole(form.texts or ())
    profile, unmatched = _profile(desk, form, known, conditions)
    guide = snapshot.matcher.guide
    check = check_levels(profile, conditions, guide)
    target = _target(desk, form, check, known.attested)
    path = None
    if target:
        wanted = open_conditions(check.level(target), profile, conditions, guide)
        industry = resolve_values(desk.read, "industry", form.industry, None, desk.edition)
        asker = Asker(industry or known.industry)
        around = Around(desk.read, snapshot.table, desk.whole.supports, guide, known.owner)
        path = level_path(around, target, wanted, profile, asker)
    return LevelsAnswer(
        factory=Ref.of(known.node) if known.node else None,
        enterprise=next((Ref.of(one) for one in desk.read.get([known.owner])), None),
        attested=known.attested,
        covered=profile.covered,
        possible=profile.possible,
        unmatched=unmatched,
        scene_names={
            one.scene: guide.scene(one.scene).name for one in (*profile.covered, *profile.possible)
        },
        levels=check.levels,
        application=check.application,
        highest=check.highest,
        next=path,
        encouraged=conditions.encouraged.text,
        note=check.note,
        snapshot=snapshot.id,
        index_lag=desk.holder.lag,
        degraded=desk.degraded,
    )


def _known(desk: Desk, name: str) -> _Known:
    if not name.strip():
        return _Known()
    node = _factory(desk, name)
    owner = node.id
    industries = _ends(desk, [node.id], "IN_INDUSTRY")
    if node.label == "Factory":
        owner = next(iter(_ends(desk, [node.id], "OF_ENTERPRISE")), "")
    levels = levels_of(desk.read, [owner]).get(owner, ()) if owner else ()
    owned = desk.read.edges([owner], ("OF_ENTERPRISE",), "in") if owner else ()
    cases = [edge.start for edge in owned]
    return _Known(
        node,
        owner,
        tuple(one for one in levels if node.label != "Factory" or one.factory.id == node.id),
        industries or _ends(desk, cases, "IN_INDUSTRY"),
        _cases(desk, cases),
    )


def _ends(desk: Desk, ids: Sequence[str], relation: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(edge.end for edge in desk.read.edges(ids, (relation,), "out")))


def _factory(desk: Desk, name: str) -> Node:
    """Return the factory or enterprise of that name; raise UnknownId or InvalidValue else."""
    try:
        node = resolve(desk.read, name, None, desk.edition)
    except UnknownId as fault:
        raise UnknownId("factory or enterprise", name, fault.nearest, "factory") from None
    if node.label not in {"Factory", "Organisation"}:
        raise InvalidValue("factory", name, f"is no factory or enterprise but a {node.label}")
    return node


def _profile(
    desk: Desk, form: ProfileForm, known: _Known, conditions: Conditions
) -> tuple[Profile, tuple[str, ...]]:
    """Return the form as a profile, and the texts that fit no scene.

    A known enterprise covers the scenes of its cases; of a factory of it they may be another's.
    """
    covered = [_stated(desk, name) for name in form.scenes or ()]
    possible, unmatched = [], []
    for place, text in enumerate(form.texts or ()):
        cleaned = check_text(text, f"texts[{place}]")
        match = desk.holder.current().matcher.match(cleaned, BASE_EDITION)
        found = [
            CoveredScene(pick.id, "matched", cleaned, pick.probability) for pick in match.scenes
        ]
        told = len(cleaned) >= SHORTEST_TEXT and not DENIAL.search(cleaned)
        if match.decision == "matched" and told:
            covered.append(found[0])
        elif found:
            possible += found
        else:
            unmatched.append(cleaned)
    if known.node and known.node.label == "Factory":
        possible += known.cases
    else:
        covered += known.cases
    profile = Profile(
        _distinct(covered),
        _distinct(possible),
        _complete(form, unmatched),
        maturity(form.maturity) if form.maturity else None,
        _figures(form, conditions),
        {
            **_awarded_before(known.attested),
            **{name: statement(one) for name, one in form.statements.items()},
        },
    )
    return profile, tuple(unmatched)


def _complete(form: ProfileForm, unmatched: Sequence[str]) -> bool:
    """Whether nothing else is covered: a text that we could not match may speak of more."""
    if form.complete is not None:
        return form.complete
    return form.scenes is not None and not unmatched


def _stated(desk: Desk, name: str) -> CoveredScene:
    """Return the 2024 scene that a name means; of another edition a part of it is enough."""
    scene = base_scene(desk, name, "scenes", part=True)
    guide = desk.guide
    own = {bare_name(one) for one in (scene, guide.scene(scene).name)}
    return CoveredScene(scene, "stated" if bare_name(name) in own else "mapped", name.strip())


def _figures(form: ProfileForm, conditions: Conditions) -> dict[str, Figure]:
    """Return the figures by indicator; raise InvalidValue where one is given twice."""
    found: dict[str, Figure] = {}
    for name, one in form.kpis.items():
        kpi = _kpi(name, conditions)
        if kpi in found:
            raise InvalidValue(f"kpis.{name}", kpi, "is given twice, by id and by name")
        found[kpi] = figure(one)
    return found


def _cases(desk: Desk, cases: Sequence[str]) -> tuple[CoveredScene, ...]:
    """Return the primary scene of each of the cases."""
    guide = desk.guide
    return tuple(
        CoveredScene(edge.end, "attested", edge.start)
        for edge in scenes_of_cases(desk.read, cases)
        if guide.has_scene(edge.end)
    )


def _distinct(scenes: Iterable[CoveredScene]) -> tuple[CoveredScene, ...]:
    return tuple(dict.fromkeys(scenes))


def _awarded_before(attested: Iterable[LevelOfEnterprise]) -> Mapping[str, Statement]:
    """Return that a level has been awarded before, where a final list says so."""
    for level in attested:
        if level.status == "awarded" and level_number(level.id) >= level_number("L2"):
            listed = f"{level.factory.name} {level.as_found or level.name} {level.year or ''}"
            return {AWARDED_BEFORE: Statement(True, listed.strip(), listed=True)}
    return {}


def _kpi(name: str, conditions: Conditions) -> str:
    """Return the id of an indicator given by id or name; what is neither is refused later."""
    named = {one.name: one.id for one in conditions.kpis}
    return named.get(name.strip(), name.strip())


def _target(
    desk: Desk,
    form: ProfileForm,
    check: LevelsCheck,
    attested: tuple[LevelOfEnterprise, ...],
) -> str | None:
    if not form.target:
        awarded = [one.id for one in attested if one.status == "awarded"]
        publicised = [one.id for one in attested if one.status != "awarded"]
        return next_level(check, awarded, publicised)
    try:
        (level,) = resolve_values(desk.read, "level", [form.target.strip()], None, desk.edition)
    except UnknownId as fault:
        raise UnknownId("level", form.target, fault.nearest, "target") from None
    return level

"""A level profile drafted from an application: every field with the passage that it rests on.

Only what the text says is so counts. Plans, targets, titles of other programmes and texts that
leave the scene open are told apart, with the reason; what nobody says stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.annex3.application import Application
from ingest.annex3.scenes import ApplicationScenes
from ingest.document import Place
from ingest.extract.claim import Claim, KpiStatement
from ingest.extract.nlp import fold
from kg.levels.profile import Basis, CoveredScene, Figure, Profile, Statement
from ontology.conditions import Conditions, Kpi
from ontology.sentence import Sentence

COMPLETED, AWARDED_BEFORE = "P2-1", "P2-3"
LONGEST_QUOTE = 80
# Base requirements that an enterprise may state in so many words.
_STATED = (
    ("B1-1", re.compile(r"(?<!非)(?<!不是)规模以上(?:工业)?企业|规上(?:工业)?企业")),
    ("B2-2", re.compile(r"无(?:任何)?不良信用记录|(?:未|没有)(?:发生|被列入)[^，。；]{0,8}失信")),
    ("B2-3", re.compile(r"(?:未发生|无|没有发生)(?:过)?较大及?以上[^，。；]{0,12}事故")),
    ("B2-4", re.compile(r"无(?:重大)?违法违规(?:行为|记录)")),
)
PLANNED = Sentence("是计划，还没有建成", "a plan, not built yet")
SEVERAL_SCENES = Sentence(
    "文字可能对应几个场景，请确认", "the text may mean one of several scenes; please confirm"
)
OTHER_HEADING = Sentence(
    "标题写的是另一个场景，请确认", "the heading names another scene; please confirm"
)
DENIED = Sentence("文字中有否定的说法，请确认", "the text denies something; please confirm")
OTHER_MEASURE = Sentence(
    "是数值或百分点，指标要的是变化幅度（%）",
    "a value or percentage points, where the indicator asks for a change in percent",
)
NOT_SAID = Sentence("没有写明是否已经达到", "it is not said whether it has been reached")
SELF_ASSESSED = Sentence(
    "是企业自评，不是评估结果", "the enterprise's own estimate, not the result of an assessment"
)
IN_PHASES = Sentence(
    "分期建设，请确认是否全部建成", "built in phases; please confirm that all are finished"
)
NOT_SAID_BUILT = Sentence("没有写明是否建成", "it is not said whether it is finished")


@dataclass(frozen=True, slots=True)
class DraftField:
    """A field of the profile with the words it rests on and their place.

    `why` says why it does not count; "" where it does.
    """

    field: str
    value: str
    words: str
    place: Place
    confidence: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The profile as far as the application says so; `fields` count, `left_out` do not."""

    profile: Profile
    fields: tuple[DraftField, ...]
    left_out: tuple[DraftField, ...]


def draft_profile(
    application: Application, scenes: ApplicationScenes, conditions: Conditions
) -> Draft:
    """Return the profile that an application gives for the level check."""
    told = [
        *_scene_fields(scenes),
        *_kpi_fields(application.claims.kpis, conditions),
        *_maturity_fields(application),
        *_statement_fields(application),
    ]
    counted = _first_of_each(one for one in told if not one.why)
    profile = Profile(
        covered=tuple(_covered(scenes, counted)),
        possible=tuple(_possible(scenes)),
        maturity=_maturity(counted),
        kpis={
            one.field.partition(".")[2]: Figure(float(one.value), source(one))
            for one in counted
            if one.field.startswith("kpis.")
        },
        statements={
            one.field.partition(".")[2]: Statement(one.value == "yes", source(one))
            for one in counted
            if one.field.startswith("statements.")
        },
    )
    return Draft(profile, tuple(counted), tuple(one for one in told if one.why))


def source(field: DraftField) -> str:
    """Return the passage that a field rests on, as the level check cites it."""
    return f"申报书“{_quote(field.words)}”（{field.place}）"


def _quote(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE]}…"


def _first_of_each(fields: Iterable[DraftField]) -> list[DraftField]:
    """Return the surest statement of each field, the first of those as sure; scenes all."""
    best: dict[str, DraftField] = {}
    kept: list[DraftField] = []
    for one in fields:
        if one.field.startswith("scenes."):
            kept.append(one)
        elif one.field not in best or one.confidence > best[one.field].confidence:
            best[one.field] = one
    return [*kept, *best.values()]


def _scene_fields(scenes: ApplicationScenes) -> Iterator[DraftField]:
    for one in scenes.named:
        unbuilt = PLANNED if one.planned else ""
        yield DraftField(f"scenes.{one.scene}", "named", one.words, one.place, 0.95, unbuilt)
    for passage in scenes.passages:
        for pick in passage.scenes[: 1 if passage.decision == "matched" else None]:
            why: str = ""
            if passage.decision != "matched":
                why = SEVERAL_SCENES
            elif passage.differs_from:
                why = OTHER_HEADING
            elif passage.planned:
                why = PLANNED
            elif passage.denied:
                why = DENIED
            yield DraftField(f"scenes.{pick.id}", "described", passage.text, passage.begins,
                             pick.probability, why)  # fmt: skip


def _covered(scenes: ApplicationScenes, counted: Iterable[DraftField]) -> Iterator[CoveredScene]:
    mapped = {one.place for one in scenes.named if one.mapping}
    for one in counted:
        if one.field.startswith("scenes."):
            named: Basis = "mapped" if one.place in mapped else "stated"
            scene = one.field.partition(".")[2]
            if one.value == "named":
                yield CoveredScene(scene, named, source(one))
            else:
                yield CoveredScene(scene, "matched", source(one), one.confidence)


def _possible(scenes: ApplicationScenes) -> Iterator[CoveredScene]:
    """Yield the scenes that a passage leaves open; planned ones are not covered."""
    for passage in scenes.passages:
        open_ones = passage.decision != "matched" or passage.denied or passage.differs_from
        if open_ones and not passage.planned:
            origin = f"申报书“{_quote(passage.text)}”（{passage.begins}）"
            for pick in passage.scenes:
                yield CoveredScene(pick.id, "matched", origin, pick.probability)


def _kpi_fields(kpis: Iterable[KpiStatement], conditions: Conditions) -> Iterator[DraftField]:
    for one in kpis:
        value = value_of(one, conditions.kpi(one.kpi))
        why = _why_not(one)
        if not why and value is None:
            why = OTHER_MEASURE
        shown = "" if value is None else f"{value:g}"
        yield DraftField(f"kpis.{one.kpi}", shown, one.words, one.place, one.confidence, why)


def value_of(statement: KpiStatement, kpi: Kpi) -> float | None:
    """Return a figure as the notice prints it, larger being better; None where it is another one.

    Of a range or bound that is the lower end: what was reached at least.
    """
    effect = statement.effect
    if effect.kind != kpi.form or effect.better is False or effect.unit not in {kpi.unit, None}:
        return None
    sizes = [abs(one) for one in (effect.low, effect.high) if one is not None]
    bounded = effect.low is not None if kpi.direction != "down" else effect.high is not None
    return min(sizes) if sizes and bounded else None


def _why_not(claim: Claim) -> str:
    """Return why a claim does not count as so."""
    if claim.standing in {"target", "planned"}:
        because = claim.because
        return Sentence(f"是目标或计划（{because}）", f"a target or plan (“{because}”)")
    return NOT_SAID if claim.standing == "open" else ""


def _maturity_fields(application: Application) -> Iterator[DraftField]:
    for one in application.claims.maturity:
        why = _why_not(one)
        if why and one.because.startswith("自"):
            why = SELF_ASSESSED
        yield DraftField("maturity", str(one.level), one.words, one.place, one.confidence, why)


def _maturity(counted: Iterable[DraftField]) -> Figure | None:
    found = next((one for one in counted if one.field == "maturity"), None)
    return Figure(float(found.value), source(found)) if found else None


def _statement_fields(application: Application) -> Iterator[DraftField]:
    """Yield what an application says of single conditions in so many words."""
    for one in application.claims.awards:
        if one.level == "L2" or (one.level != "L1" and one.standing == "achieved"):
            why = _why_not(one)
            yield DraftField(f"statements.{AWARDED_BEFORE}", "yes", one.words, one.place,
                             one.confidence, why)  # fmt: skip
    standings = {one.standing for one in application.claims.periods}
    for period in application.claims.periods:
        finished = "yes" if period.standing == "achieved" else "no"
        unsure = NOT_SAID_BUILT if period.standing == "open" else ""
        unsure = IN_PHASES if len(standings) > 1 else unsure
        yield DraftField(f"statements.{COMPLETED}", finished, period.words, period.place,
                         period.confidence, unsure)  # fmt: skip
    for fragment in application.fragments:
        for condition, rule in _STATED:
            if found := rule.search(fold(fragment.text)):
                words = fragment.text[found.start() : found.end()]
                yield DraftField(f"statements.{condition}", "yes", words, fragment.place, 0.9)

"""What the level check says of a condition, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.levels.profile import Figure, Peers
from ontology.conditions import Comparison, Condition, Kpi, Scope
from ontology.guide import Area, Guide, Scene
from ontology.sentence import Sentence, joined, said

NO_CERTIFICATE = Sentence(
    "本结果只依据所提供的信息逐条对照通知原文，不是评估、认定或评审结论；"
    "未提供的信息一律视为未知，不视为不符合。",
    "This sets only what was given beside the text of the notice, item by item. It is no"
    " assessment, no certification and no review; what was not given is unknown and"
    " never counts as not met.",
)
SCOPES: Mapping[Scope, Sentence] = {
    "province": Sentence("省（区、市）同行业", "the same industry in the province"),
    "country": Sentence("国内同行业", "the same industry in the country"),
    "world": Sentence("全球同行业", "the same industry in the world"),
}
STATE_IT = Sentence(
    "说明是否符合本条，并给出可查的材料。",
    "Say whether the condition holds, and which material shows it.",
)
ASSESS_IT = Sentence(
    "按所列文件开展的成效评估及其出处。",
    "The assessment of results by the document named, and where it stands.",
)
SETTLE_OTHERS = Sentence("先查明所涉各条。", "Settle the conditions that it refers to first.")
IN_PRINCIPLE = Sentence(
    "通知写明“原则上”，可有例外，由评审决定。",
    "The notice says “in principle” (原则上); there may be exceptions, and the review decides.",
)
MATURITY = Sentence("智能制造能力成熟度", "Maturity of smart manufacturing")

Found = Mapping[str, Sequence[Scene]]  # scenes by construction area


def covered(guide: Guide, areas: Iterable[str], found: Found) -> Sentence:
    """Say which areas are covered, and by which scenes."""
    told = _by_area(guide, (area for area in areas if area in found), found)
    return Sentence(f"已覆盖 {told}。", f"Covered: {told.en}.") if told else Sentence("", "")


def unsure(guide: Guide, areas: Sequence[str]) -> Sentence:
    """Say which areas are covered by nothing but what was matched or what sources tell."""
    names = _areas(guide, areas)
    return Sentence(
        f"其中{names}仅由文字描述匹配或来源中的企业案例得出，请核实。",
        f"For {names.en} this rests only on matched descriptions or on cases in our sources; please"
        " verify it.",
    )


def not_covered(guide: Guide, areas: Sequence[str]) -> Sentence:
    """Say which areas no scene covers, of those that are all."""
    names = _areas(guide, areas)
    return Sentence(f"所列场景未覆盖：{names}。", f"The scenes listed do not cover: {names.en}.")


def list_scenes(guide: Guide, areas: Sequence[str]) -> Sentence:
    """Say that all covered scenes are wanted."""
    names = _areas(guide, areas)
    return Sentence(
        f"列出工厂已覆盖的全部典型场景，尚不清楚是否覆盖：{names}。",
        f"List all typical scenes that the factory covers; not known to be covered: {names.en}.",
    )


def confirm_scenes(guide: Guide, areas: Sequence[str], possible: Found) -> Sentence:
    """Say which scenes a description leaves open."""
    hints = joined(
        (
            Sentence(
                f"{_area(guide, area)}可能有 {'、'.join(map(_scene, possible[area]))}",
                f"{_area(guide, area).en} possibly by {_in_english(map(_scene, possible[area]))}",
            )
            for area in areas
        ),
        "；",
        "; ",
    )
    return Sentence(
        f"确认文字描述对应的典型场景（{hints}）。",
        f"Confirm which typical scenes the descriptions mean ({hints.en}).",
    )


def ask_maturity(asked: int) -> Sentence:
    """Say which maturity has to be shown."""
    return Sentence(
        f"按 GB/T 39117 评估得出的能力成熟度等级（要求 {asked} 级及以上）及其出处。",
        f"The maturity level by an assessment to GB/T 39117 (level {asked} or above is asked for),"
        " and where it stands.",
    )


def of_maturity(value: float, asked: int, source: str) -> Sentence:
    """Say which maturity was given, and which is asked for."""
    stands = _source(source)
    return Sentence(
        f"填报的能力成熟度为 {value:g} 级，要求 {asked} 级及以上{stands}。",
        f"The maturity given is level {value:g}; level {asked} or above is asked for{stands.en}.",
    )


def ask_figures(comparison: Comparison, some: bool) -> Sentence:
    """Say which figures are wanted; `some` are there but compare with nothing."""
    peers = _asked_for(comparison)
    if some:
        return Sentence(
            f"为每项指标给出本厂数值和{peers}。",
            f"For each indicator, the factory's own value and {peers.en}.",
        )
    return Sentence(f"给出指标值，以及{peers}。", f"Values of indicators, and {peers.en}.")


def of_figures(parts: Iterable[Sentence]) -> Sentence:
    """Put together how each figure stands."""
    told = joined(parts, "；", "; ")
    return Sentence(f"{told}。", f"{told.en}.")


def only_some(given: int, of: int) -> Sentence:
    """Say how many of the indicators were compared."""
    return Sentence(
        f"只比较了所填报的 {given} 项指标（附1 共 {of} 项）。",
        f"Only the indicators given were compared: {given} of the {of} of annex 1.",
    )


def incomparable(name: Sentence) -> Sentence:
    """Say of a figure that there is nothing to compare it with."""
    return Sentence(f"{name}：尚无可比数据", f"{name.en}: nothing to compare with yet")


def compared(name: Sentence, figure: Figure, scope: Scope, reached: bool) -> Sentence:
    """Say of a figure how it stands beside its peers, with both figures and their sources."""
    peers = figure.peers[scope]
    words = Sentence("达到", "reached") if reached else Sentence("未达到", "not reached")
    own = figure.source.strip() or Sentence("未给出处", "no source given")
    beside = _beside(peers)
    return Sentence(
        f"{name}：{words}，本厂 {figure.value:g}（{own}），{SCOPES[scope]}{beside}"
        f"（{peers.source.strip()}）",
        f"{name.en}: {words.en}, this factory {figure.value:g} ({said(own, 'en')}),"
        f" {SCOPES[scope].en} {beside.en} ({peers.source.strip()})",
    )


def follows(open_ones: Sequence[str]) -> Sentence:
    """Say that a verdict follows from those on other clauses, and which of them decide."""
    which, which_en = "", ""
    if open_ones:
        which, which_en = f"（{'、'.join(open_ones)}）", f" ({', '.join(open_ones)})"
    return Sentence(
        f"由所涉各条的结论得出{which}。", f"Follows from the clauses it refers to{which_en}."
    )


def stated(holds: bool, listed: bool, source: str) -> Sentence:
    """Say who states that a condition holds or does not."""
    told = (
        Sentence("企业自述符合", "The enterprise states that it holds")
        if holds
        else Sentence("企业自述不符合", "The enterprise states that it does not hold")
    )
    if listed:
        told = Sentence(
            "名单所列，由本项目据此得出", "Named in a list, from which this project concludes it"
        )
    stands = _source(source)
    return Sentence(f"{told}{stands}。", f"{told.en}{stands.en}.")


def exception(condition: Condition) -> Sentence:
    """Return the way out that a condition leaves, "" where it leaves none."""
    if condition.strictness == "in_principle":
        return IN_PRINCIPLE
    if condition.exception:
        told = condition.exception
        return Sentence(
            f"通知写明例外：{told}。", f"The notice names an exception (in its words: {told})."
        )
    return Sentence("", "")


def indicator(name: str, kpi: Kpi | None) -> Sentence:
    """Return what a figure is of: an indicator with its id, else as it is given."""
    if kpi is None:
        return MATURITY if name == "maturity" else Sentence(name, name)
    return Sentence(f"{name} {kpi.name}", f"{name} {kpi.name_en}")


def _by_area(guide: Guide, areas: Iterable[str], found: Found) -> Sentence:
    return joined(
        (
            Sentence(
                f"{_area(guide, area)}：{'、'.join(map(_scene, found[area]))}",
                f"{_area(guide, area).en} by {_in_english(map(_scene, found[area]))}",
            )
            for area in areas
        ),
        "；",
        "; ",
    )


def _areas(guide: Guide, areas: Iterable[str]) -> Sentence:
    return joined((_area(guide, area) for area in areas), "、", ", ")


def _area(guide: Guide, area_id: str) -> Sentence:
    return _named(guide.area(area_id))


def _named(thing: Area | Scene) -> Sentence:
    return Sentence(thing.name, thing.name_en or thing.name)


def _scene(scene: Scene) -> Sentence:
    name = _named(scene)
    return Sentence(f"{scene.id} {name}", f"{scene.id} {name.en}")


def _in_english(parts: Iterable[Sentence]) -> str:
    return ", ".join(part.en for part in parts)


def _asked_for(comparison: Comparison) -> Sentence:
    scope = SCOPES[comparison.scope]
    leads = comparison.standing == "leading"
    return Sentence(
        f"{scope}{'领先水平' if leads else '平均水平'}的数值及其出处",
        f"that of {'the leaders' if leads else 'the average'} of {scope.en}, with where it stands",
    )


def _beside(peers: Peers) -> Sentence:
    told = []
    if peers.average is not None:
        told.append(Sentence(f"平均 {peers.average:g}", f"average {peers.average:g}"))
    if peers.leading is not None:
        told.append(Sentence(f"领先 {peers.leading:g}", f"leaders {peers.leading:g}"))
    return joined(told, "、", ", ")


def _source(source: str) -> Sentence:
    if source.strip():
        return Sentence(f"，出处：{source}", f" (source: {source})")
    return Sentence("，未给出处", " (no source given)")

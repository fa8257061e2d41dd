"""The four parts that annex 3 asks for: which headings are theirs and what each should hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.document import Place
from ingest.outline import ASIDE, LONGEST_LABEL, Fragment, Heading, Outline
from kg.text import count_han, squeeze
from ontology.conditions import Material

State = Literal["present", "nearly_empty", "missing"]
# Chinese characters below a heading; less cannot say what the notice asks for. A form's basic data
# are short.
SHORTEST_PART, SHORTEST_DATA = 60, 25
SHORTEST_ITEM = 2
_PLACEHOLDER = re.compile(
    r"(?:无|略|空|暂无|待定|待补充?|见附件|详见附件|同上|[-—/\\.…·xX×_\s]+|n/?a)?[。.]?",
    re.IGNORECASE,
)
# How a heading of each part may be worded: what it is about, then what of it.
_TITLES = {
    1: re.compile(
        r"(?:申报|企业|公司|单位|主体|法人).{0,6}(?:信息|情况|概况|简介|介绍|资料)|^基本信息(?:表)?$"
    ),
    2: re.compile(
        r"(?:智能工厂|项目|工厂|车间)(?:的)?(?:总体|整体)?(?:基本|建设)?(?:情况|信息|概况|概述|简介|介绍)"
    ),
    3: re.compile(r"场景"),
    4: re.compile(r"成效|效益|成果|先进性|绩效"),
}
# Behind a part's number, its title may be that of another part in other words.
_NOT = {
    2: re.compile(r"场景|成效|企业|单位|公司|主体"),
    3: re.compile(r"场景\s*[0-9一二三四五六七八九十]"),
}
# What the notice asks for in each part and the words by which forms call it.
_ITEMS: tuple[tuple[int, str, str], ...] = (
    (1, "企业名称", r"(?:企业|单位|公司|主体)(?:的)?(?:名称|全称)|(?:有限|股份|集团)公司"),
    (1, "地址", r"地址|住所|所在地|注册地|厂址|位于|坐落|地处"),
    (1, "性质", r"性质|所有制|(?:经济|企业|单位)类型|民营|国有|[国央]企|[外合]资|股份制|上市"),
    (1, "行业", r"行业|从事|主营|主要产品|制造业|加工业"),
    (1, "联系方式", r"联系人|联系方式|联系电话|手机|电话|邮箱|电子邮件"),
    (2, "建设起止时间", r"起止|建设(?:时间|周期|期限)|开工|竣工|建成投产"),
    (2, "总投资", r"投资"),
    (2, "集成商", r"集成商|集成单位|承建|总承包|供应商|实施单位"),
    (2, "项目简介", r"简介|概述|概貌|建设内容|主要内容|项目背景|介绍"),
    (2, "建设成效", r"成效|效益|成果"),
    (2, "真实性承诺", r"承诺|声明|真实"),
    (3, "项目总体情况", r"总体|总览|概述|概况|整体"),
    (3, "具体场景建设情况", r"具体场景|场景(?:实例|描述|建设|实施|应用|[0-9一二三四五六七八九十])"),
    (3, "系统集成情况", r"系统集成|集成(?:情况|架构)|互联互通|^集成$"),
    (4, "项目的先进性与特色", r"先进性|特色|创新|亮点|领先|首创|率先"),
    (4, "实施成效", r"成效|效益|成果|指标"),
    (4, "后续实施计划", r"后续|下一步|下一阶段|未来|今后|明年|展望|打算|规划|计划"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """Something that the notice asks for in a part: where it stands and how that begins."""

    name: str
    state: State
    place: Place | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the four parts: its heading as written, where it begins and ends, how much it says."""

    order: int
    name: str
    asked: str
    state: State
    heading: str = ""
    begins: Place | None = None
    ends: Place | None = None
    characters: int = 0
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class PartText:
    """A part with the fragments under it, its own heading first."""

    part: Part
    fragments: tuple[Fragment, ...] = ()
    start: int = 0  # the number of its first fragment in the document


def parts_of(found: Outline, materials: Sequence[Material]) -> tuple[PartText, ...]:
    """Return the four parts in the notice's order, wherever they stand in the document."""
    starts = _starts(found)
    ordered = sorted(starts.values())
    parts = []
    for material in materials:
        start = starts.get(material.order)
        if start is None:
            missing = tuple(Item(name, "missing") for n, name, _ in _ITEMS if n == material.order)
            part = Part(material.order, material.name, material.text, "missing", items=missing)
            parts.append(PartText(part))
            continue
        end = next((one for one in ordered if one > start), len(found.fragments))
        parts.append(replace(_part(material, found.fragments[start:end]), start=start))
    return tuple(parts)


def _starts(found: Outline) -> dict[int, int]:
    """Return at which fragment each part begins: at the outermost of its headings that stands as
    high as the other parts' do, and of several the one with most text below.
    """
    candidates: dict[int, list[tuple[int, int]]] = {}
    for number, fragment in enumerate(found.fragments):
        heading = fragment.path[-1] if fragment.path else None
        if heading is None or heading.place != fragment.place:
            continue
        order = part_of_title(heading)
        if order is not None:
            candidates.setdefault(order, []).append((heading.depth, number))
    highest = _common_depth(candidates)
    starts: dict[int, int] = {}
    for order, own in candidates.items():
        least = min(depth for depth, _ in own)
        if least <= highest:
            numbers = [number for depth, number in own if depth == least]
            starts[order] = max(numbers, key=lambda number: _below(found.fragments, number))
    return starts


def _common_depth(candidates: dict[int, list[tuple[int, int]]]) -> int:
    """Return how deep the headings of parts stand: as deep as most of them do at their highest."""
    least = sorted(min(depth for depth, _ in own) for own in candidates.values())
    return least[len(least) // 2] if least else 0


def part_of_title(heading: Heading) -> int | None:
    """Return the part that a heading names, None where it names none."""
    title = squeeze(heading.title).replace(" ", "")
    for order in (3, 4, 1, 2):
        excluded = _NOT.get(order)
        if _TITLES[order].search(title) and not (excluded and excluded.search(title)):
            return order
    return None


def _below(fragments: Sequence[Fragment], number: int) -> int:
    """Count the characters below a heading, up to the next heading as high."""
    depth = fragments[number].path[-1].depth
    total = 0
    for fragment in fragments[number + 1 :]:
        if len(fragment.path) < depth or fragment.path[depth - 1] != fragments[number].path[-1]:
            break
        total += count_han(fragment.text)
    return total


def _part(material: Material, fragments: Sequence[Fragment]) -> PartText:
    heading = fragments[0].path[-1]
    characters = sum(count_han(body(one)) for one in fragments)
    least = SHORTEST_DATA if material.order == 1 else SHORTEST_PART
    state: State = "present" if characters >= least else "nearly_empty"
    part = Part(
        material.order,
        material.name,
        material.text,
        state,
        f"{heading.number}{heading.title}",
        fragments[0].place,
        fragments[-1].place,
        characters,
        tuple(_item(name, rule, fragments) for n, name, rule in _ITEMS if n == material.order),
    )
    return PartText(part, tuple(fragments))


def body(fragment: Fragment) -> str:
    """Return a fragment without the heading or label that it begins with."""
    if not fragment.path:
        return fragment.text
    heading = fragment.path[-1]
    before, _, rest = fragment.text.partition(heading.title)
    begins = squeeze(before) in {"", squeeze(heading.number)}
    return ASIDE.sub("", rest).lstrip("：:。 \t") if begins else fragment.text


def _item(name: str, rule: str, fragments: Sequence[Fragment]) -> Item:
    """Return where an item stands: under a heading or label of its own, else in running text."""
    for fragment in fragments[1:]:
        own = fragment.path[-1].title if fragment.path else ""
        if own and re.search(rule, own):
            said = _under(fragments, fragment) or (own if len(own) > LONGEST_LABEL // 2 else "")
            state: State = "nearly_empty" if _is_empty(said) else "present"
            return Item(name, state, fragment.place, said[:40])
    for fragment in fragments[1:]:
        if found := re.search(rule, fragment.text):
            words = fragment.text[max(0, found.start() - 20) : found.end() + 20]
            return Item(name, "present", fragment.place, words)
    return Item(name, "missing")


def _under(fragments: Sequence[Fragment], first: Fragment) -> str:
    """Return what is said under the heading or label that a fragment begins."""
    heading = first.path[-1]
    return "".join(body(one) for one in fragments if heading in one.path).strip()


def _is_empty(text: str) -> bool:
    return len(text) < SHORTEST_ITEM or _PLACEHOLDER.fullmatch(text) is not None


def item_elsewhere(item: Item, fragments: Sequence[Fragment]) -> Item | None:
    """Return an item that has a label of its own in another part of the document."""
    if item.name == "建设成效":  # part 4 is headed so
        return None
    rule = next(rule for _, name, rule in _ITEMS if name == item.name)
    for fragment in fragments:
        own = fragment.path[-1].title if fragment.path else ""
        said = body(fragment)
        if re.search(rule, own) and said and len(own) <= LONGEST_LABEL and not _is_empty(said):
            return Item(item.name, "present", fragment.place, said[:40])
    return None

"""Integrators and suppliers: organisations that a document names in that role, or in that deed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.extract.claim import Integrator, Role
from ingest.extract.deeds import by_deed
from ingest.extract.nlp import Mention, Sentence, sentences
from ingest.extract.standing import IN_FORM, IN_SENTENCE, Context, clause_of, stand_of

_ORGANISATION = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9()·&\-]{2,40}?"
    r"(?:公司|研究[院所]有限公司|设计院有限公司|研究院|研究所|设计院|大学|学院|实验室|研究中心|集团(?!有限|股份|公司|控股)|(?<!工)厂(?![商家区房]|有限|股份))"
    r"(?:[\u4e00-\u9fff]{2,12}(?:研究院|研究所|学院|有限公司)(?<![和与及、]))?"
)
# What may stand before a name without a mark between.
_LEAD = re.compile(
    r"^(?:主要|均|分别|其中|项目|本项目|工厂|包括|有|我公司|本公司|公司)*(?:由|为|是|与|和|及|以及|委托|联合|选用|选择|采购自|包括|有|[:：])+"
)
_BEFORE_NAME = re.compile(r"^[)\-\s:：]+")
# Roles that are neither; what stands in their clause is none of ours.
_OTHER_ROLE = re.compile(r"(?:监理|咨询|业主|客户|用户|审计|认证|检测|设计)(?:单位|方|机构|公司为)")
_WITHIN = re.compile(
    r"^.*(?:由|委托|联合|选用|采购自|携手|依托|请了|借助)(?=[\u4e00-\u9fffA-Za-z]{4})"
)
_MARK = re.compile(r"[，、；。：:\s/]|(?<=公司)[和与及]|(?<=研究院)[和与及]|(?<=大学)[和与及]")
_OWN = re.compile(r"^(?:我|本|该|贵)?(?:公司|集团公司|集团|厂|大学|学院)$")


def integrators(sentence: Sentence, context: Context, applicant: str) -> Iterator[Integrator]:
    """Yield organisations that a sentence names as integrator or supplier, not the applicant."""
    named: set[str] = set()
    for start, end, role, rule in (*by_deed(sentence), *_beside_role(sentence, context)):
        name = context.fragment.text[start:end]
        stand = stand_of(sentence, start, end, context)
        # A name that is read twice is the shorter one: 委托甲公司 is 甲公司.
        if stand is None or name == applicant or any(one in name for one in named):
            continue
        named.add(name)
        labels = sentence.of("role") or _label_roles(context)
        labelled = context.fragment.text.startswith(tuple(one.text for one in labels) or ("\0",))
        yield Integrator(name, context.fragment.place, stand.standing, stand.because, rule,
                         IN_FORM if labelled else IN_SENTENCE, name, role)  # fmt: skip


def _beside_role(sentence: Sentence, context: Context) -> Iterator[tuple[int, int, Role, str]]:
    """Yield the organisations beside words of a role, or behind a label that is one."""
    roles = sentence.of("role")
    label = roles or _label_roles(context)
    if not label:
        return
    for start, end in _organisations(sentence, roles):
        role = _role(sentence, start, end, roles) or (label[0] if not roles else None)
        if role is not None:
            yield start, end, _ROLES[role.key], "organisation beside a role"


def _label_roles(context: Context) -> tuple[Mention, ...]:
    """Return the roles in the label that a sentence stands behind: 集成单位：甲公司；乙公司."""
    title = context.fragment.path[-1].title if context.fragment.path else ""
    behind = title and context.fragment.text.startswith(title)
    found = sentences(title) if behind else ()
    return tuple(one for sentence in found for one in sentence.of("role"))


_ROLES: dict[str, Role] = {"integrator": "integrator", "supplier": "supplier"}


def _organisations(sentence: Sentence, roles: tuple[Mention, ...]) -> Iterator[tuple[int, int]]:
    """Yield where organisations are named: between marks and words of a role."""
    cuts = {sentence.start, sentence.end}
    cuts |= {sentence.start + one.start() for one in _MARK.finditer(sentence.text)}
    cuts |= {sentence.start + one.end() for one in _MARK.finditer(sentence.text)}
    cuts |= {place for one in roles for place in (one.start, one.end)}
    ordered = sorted(cuts)
    for first, last in pairwise(ordered):
        text = sentence.between(first, last)
        for found in _ORGANISATION.finditer(text):
            name = found[0]
            for rule in (_BEFORE_NAME, _WITHIN, _LEAD):
                name = rule.sub("", name)
            if len(name) > 4 and not _OWN.match(name):
                yield first + found.end() - len(name), first + found.end()


def _is_served(sentence: Sentence, start: int, end: int) -> bool:
    """Whether something is supplied to an organisation, which is a customer: 为甲公司提供零件."""
    before, behind = sentence.between(start - 1, start), sentence.between(end, end + 2)
    return before in {"为", "向", "给"} and behind in {"提供", "供应", "供货", "配套"}


def _role(sentence: Sentence, start: int, end: int, roles: tuple[Mention, ...]) -> Mention | None:
    """Return the role of an organisation: of its clause, else the last one named before it."""
    first, last = clause_of(sentence, start, end)
    own = [one for one in roles if first <= one.start < last]
    before = [one for one in roles if one.end <= start]
    if _OTHER_ROLE.search(sentence.between(first, end)) or _is_served(sentence, start, end):
        return None
    if own:
        return min(own, key=lambda one: min(abs(one.end - start), abs(one.start - end)))
    return before[-1] if before else None

"""Words of the form in a scene cell that are no part of an item: what leads a list or a part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.annex4.separators import strong_cuts
from ingest.annex4.spelling import without_role_words
from ingest.annex4.wording import plain

ROLES = ("segment", "scene", "instance")
EXAMPLE = re.compile(
    r"[（(]?\s*(?:示例|样例|例如|例)\s*[:：]?|[（(]罗列[）)]\s*[:：]?"
)  # over the form's printed example
# What stands over a list and is none of it: 典型场景实例如下：, （罗列）.
_INTRODUCTION = re.compile(
    r"[（(]?(?:本?(?:项目|公司|企业|工厂|单位))?(?:共|主要|分别|所|已)*(?:涉及|包括|包含|建设|覆盖|有)?[的了]?"
    r"(?:\d+个?|[一二三四五六七八九十]+个)?(?:环节)?、?(?:\d+个?|[一二三四五六七八九十]+个)?(?:典型|应用)?(?:场景|实例)+"
    r"(?:清单|[（(]罗列[）)]|分别|如下|包括|有|为)*[)）]?\s*[:：。]?"
)
_TELLS_OF_LIST = re.compile(r"[:：]\Z|如下|罗列|[\d一二三四五六七八九十]个")
LED_EXAMPLE = re.compile(r"[（(]?\s*(?:示例|样例|例如|例)\s*[:：]\s*(?:1\s*[.、．]\s*)?")
_A_PART = re.compile(r"(?:环节|场景)(?:名称|名)?\s*[:：】\])）]")
_NEXT_PART = re.compile(r"[【\[(（]?\s*(场景|实例)(?:名称|名)?\s*[:：】\])）]")


def introduces(text: str) -> bool:
    """Tell whether a text stands over a list and is none of it: 涉及3个典型场景：, 示例：."""
    text = plain(text)
    if EXAMPLE.fullmatch(text):
        return True
    return bool(_INTRODUCTION.fullmatch(text) and _TELLS_OF_LIST.search(text))


def names_next_part(before: str, text: str) -> bool:
    """Tell whether a line says by a word of the form that it is the next part of an item."""
    if not (role := _NEXT_PART.match(plain(text))):
        return False
    named = plain(before)
    return _A_PART.search(named) is not None and role[1] not in named


def are_roles(parts: Sequence[str]) -> bool:
    """Tell whether parts are those of one item: 环节名：…；场景名：…；实例名：…."""
    if all(_NEXT_PART.match(plain(part)) for part in parts[1:]):
        return True
    named = all(without_role_words(part) != part for part in parts)
    return named and len(parts) == len(ROLES) and not any(map(strong_cuts, parts))

"""An enterprise as a cell names it: its present full name, a former one, a factory beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BLANK_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_FORM = r"(?:公司|厂|院|所|中心|合作社|矿|局|社|合伙\W?)"
_FULL = re.compile(rf"{_FORM}(?:[（(][^）)]*[）)])?\s*\Z")
# 原 alone is the beginning of many words: 原料药基地 is no former name.
_OLD = re.compile(
    r"\s*[（(]\s*(?:原名|曾用名|更名前|前身为|前身|原(?=.*(?:公司|厂|集团|院|所|社|中心)\s*[）)]))"
    r"\s*[:：]?\s*([^）)]{2,})[）)]"
)
_FACTORY = "(?:工厂|车间|基地|产线|厂区|生产线)"
_WITH_FACTORY = re.compile(
    rf"\A(.{{3,}}?{_FORM})\s*(?:[-—–―－、，,/／:：]+\s*|[（(]\s*)(.{{2,}}?(?:{_FACTORY}|项目))\s*[）)]?\Z"
)
_RUN_TOGETHER = re.compile(rf"\A(.{{3,}}?公司)([^公司]{{2,}}{_FACTORY})\Z")
# 示范集团江城示范机械有限公司: the group's own word stands in the name behind it once more.
_GROUP_PREFIX = re.compile(
    r"\A.{0,6}?(?P<core>.{2})集团(?!有限|股份|公司|总公司|控股|[（(])(?P<name>.{4,}公司)\Z"
)


@dataclass(frozen=True, slots=True)
class Enterprise:
    """What a cell says of an enterprise; former name and factory are "" where it says none."""

    as_found: str
    name: str
    old_name: str = ""
    factory: str = ""

    @property
    def is_full(self) -> bool:
        """Whether the name ends as registered names do."""
        return _FULL.search(self.name) is not None

    @property
    def behind_group(self) -> str:
        """The name behind that of a group set before it, "" where none is."""
        match = _GROUP_PREFIX.match(self.name)
        return match["name"] if match and match["core"] in match["name"] else ""


def enterprise_of(written: str) -> Enterprise:
    """Return what a cell says; blanks that extractors put into names are taken out."""
    old = _OLD.search(written)
    name = _BLANK_BETWEEN_HAN.sub("", _OLD.sub("", written)).strip()
    match = _WITH_FACTORY.match(name) or _RUN_TOGETHER.match(name)
    return Enterprise(
        written,
        match[1] if match else name,
        old[1].strip() if old else "",
        match[2] if match else "",
    )

"""An enterprise as a cell names it: its present full name, a former one, a factory beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.annex4.wording import plain
from kg.ids import name_key

_BLANK_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_FORM = r"(?:公司|厂|院|所|中心|合作社|矿|局|社|合伙\W?)"
_FULL = re.compile(rf"{_FORM}(?:[（(][^）)]*[）)])?\s*\Z")
_SAID_SHORT = re.compile(r"[（(]\s*(?:以下)?简称")
# A factory's name, not that of whoever runs it: 路由器卓越级智能工厂.
_ONLY_FACTORY = re.compile(
    r"(?:智能|智慧|数字化?|数智化?|未来|无人|黑灯|灯塔)\s*(?:工厂|车间)(?:[（(][^）)]*[）)])?\s*\Z"
)
_EDGES = " \t。.．，,；;、：:"
_QUOTED = re.compile(r"[“\"'‘「]([^“”\"'‘’「」]+)[”\"'’」]")
_SQUARE = str.maketrans("【】[]〔〕", "（）（）（）")
_BODY = "(?:公司|厂|集团|院|所|社|中心)"
_FORMERLY = (
    "原(?:企业|公司|单位)?(?:名称?|称)|曾用名称?|曾名|旧称|(?:旧|老|历史)(?:名字|名称|名)|前称"
    "|(?:更名|改名|变更|改制)前(?:名称)?(?:为|是)?|更名自|前身(?:为|是)?|(?:以前|之前|过去)(?:叫|名为|为|是)"
    "|(?:19|20)\\d\\d年(?:\\d+月)?(?:以前|之前|前)(?:叫|名为|为|是)?|formerly|former(?: name)?"
)
# How a former name is told beside the present one. 原 alone begins many words: 原料药基地 is none.
_OLD = (
    re.compile(
        rf"\s*[（(]\s*(?:{_FORMERLY}|原(?=.{{,60}}{_BODY}[”\"]?\s*(?:[，,；;][^）)]*)?[）)]))"
        rf"\s*[:：]?\s*([^）)]{{2,60}})[）)]"
    ),
    re.compile(
        r"\s*[（(][^）)由]{0,8}由\s*([^）)]{2,60}?)\s*(?:更名|改名|变更|改制|改组|重组)[^）)]*[）)]"
    ),
    re.compile(
        r"\s*[（(]\s*(?:名称变更|更名)\s*[:：]?\s*([^）)]{2,60}?)\s*(?:→|->|至|为)[^）)]*[）)]"
    ),
    re.compile(rf"[\s，,、/／;；]+(?:{_FORMERLY}|原)\s*[:：]?\s*(.{{2,60}}{_BODY})\Z"),
)
# 甲公司（现更名为乙公司）: the present name is the one in brackets.
_NOW = re.compile(
    rf"(.{{4,60}}?)\s*[（(]\s*(?:现(?:名|用名|称)?|(?:现|已)\S{{0,4}}?(?:为|[：:]))\s*[:：]?"
    rf"\s*([^）)]{{4,60}}{_BODY})\s*[）)]\s*"
    rf"|(.{{4,60}}?{_BODY})\s*[，,]?\s*(?:→|->|[现已]?(?:更名|改名|变更)[为至])\s*(.{{4,60}}{_BODY})"
)
# 原甲公司，现乙公司.
_THEN_NOW = re.compile(
    rf"\s*原(.{{4,60}}?{_BODY})\s*[，,、；;\s]\s*现(?:更名|名|改)?[为称]?\s*[:：]?(.{{4,60}}{_BODY})\s*"
)
_FACTORY = (
    "(?:工厂|车间|基地|产线|厂区|生产线|事业部|工段|分厂|(?:工厂|车间|产线)(?:建设|改造|升级)?项目)"
)
_WITH_FACTORY = re.compile(
    rf"\A(.{{3,}}?{_FORM})\s*(?:[-—–―－、，,/／:：]+\s*|[（(]\s*)(.{{2,}}?(?:{_FACTORY}|项目))\s*[）)]?\Z"
)
_RUN_TOGETHER = re.compile(
    rf"\A(.{{3,}}?公司)[“\"《]?([^公司“”\"]{{2,}}{_FACTORY}|第?[一二三四五六七八九十\d]+(?:分厂|厂|车间))[”\"》]?\Z"
)
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
        name = plain(self.name)
        other = _SAID_SHORT.search(name) or _ONLY_FACTORY.search(name)
        return _FULL.search(name) is not None and other is None

    @property
    def behind_group(self) -> str:
        """The name behind that of a group set before it, "" where none is."""
        match = _GROUP_PREFIX.match(plain(self.name))
        return self.name[match.start("name") :] if match and match["core"] in match["name"] else ""


def enterprise_of(written: str) -> Enterprise:
    """Return what a cell says; blanks that extractors put into names are taken out."""
    present, old = _present_and_old(written)
    name = _BLANK_BETWEEN_HAN.sub("", present).strip(_EDGES)
    if quoted := _QUOTED.fullmatch(name):
        name = quoted[1]
    match = _WITH_FACTORY.match(plain(name)) or _RUN_TOGETHER.match(plain(name))
    return Enterprise(
        written,
        _part(name, match, 1) if match else name,
        old.strip(),
        _part(name, match, 2) if match else "",
    )


def _present_and_old(written: str) -> tuple[str, str]:
    """Return a text without the former name told in it, and that name, "" where none is."""
    text = plain(written).translate(_SQUARE)
    if now := _NOW.fullmatch(text) or _THEN_NOW.fullmatch(text):
        before, after = (number for number, part in enumerate(now.groups(), start=1) if part)
        return _part(written, now, after), _part(written, now, before)
    for shape in _OLD:
        if old := shape.search(text):
            named = re.split(r"[，,；;]", _part(written, old, 1))[0].strip('“”"')
            return written[: old.start()] + written[old.end() :], named
    return written, ""


def _part(text: str, match: re.Match[str], group: int) -> str:
    """Return what a match in a text's plain form found, in the text's own signs."""
    return text[slice(*match.span(group))]


def enterprise_key(applicant: str) -> str:
    """Return what spellings of one enterprise's full name share, former names left out."""
    return name_key(enterprise_of(applicant).name)

"""What stands around a list: title, issuing body, number, batch, date, stage, announced count."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lists.listing import FIRST_YEAR, GRADIENT, LEVELS, Identity, Stage, Subject
from ingest.lists.sequence import chinese_number, read_number
from ingest.lists.spelling import plain

_NUMBER = re.compile(
    r"^[（(]?([\u3400-\u9fff]{2,16})[〔\[（(【](20\d\d)[〕\]）)】]第?(\d{1,5})号[）)]?$"
)
_BODY_END = "厅|局|委员会|委|部|办公室|人民政府|管委会|协会|联合会|联盟|研究院"
_SIGNED = re.compile(rf"^(?!各)[\u3400-\u9fff]{{2,30}}(?:{_BODY_END})$")
_LABELLED = re.compile(
    r"^(?:发布单位|发文机关|发布机构|发文单位|公示单位|信息来源|来源)[:：](.{4,40})$"
)
_IN_TITLE = re.compile(
    rf"^([\u3400-\u9fff]{{2,28}}?(?:{_BODY_END})(?:办公厅|办公室)?)(?:等[^关]*)?关于"
)
_BATCH = re.compile(r"第([0-9〇零一二两三四五六七八九十百]{1,4})批")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_DAY = re.compile(r"^(20\d\d)年(\d{1,2})月(\d{1,2})日$")
_COUNT = "([0-9〇零一二两三四五六七八九十百千]+)(?:家|个|项|户)"
_IN_ALL = re.compile(rf"(?:共|共计|合计|总计)[^，。；,;、]{{0,12}}?{_COUNT}")
_NAMED = re.compile(rf"(?:确定|认定|公示|公布|入选|予以)[^，。；,;、]{{0,20}}?{_COUNT}")
_LEVEL = re.compile(r"([\u3400-\u9fff]{2}级)(?:[（(][^（）()]*[）)])?(?:的|培育)?(?:智能工厂|名单)")
_TITLE_WORDS = ("名单", "公示", "公布", "认定", "通知", "公告", "汇总", "榜")
_SUBJECT_WORDS = ("智能工厂", "场景", "工厂", "车间")
# The words of a title that say how far a list is; the first that is found counts.
_STAGES = (
    (re.compile("拟认定|拟公布|拟入选|拟推荐|拟确定|拟入库"), Stage.PROPOSED),
    (re.compile("公示"), Stage.PUBLICISED),
    (re.compile("公布|认定|入选|发布|印发|确定|获评|通报"), Stage.AWARDED),
)
_OF_A_PLACE = ("省级", "市级", "区级", "县级", "国家级")


@dataclass(frozen=True, slots=True)
class Heading:
    """What is said around a list; `unknown_level` is a level word that the programme lacks."""

    title: str
    identity: Identity
    date: str
    announced: int | None
    unknown_level: str = ""


def read_heading(lines: Sequence[str]) -> Heading:
    """Return what the lines around a list say, titles above and signatures below alike."""
    cleaned = [line for line in map(plain, lines) if line]
    title = _title(cleaned)
    compact = "".join(title.split())
    date = _last_day(cleaned)
    number = _own_number(cleaned)
    year = _year(compact, number, date)
    level, unknown = _level(compact)
    subject = Subject.SCENES if _of_scenes(compact) else Subject.FACTORIES
    identity = Identity(
        body=_body(cleaned, compact),
        number=number,
        batch=_batch(compact),
        year=year,
        stage=_stage(compact),
        programme=_programme(compact, year, level, subject),
        level=level,
        subject=subject,
    )
    return Heading(title, identity, date, _announced(cleaned), unknown)


def level_of(text: str) -> str:
    """Return the level that a text names, `先进级（省级）` included, "" where none or several."""
    found = {level for level in LEVELS if level in plain(text)}
    return found.pop() if len(found) == 1 else ""


def _title(lines: Sequence[str]) -> str:
    """Return the line that names a list best: both what is listed and that it is a list."""
    rated = [
        (_words(line, _SUBJECT_WORDS), _words(line, _TITLE_WORDS), -place, line)
        for place, line in enumerate(lines)
        if len(line) <= 80 and not line.endswith(("。", "：", ":", "，"))
    ]
    best = max(rated, default=(0, 0, 0, ""))
    return best[3] if best[0] and best[1] else ""


def _words(line: str, words: Sequence[str]) -> int:
    return int(any(word in line for word in words))


def _body(lines: Sequence[str], title: str) -> str:
    """Return who issued a list: a signature below, a label, or the beginning of the title."""
    for line in lines:
        if found := _LABELLED.match("".join(line.split())):
            return found[1]
    signed = [line for line in ("".join(one.split()) for one in lines) if _SIGNED.match(line)]
    if signed:
        return signed[-1]
    found = _IN_TITLE.match(title)
    return found[1] if found else ""


def _announced(lines: Sequence[str]) -> int | None:
    """Return how many a text says there are in all (共42家), None where it says none or several."""
    for pattern in (_IN_ALL, _NAMED):
        counts = {count for line in lines for count in pattern.findall("".join(line.split()))}
        if counts:
            return _value(counts.pop()) if len(counts) == 1 else None
    return None


def _own_number(lines: Sequence[str]) -> str:
    """Return the document's own number: alone on its line; in a sentence it is another's."""
    for line in lines:
        compact = "".join(line.split())
        if found := _NUMBER.match(compact):
            return f"{found[1]}〔{found[2]}〕{int(found[3])}号"
    return ""


def _batch(title: str) -> int | None:
    found = _BATCH.search(title)
    return _value(found[1]) if found else None


def _value(text: str) -> int | None:
    return read_number(text) if text.isdecimal() else chinese_number(text)


def _year(title: str, number: str, date: str) -> int | None:
    """Return the year of a selection: the title's, else that of the number, else of the day."""
    for text in (title, f"{number[number.find('〔') + 1 :]}年" if number else "", f"{date[:4]}年"):
        if found := _YEAR.search(text.replace("〕", "年")):
            return int(found[1])
    return None


def _last_day(lines: Sequence[str]) -> str:
    for line in reversed(lines):
        found = _DAY.match("".join(unicodedata.normalize("NFKC", line).split()))
        if found:
            try:
                return datetime.date(*map(int, found.groups())).isoformat()
            except ValueError:
                continue
    return ""


def _stage(title: str) -> Stage:
    return next((stage for words, stage in _STAGES if words.search(title)), Stage.REPORTED)


def _level(title: str) -> tuple[str, str]:
    """Return the level that a title names, and a level word that is none of the programme's."""
    level = level_of(title)
    found = _LEVEL.search(title)
    strange = found and found[1] not in LEVELS and not found[1].endswith(_OF_A_PLACE)
    return level, found[1] if found and strange and not level else ""


def _of_scenes(title: str) -> bool:
    return "场景" in title and "智能工厂" not in title


def _programme(title: str, year: int | None, level: str, subject: Subject) -> str:
    """Return the programme of a title; a smart factory before 2024 or without level is another's.

    "" where the title says too little: each row's own level then decides.
    """
    if "灯塔工厂" in title:
        return "wef_lighthouse"
    if "智能制造示范" in title or (subject is Subject.SCENES and year and year < FIRST_YEAR):
        return "demo_2021_2023"
    if subject is Subject.SCENES:
        return ""
    of_now = year is not None and year >= FIRST_YEAR
    if "智能工厂" in title and (level or "梯度" in title) and (of_now or "梯度" in title):
        return GRADIENT
    if "智能工厂" in title and of_now and not any(word in title for word in _OF_A_PLACE):
        return ""
    return "provincial_municipal_other" if title else ""

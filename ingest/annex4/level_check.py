"""What a project's name claims to be: another level, a level nobody awards, another programme."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.annex4.remarks import remark
from ingest.annex4.spelling import is_slip
from ingest.annex4.table import LEVEL_WORDS
from ingest.annex4.wording import plain
from ingest.annex4.words import load_words
from ingest.document import Finding, Place
from kg.text import squeeze
from ontology.sentence import Sentence

_OTHER_PROGRAMME = re.compile(
    r"未来工厂|灯塔工厂|黑灯工厂|5G\S{0,3}工厂|(?:绿色|零碳|无废|数字)工厂|智能制造优秀场景|(?:智能|数字化?|智慧)车间\Z"
    r"|示范(?:工厂|车间)|示范智能车间|标杆(?:工厂|车间|企业)|智能制造(?:试点|标杆)|(?:试点|转型)(?:示范|标杆|企业)"
    r"|数字领航|专精特新|小巨人|单项冠军|揭榜|新模式应用|两化融合|产业集群|制造业集群|星级.{0,2}工厂"
    r"|(?:[省市区县]|国家)级.{0,6}(?:智能工厂|智能车间|数字化车间|示范)|工厂[（(][^（）()]{0,8}(?:[省市]|国家)级[）)]"
    r"|[\u3400-\u9fff]{2,3}[省市](?:\d+家)?智能工厂\Z"
    r"|20(?:1\d|2[0-3])年(?!产).{0,12}(?:智能工厂|示范|车间)"
    r"|(?:智能工厂|车间)[（(]20(?:1\d|2[0-3])"
)
_LEVEL_ENDS = r"(?=(?:智能|智慧|数字化)?(?:工厂|车间)|\s*[）)\]】]|\s*\Z)"
# What is put in a level's place: 先进型, （领航）, L2级; and one character off: 卓悦级, 领行级.
_LEVEL_IN_OTHER_WORDS = re.compile(
    r"[（(\[【]\s*(基础|先进|卓越|领航)\s*[）)\]】]|(基础|先进|卓越|领航)型" + _LEVEL_ENDS
)
_LEVEL_BY_NUMBER = re.compile(r"(?<![A-Za-z0-9])L([1-4])(?:级)?" + _LEVEL_ENDS, re.IGNORECASE)
_LEVEL_WITH_SLIP = re.compile(r"(基.|.础|先.|.进|卓.|.越|领.|.航)级" + _LEVEL_ENDS)
_NO_LEVEL = re.compile(
    r"(?:[初中高特顶]|[一二三四五]|示范|标杆|引领|优质|试点|旗舰|钻石|金牌)级" + _LEVEL_ENDS
)
NO_SUCH_LEVEL = Sentence("没有这个等级", "there is no such level")


def check_level(project: str, level: str | None, place: Place) -> Iterator[Finding]:
    """Yield what a project's name says of levels and titles that is not the table's level."""
    text = squeeze(project)
    named = [word for word in LEVEL_WORDS if word in text]
    if not named and (other := _LEVEL_IN_OTHER_WORDS.search(text)):
        named = [f"{other[1] or other[2]}级"]
    elif not named and (number := _LEVEL_BY_NUMBER.search(text)):
        named = [LEVEL_WORDS[int(number[1]) - 1]]
    if level and named and level not in named:
        yield remark(
            "level_conflict",
            place,
            Sentence(
                f"项目名称中的等级与本表的“{level}”不一致",
                f"the project names another level than the table, {level}",
            ),
            project,
        )
    if not named:
        yield from _check_level_word(project, text, place)
    if _OTHER_PROGRAMME.search(plain(project)):
        said = Sentence(
            "这是其他计划的称号，不是智能工厂梯度培育的等级",
            "this is a title of another programme and no level of this one",
        )
        yield remark("other_programme", place, said, project)


def _check_level_word(project: str, text: str, place: Place) -> Iterator[Finding]:
    """Yield a level that the programme does not know, with the one that was meant if that shows."""
    for spun, word in load_words().spun_levels.items():
        if spun in text:
            said = Sentence(
                f"没有这个等级，是否应为“{word}”？", f"there is no such level; did you mean {word}?"
            )
            yield remark("level_conflict", place, said, project, project.replace(spun, word))
            return
    if slip := _LEVEL_WITH_SLIP.search(text):
        meant = [word for word in LEVEL_WORDS if is_slip(slip[1], word[:-1])]
        proposal = text.replace(f"{slip[1]}级", meant[0]) if len(meant) == 1 else None
        yield remark("level_conflict", place, NO_SUCH_LEVEL, project, proposal)
    elif _NO_LEVEL.search(text):
        yield remark("level_conflict", place, NO_SUCH_LEVEL, project)

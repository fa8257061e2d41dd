"""Deeds: what a sentence says that an organisation did for a factory, without a word for its role.

由甲公司开发, 采购自乙公司, 与丙公司合作搭建了平台; who trains, lends, certifies or buys is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.claim import Role
from ingest.extract.nlp import Sentence

_NAME = (
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9()·&]{2,30}?"
    r"(?:公司|集团(?!有限|股份|公司|控股)|研究总?院|研究所|设计院|股份(?!有限|公司))"
    r"(?:[\u4e00-\u9fff]{0,12}?(?:研究院|研究所|(?<=[院所])(?:股份)?有限公司))?)"
)
# What is integrated or supplied; without one of these a deed says nothing of the factory.
_THING = re.compile(
    r"系统|平台|产线|生产线|车间|工厂|软件|设备|装备|机床|机器人|仓库|仓储|集成|数字|智能|网络|专网|方案|自动化"
    r"|改造|传感器|网关|变频器|相机|仪表|机(?=[0-9台，。])|算法|质检|模型|MES|ERP|WMS|PLM|APS|DCS|SCADA|PLC|AGV|项目"
)
_NO_DEED = re.compile(
    r"培训|人才|战略|客户|销售|出口|审核|认证|咨询|贷款|授信|培养|监理|检测报告|上市|收购"
    r"|配套零|供应商管理"
)
_DOES = (
    r"负责|牵头|总承包|总包|承建|承接|承担|开发|研发|研制|实施|建设|改造|设计|集成|完成|打造|部署"
    r"|搭建|交付|安装|做"
)
_GIVES = r"提供|供货|供应|制造|生产"
_SHORTEST = 4  # characters of a name
_WITHOUT = r"[^，。；]{0,12}?"
_ASKED = r"(?:请了?|聘请|委托|选择|选定)"
_WITH = r"(?:与|和|同|联合|携手|依托|借助)"
_BOUGHT = r"(?:采购自|购自|购置于|选自|出自|引进自|来自|采购于|购于|订购自)"
_USED = r"(?:选用|采用|引入|引进|采购|使用|购买)了?"
_DEEDS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("supplier", re.compile(rf"由{_NAME}{_WITHOUT}(?:{_GIVES})")),
    ("integrator", re.compile(rf"由{_NAME}{_WITHOUT}(?:{_DOES})")),
    ("integrator", re.compile(rf"(?:^|[，。；、])\s*{_NAME}(?:{_DOES}|中标|承揽)")),
    ("integrator", re.compile(rf"{_ASKED}{_NAME}{_WITHOUT}(?:{_DOES}|作为|担任|规划|来)")),
    ("integrator", re.compile(rf"{_WITH}{_NAME}{_WITHOUT}(?:签订|合作|共同|联合|一起|{_DOES})")),
    ("integrator", re.compile(rf"在{_NAME}的?(?:协助|支持|配合|帮助)下")),
    ("integrator", re.compile(rf"是{_NAME}(?:{_DOES})的")),
    ("supplier", re.compile(rf"{_BOUGHT}{_NAME}")),
    ("supplier", re.compile(rf"(?:从|向){_NAME}{_WITHOUT}(?:购|采购|引进|订)")),
    ("supplier", re.compile(rf"{_USED}{_NAME}(?:生产)?的")),
    ("supplier", re.compile(rf"(?:^|[，。；])\s*{_NAME}(?:为|向|给)[^，。；]{{1,8}}(?:{_GIVES})")),
)
_OWN = re.compile(
    r"^(?:我|本|该|贵|母|子|总)?(?:公司|集团公司|集团|厂)$|^(?:我|本|该|母)(?:公司|集团)"
)
_LEAD = re.compile(r"^.*(?:旗下的?|公司与|公司和|公司从|我司与|大学与|大学和)")


def by_deed(sentence: Sentence) -> Iterator[tuple[int, int, Role, str]]:
    """Yield where organisations are named that did or gave something, in which role, by which rule.

    Of a clause that several rules read, the first one counts.
    """
    for role, rule in _DEEDS:
        for found in rule.finditer(sentence.text):
            clause = _clause(sentence.text, found.start("name"), found.end())
            name = _LEAD.sub("", found["name"])
            if _NO_DEED.search(clause) or not _THING.search(clause.replace(found["name"], "")):
                continue
            if not _OWN.search(name) and len(name) >= _SHORTEST:
                end = sentence.start + found.end("name")
                yield end - len(name), end, role, "organisation and its deed"


def _clause(text: str, start: int, end: int) -> str:
    """Return the clause around a place, without the marks at its ends."""
    marks = "，。；！？"
    first = max((text.rfind(mark, 0, start) for mark in marks), default=-1) + 1
    ends = [place for mark in marks if (place := text.find(mark, end)) >= 0]
    return text[first : min(ends, default=len(text))]

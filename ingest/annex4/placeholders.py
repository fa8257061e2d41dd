"""What stands in a cell instead of its content: placeholders, words of the form, formulas' faults.

A placeholder is told by its whole text, so that 无 as a cell is one and 无人仓 is none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.annex4.wording import plain
from ingest.annex4.words import load_words

# Signs that stand for characters nobody has filled in: XX有限公司, 某某项目, ___.
_BLANKS = "xX×ＸｘXx*＊_＿某○〇□△"
_MARKS = r"-—–―－~/／\\|.．。…·、，,;；:：?？!！↑↓←→\s()（）\[\]【】\"'“”〃々＂″"
_NOTHING = (
    r"(?:暂|尚)?(?:无|没有|缺|空缺|空白|空|略|未填|未定|未提供|未确定)|不详|未知|不适用|没有内容"
    r"|(?:名称|内容|实例|场景|信息)?(?:暂|尚)?待(?:企业|单位|公司|对方|领导)?(?:再|后续)?"
    r"(?:定|补充?|填写?|完善|核实|确认|确定|提供|更新|整理|报|续)(?:中|内容|资料|材料)?"
    r"|(?:稍后|随后|后续|后期|另行|容后|日后|正在|尚在)再?"
    r"(?:补|填|提供|整理|完善|确认|核实|统计|编制|收集|报|更新).{0,4}"
    r"|(?:企业|单位|公司|项目)?(?:均|暂|尚|还)?(?:未|没有?)"
    r"(?:填报?|填写|提供|确定|上报|报送|涉及|明确|反馈|收到)"
    r"|(?:均|暂)?不涉及|(?:暂)?无(?:相关|此项|该项|有关)?(?:内容|场景|实例|信息|资料|数据)"
    r"|(?:共|计)?\s*[0-9一二三四五六七八九十两数多]+\s*[个项条处]|若干[个项条]?"
    r"|(?:后|另)补|请(?:填|补|输入|选择).{0,6}|整理中|填写中|完善中|补充中"
)
_ELSEWHERE = (
    r"[详请参另]{0,2}[见阅]"
    r"(?:附|申报|材料|系统|上|下|前|后|左|右|另|第|表|平台|正文|方案|报告|网|《|企业|单位|PDF|WORD|EXCEL|压缩包).{0,12}"
    r"|内容[较过太很]?多[^—]{0,3}[见阅].{2,12}|以(?:纸质|书面|附件|申报|系统|平台|正式|盖章|最终|上报|电子)[^—]{0,8}为准|另附.{1,4}"
    r"|[同与和]\s*第\s*\d{1,3}\s*(?:家|行|项|号)[^—]{0,40}?(?:相同|一致|一样)"
    r"|如(?:上|前|左|右|下)|附后|另附|见附"
    r"|同\s*(?:上|前|左|右|下)(?:述|文|面|方)?"
    r"|[同与和]\s*(?:上|前|左|右|下|第|序号)[^—]{0,6}?"
    r"(?:相同|一致|一样|行|家|项|栏|条|号|款|单位|企业|格)"
)
# What messages and files copied out of a chat leave behind, and what programs write for nothing.
_CHAT = (
    r"\[(?:图片|文件|表格|聊天记录|语音|视频|链接|位置|(?:动画)?表情|附件)\].{0,40}|@[\u3400-\u9fff].{0,30}"
    r"|[^—\s]{1,8}[\s,，:：]+请(?:补充?|填写?|完善|核实|确认)[^—]{0,4}"
    r"|已(?:经)?(?:发送?|上?传|提交)(?:[您你给至到在贵][^—]{0,10}|\s*(?:微信|邮箱|工作群|QQ|钉钉)群?)"
    r"|[^—\s]{1,40}\.(?:xlsx?|docx?|pptx?|pdf|wps|et|jpe?g|png|zip|rar)"
)
_ENGLISH = r"N\s*/\s*A|none|nil|null|nan|undefined|\\N|TBD|TBC|TODO|pending|ditto|same|test|测试"
_FORM = r"(?:请?填写|具体|所属|典型|涉及)*(?:(?:环节|场景|实例)(?:名称|名)?|名称)"
_PLACEHOLDER = re.compile(
    rf"[（(【\[]?(?:{_NOTHING}|{_ELSEWHERE}|{_CHAT}|{_ENGLISH}|(?:{_FORM}|[{_BLANKS}]|[{_MARKS}])+)"
    r"[。.!！]?[)）】\]]?",
    re.IGNORECASE,
)
# What a name is made of besides its own words.
_USUAL = re.compile(
    r"有限责任|股份有限|有限|股份|集团|公司|企业|工厂|智能|项目|车间|建设|生产基地|基地"
    r"|(?:基础|先进|卓越|领航)级|[省市县区]|[（()）\s]"
)
_TITLE = re.compile(
    r"[（(]?(?:申报|推荐|填报)(?:单位|企业)[）)]?|"
    r"[（(]?(?:请?(?:填写|填入|输入))?(?:(?:基础|先进|卓越|领航)级)?(?:申报|推荐|智能)*"
    r"(?:单位|企业|公司|工厂|项目|智能工厂|[（()）])+(?:名称|全称)[）)]?"
)
# An enterprise of examples: 某公司, A企业, 甲公司, 单位1, 平川某阀门有限公司.
_ANY_ENTERPRISE = re.compile(
    r"(?:[某A-Za-zＡ-Ｚ甲乙丙丁]|第?[一二三0-9]+)(?:公司|企业|单位|工厂|集团)"
    r"|(?:公司|企业|单位|工厂|集团)(?:[A-Za-zＡ-Ｚ甲乙丙丁一二三]|\d{1,2})"
    r"|.{2,6}某.{0,6}(?:公司|企业|厂|集团)"
)
_UNFILLED = re.compile(rf"[{_BLANKS}某…]{{2,}}")
_FAULT = re.compile(
    r"(?<![A-Za-z0-9])#(?:REF!|VALUE!|DIV/0!|NUM!|NULL!|NAME\?|N/A\b|SPILL!|CALC!|FIELD!|BLOCKED!"
    r"|GETTING_DATA)|\AErr:\d{3}\Z",
    re.IGNORECASE,
)
# A formula that was copied as text: =C5&"…", =VLOOKUP(…), and what a drawing in a cell leaves.
_FORMULA = re.compile(r"\A=\s*(?:[A-Z][A-Z0-9_.]*\s*\(|(?:[^\s=(]{1,30}!)?\$?[A-Z]{1,3}\$?\d)")
# Signs that nobody means a name by: 1, 123, aaa.
_MEANINGLESS = re.compile(r"\d{1,8}|([A-Za-z])\1{1,7}|[nN]|no|NA", re.IGNORECASE)
_UNFILLED_WITHIN = re.compile(
    r"(?<![A-Za-z0-9XxＸｘ*＊×○_一二三四五六七八九])(?:[XxＸｘ]{2,}|[*＊×]{2,}|○{2,}|_{3,})"
    r"(?![A-Za-z0-9一二三四五六七八九])|某某"
)
_NOTE_MARKS = re.compile(r"[\s，,。.；;：:、！!？?（）()\[\]【】《》“”\"'~～\-—…/]+")
LONGEST_NOTE, LONGEST_WORD = 24, 5  # characters
LONG_NUMBER = 4  # digits: pages and rows have fewer, numbers of persons more
_TOO_NARROW = re.compile(r"[#＃]{3,}")  # what a column shows that is too narrow for its number


def is_placeholder(text: str) -> bool:
    """Tell whether a text stands for content: 无, 同上, TBD, 环节名—场景名—实例名, 123."""
    bare = plain(text).strip()
    if not bare:
        return False
    known = _PLACEHOLDER.fullmatch(bare) or _MEANINGLESS.fullmatch(bare)
    return known is not None or _is_note(bare)


def is_unfilled(text: str) -> bool:
    """Tell whether a name has a place in it that nobody filled in: XX检测, 平川某某有限公司."""
    return _UNFILLED_WITHIN.search(plain(text)) is not None


@lru_cache(maxsize=4096)
def _is_note(text: str) -> bool:
    """Tell whether a text is made of nothing but words of notes, a telling one among them."""
    bare = _NOTE_MARKS.sub("", text)
    if not 0 < len(bare) <= LONGEST_NOTE or bare == "等":  # as it closes a list
        return False
    words = load_words()
    reached: dict[int, set[bool]] = {0: {False}}  # how far words reach, whether one tells
    for start in range(len(bare)):
        for told in reached.get(start, ()):
            for length in range(1, min(LONGEST_WORD, len(bare) - start) + 1):
                word = bare[start : start + length]
                tells = word in words.telling
                if (
                    tells
                    or word in words.beside_telling
                    or (length < LONG_NUMBER and word.isdigit())
                ):
                    reached.setdefault(start + length, set()).add(told or tells)
    return True in reached.get(len(bare), set())


def is_unnamed(text: str) -> bool:
    """Tell whether a name of an enterprise or project is none: XX有限公司, 项目名称 as well."""
    bare = plain(text).strip()
    unfilled = (
        _UNFILLED.fullmatch(_USUAL.sub("", bare))
        or _TITLE.fullmatch(bare)
        or _ANY_ENTERPRISE.fullmatch(bare)
    )
    return is_placeholder(bare) or unfilled is not None or is_unfilled(bare)


def is_fault(text: str) -> bool:
    """Tell whether a spreadsheet shows a formula's fault instead of its value."""
    return _FAULT.search(plain(text)) is not None or is_formula(text)


def is_formula(text: str) -> bool:
    """Tell whether a text is a formula itself, which a program left instead of its value."""
    return _FORMULA.match(plain(text).strip()) is not None


def is_too_narrow(text: str) -> bool:
    """Tell whether a text is what was copied from a column too narrow for its number."""
    return _TOO_NARROW.fullmatch(text) is not None

"""Contacts of persons: found in any text, taken out of it and kept where nothing prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.document import Place
from kg.text import simplified_characters
from ontology.sentence import Sentence

# What stands in a text where a contact was.
MASKS = {
    "mobile": "〔手机号〕",
    "phone": "〔电话〕",
    "mail": "〔邮箱〕",
    "account": "〔账号〕",
    "identity": "〔证件号〕",
    "person": "〔联系人〕",
}
TAKEN = "\x00"  # stands for each character of a contact that is found already
_GAP = r"[\s.\-\u2010-\u2015]{0,2}"
_LABEL = (
    r"(?:(?:联系|办公|固定|移动)?(?:电话号码|电话|手机号码|手机号|手机|座机|传真|方式)"
    r"|(?:电子)?邮箱|邮件|微信(?:号码|号|群)?|QQ(?:号码|号|群)?|e-?mail|tel|mobile|phone)"
)
_TITLE = "(?:经理|主任|总监|先生|女士|老师|部长|科长|处长|工程师|总|工)"
_ROLE = "(?:联系人|联络人|联络员|经办人|填表人|填报人|负责人|责任人|对接人)"
# Family names that open a name beside a number; 甲某 is how lists hide one.
_FAMILY = (
    "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭"
    "郎鲁韦马苗方俞任袁柳鲍史唐费薛雷贺倪汤滕罗毕郝邬安常乐于时傅皮卞齐康伍余顾孟黄穆萧尹姚"
    "邵汪祁毛狄臧戴宋庞熊纪舒屈项祝董梁杜阮闵席季麻贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡"
    "凌霍虞万柯卢莫房解应宗丁宣邓郁单杭洪包左石崔吉龚程邢裴陆翁荀段侯武刘龙叶司黎白蒲邰赖"
    "卓屠乔温庄晏柴瞿阎连习艾向古易廖耿匡国文寇欧师巩聂辛饶曾沙丰关查游权"
)
_NAME = rf"(?:[{_FAMILY}][\u3400-\u9fff]{{1,2}}|[\u3400-\u9fff]某某?)"
# The surest first: what one has taken the next does not look at. The contact is the group.
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("mail", re.compile(r"(?<![\w.+-])([\w.+-]{1,128}@[\w-]+(?:\.[\w-]+)+)", re.ASCII)),
    ("identity", re.compile(r"(?<![0-9A-Za-z])([1-9]\d{5}(?:19|20)\d{9}[\dXx])(?![0-9A-Za-z])")),
    ("mobile", re.compile(
        rf"(?<![\d.])((?:[(（]?\+?(?:00)?86[)）]?{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}})"
        rf"(?!\d(?!\s?[.、．)）]))")),
    # Broken by a line or a blank anywhere, in four parts at most.
    ("mobile", re.compile(
        r"(?<![\d.])(?=(?:\d+\s){0,3}\d+(?!\s?\d))(1\s?[3-9](?:\s?\d){9})(?!\d)")),
    ("phone", re.compile(
        r"(?<![\d.])((?:[(（]0\d{2,3}[)）]\s?|0\d{2,3}[\s\-\u2010-\u2015]{1,2})\d{7,8}"
        r"(?:\s?(?:-|转)\s?\d{1,6})?)(?!\d)")),
    ("phone", re.compile(r"(?<![\d.])([48]00-\d{3}-?\d{4})(?!\d)")),
    ("phone", re.compile(rf"{_LABEL}\s*[:：]?\s*(\d{{7,12}})(?!\d)", re.IGNORECASE)),
    ("account", re.compile(
        r"(?:微信|QQ|wechat|weixin)(?:号码|号|群)?\s*[:：]?\s*([A-Za-z0-9][A-Za-z0-9_-]{4,19})",
        re.IGNORECASE)),
    ("person", re.compile(
        rf"{_ROLE}\s*(?:姓名)?(?:\s*[:：]\s*([\u3400-\u9fff]{{2,4}}?)|\s*({_NAME}{_TITLE}?))"
        rf"(?=\s|[,，;；、/()（）。{TAKEN}]|\Z|{_LABEL})")),
    ("person", re.compile(
        rf"(?:\A|(?<=[\s,，;；、/(（)）]))((?:{_NAME}{_TITLE}?[\s/、，,]{{1,2}}){{0,4}}{_NAME}{_TITLE}?)"
        rf"(?=[\s,，:：/(（]{{0,3}}(?:{_LABEL}\s*[:：]?\s*)?{TAKEN})")),
    ("person", re.compile(
        rf"(?:{TAKEN})[\s,，/]{{0,3}}[(（]?({_NAME}{_TITLE}?)(?=\s|[,，;；、/)）。]|\Z)")),
)  # fmt: skip
_WIDTH = str.maketrans("０１２３４５６７８９＠．－＋", "0123456789@.-+")
# What is left of a contact's surroundings: its label, and brackets and marks with nothing in them.
_LEFT = re.compile(rf"(?:{_ROLE}|{_LABEL})?\s*[:：]?\s*{TAKEN}", re.IGNORECASE)
_EMPTY = re.compile(r"[(（\[【][\s,，;；、:：/]*[)）\]】]")
_TAIL = re.compile(r"[\s,，;；、:：/]+\Z")


class Hidden:
    """A text that no print, log, comparison with words or JSON shows; only `reveal` gives it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text, for those who may see contacts."""
        return self._text

    def __repr__(self) -> str:
        """Show nothing."""
        return "<hidden>"

    def __eq__(self, other: object) -> bool:
        """Be equal to a hidden text of the same words."""
        return isinstance(other, Hidden) and other._text == self._text

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash(self._text)


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact with its kind and its place in the file."""

    kind: str
    place: Place
    text: Hidden = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Span:
    kind: str
    start: int
    end: int


def find_contacts(text: str, place: Place) -> tuple[Contact, ...]:
    """Return the contacts in a text, in its order."""
    return tuple(
        Contact(span.kind, place, Hidden(text[span.start : span.end].strip()))
        for span in _spans(text)
    )


def holds_contact(text: str) -> bool:
    """Tell whether a text holds a contact."""
    return next(_spans(text), None) is not None


def masked(text: str) -> str:
    """Return the text with a mask for every contact."""
    parts, done = [], 0
    for span in _spans(text):
        parts += [text[done : span.start], MASKS[span.kind]]
        done = span.end
    return "".join([*parts, text[done:]])


def masked_sentence(sentence: Sentence) -> Sentence:
    """Return a sentence of ours, which may quote, with a mask for every contact."""
    return Sentence(masked(sentence), masked(sentence.en))


def without_contacts(text: str) -> str:
    """Return the text without contacts, their labels and the brackets that held nothing else."""
    if "\n" in text and any(_broken(text, list(_spans_as_written(text)))):
        text = text.replace("\n", "")  # so that its label is whole as well
    spans = list(_spans(text))
    if not spans:
        return text
    parts, done = [], 0
    for span in spans:
        parts += [text[done : span.start], TAKEN]
        done = span.end
    left = _without_labels("".join([*parts, text[done:]])).replace(TAKEN, "")
    before = None
    while before != left:
        before, left = left, _EMPTY.sub("", left)
    return _TAIL.sub("", left)


def _without_labels(text: str) -> str:
    """Return a text without the labels before what was taken, in whatever characters."""
    parts, done = [], 0
    for label in _LEFT.finditer(text.translate(simplified_characters())):
        parts.append(text[done : label.start()])
        done = label.end()
    return "".join([*parts, text[done:]])


def _spans(text: str) -> Iterator[_Span]:
    """Yield where contacts stand, in order, those that lines break anywhere included."""
    found = list(_spans_as_written(text))
    if "\n" in text:
        found += _broken(text, found)
    yield from sorted(found, key=lambda span: span.start)


def _broken(text: str, found: Sequence[_Span]) -> Iterator[_Span]:
    """Yield what is a contact without the line breaks only: 联系⏎人：甲⏎某."""
    places = [place for place, sign in enumerate(text) if sign != "\n"]
    for span in _spans_as_written(text.replace("\n", "")):
        start, end = places[span.start], places[span.end - 1] + 1
        if all(end <= one.start or start >= one.end for one in found):
            yield _Span(span.kind, start, end)


def _spans_as_written(text: str) -> Iterator[_Span]:
    """Yield where contacts stand; full-width digits count as digits."""
    if len(text) < 2:
        return
    open_text, found = text.translate(simplified_characters()).translate(_WIDTH), []
    for kind, shape in _SHAPES:
        for match in shape.finditer(open_text):
            start, end = match.span(match.lastindex or 0)
            found.append(_Span(kind, start, end))
            open_text = open_text[:start] + TAKEN * (end - start) + open_text[end:]
    yield from sorted(found, key=lambda span: span.start)

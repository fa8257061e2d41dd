"""The spaCy pipeline: where sentences end, where tokens stand, and which rules of ours match.

Nothing is learnt and nothing downloaded: a blank Chinese pipeline whose tokenizer keeps numbers and
Latin words whole and takes every other character alone, a sentencizer, and an entity ruler with our
vocabularies (`words.csv`, the indicators' names) and our patterns of amounts, dates and quantities.
Of overlapping matches the ruler keeps the longest, so 生产计划 in the vocabulary hides its 计划.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.effects.reading import kpi_words
from kg.text import simplified_characters

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

WORDS = Path(__file__).parent / "words.csv"
LONGEST_SENTENCE = 1_000  # characters
SENTENCE_ENDS = ["。", "！", "？", "!", "?", "；", ";", "\n"]
_Token = dict[str, object]
_TOKEN = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|[A-Za-z]+|\s+|.", re.DOTALL)
_NUMBER: _Token = {"TEXT": {"REGEX": "^[0-9]"}}
_YEAR: _Token = {"TEXT": {"REGEX": "^(?:19|20)[0-9]{2}$"}}
_SHORT_YEAR: _Token = {"TEXT": {"REGEX": "^(?:1[5-9]|2[0-9])$"}}  # 21年6月
_DAY: _Token = {"TEXT": {"REGEX": "^(?:0?[1-9]|[12][0-9]|3[01])$"}}
_BEFORE_MONTH: _Token = {"TEXT": {"IN": [".", "-", "/"]}}
_HAN_AMOUNT: _Token = {"TEXT": {"IN": list("一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟")}}
_MONTH: _Token = {"TEXT": {"REGEX": "^(?:0?[1-9]|1[0-2])$"}}
_HAN_DIGIT: _Token = {"TEXT": {"IN": list("〇零一二三四五六七八九")}}
_HAN_NUMBER: _Token = {"TEXT": {"IN": list("一二两三四五六七八九十百")}}
_BLANK: _Token = {"IS_SPACE": True, "OP": "?"}
_MORE: _Token = {"TEXT": {"IN": ["余", "多"]}, "OP": "?"}
_TO_COME = "会达提降实建新继进再于在可把缩减增完形扩引推拓开投使超突"  # verbs behind 将
_CLASSIFIERS = list("台套条个项家名人座辆款")
_PATTERNS: tuple[tuple[str, list[_Token]], ...] = (
    ("amount", [_NUMBER, _BLANK, _MORE, {"TEXT": {"IN": list("千百万亿")}, "OP": "{1,2}"}, _MORE,
                {"TEXT": "元", "OP": "?"}]),
    ("amount", [_NUMBER, {"TEXT": "元"}]),
    ("amount", [_NUMBER, {"TEXT": "个"}, {"TEXT": "亿"}, _MORE, {"TEXT": "元", "OP": "?"}]),
    ("amount", [_NUMBER, {"TEXT": "亿"}, _BLANK, _NUMBER, {"TEXT": {"IN": list("千百")}, "OP": "?"},
                {"TEXT": "万"}, {"TEXT": "元", "OP": "?"}]),
    ("amount", [{**_HAN_AMOUNT, "OP": "{1,7}"}, _MORE, {"TEXT": {"IN": list("万亿")}}, _MORE,
                {"TEXT": "元"}]),
    ("amount", [{**_HAN_AMOUNT, "OP": "{1,4}"}, {"TEXT": "亿"}, {**_HAN_AMOUNT, "OP": "{1,4}"},
                {"TEXT": "万"}, {"TEXT": "元"}]),
    ("amount", [{"TEXT": {"IN": list("近上超")}}, {"TEXT": "亿"}, {"TEXT": "元"}]),
    ("date", [_YEAR, {"TEXT": "年"}, _MONTH, {"TEXT": "月"}]),
    ("date", [_YEAR, {"TEXT": "年"}]),
    ("date", [_YEAR, {"TEXT": "年"}, {"TEXT": {"IN": list("初底末")}}]),
    ("date", [_YEAR, {"TEXT": "年"}, {"TEXT": "年"}, {"TEXT": {"IN": list("初底末")}}]),
    ("date", [_SHORT_YEAR, {"TEXT": "年"}, _MONTH, {"TEXT": "月"}]),
    ("date", [_YEAR, _BEFORE_MONTH, _MONTH]),
    ("date", [_YEAR, _BEFORE_MONTH, _MONTH, _BEFORE_MONTH, _DAY]),
    ("date", [{"TEXT": {"REGEX": r"^(?:19|20)[0-9]{2}\.(?:0?[1-9]|1[0-2])$"}}]),
    ("years", [_YEAR, {"TEXT": {"IN": list("-~至到")}, "OP": "{1,2}"}, _YEAR, {"TEXT": "年"}]),
    ("date", [*[_HAN_DIGIT] * 4, {"TEXT": "年"}, {**_HAN_NUMBER, "OP": "{1,2}"}, {"TEXT": "月"}]),
    ("date", [*[_HAN_DIGIT] * 4, {"TEXT": "年"}]),
    # 将提升 is a plan, 将数据上传 none.
    ("planned", [{"TEXT": "将"}, {"TEXT": {"IN": list(_TO_COME)}}]),
    ("quantity", [_NUMBER, _MORE, {"TEXT": {"IN": ["万", "千", "百"]}, "OP": "?"}, _MORE,
                  {"TEXT": {"IN": _CLASSIFIERS}},
                  {"TEXT": {"IN": ["(", "套", ")"]}, "OP": "{0,3}"}]),
    ("quantity", [{"TEXT": {"IN": list("两二三四五六七八九十百")}, "OP": "{1,3}"},
                  {"TEXT": {"IN": list("个台套条项家座辆款大")}}]),
)  # fmt: skip
# What follows 计划 where it is a thing and no verb.
_BEHIND_A_PLAN = frozenset("和与及、，。；;,的内外书表员部")
_LONGEST_TITLE = 20  # characters
_FOLD = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "，！？；："},
    ord("\u3000"): " ",
    ord("\u00a0"): " ",
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    **dict.fromkeys(map(ord, "〜∼˜～"), "~"),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a text that a rule matches: what kind of word, and which of its kind."""

    label: str
    key: str
    start: int
    end: int
    text: str  # folded: half-width, simplified


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and what its rules match, in order; places are those of the whole text."""

    start: int
    end: int
    text: str  # folded
    mentions: tuple[Mention, ...]

    def of(self, *labels: str) -> tuple[Mention, ...]:
        """Return the mentions of some labels."""
        return tuple(one for one in self.mentions if one.label in labels)

    def between(self, start: int, end: int) -> str:
        """Return the folded text between two places of the whole text."""
        return self.text[max(0, start - self.start) : max(0, end - self.start)]


def fold(text: str) -> str:
    """Return a text in half-width and simplified characters, each where it stood before."""
    return text.translate(_FOLD).translate(simplified_characters())


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text with what our rules match in them."""
    doc = _pipeline()(fold(text))
    mentions = [
        Mention(one.label_, one.ent_id_, one.start_char, one.end_char, one.text)
        for one in doc.ents
        if one.text != "计划" or _plans(doc.text, one.end_char)
    ]
    starts = [one.start for one in mentions]
    found = []
    for span in doc.sents:
        for start, end in _bounded(doc.text, span.start_char, span.end_char):
            own = mentions[bisect_left(starts, start) : bisect_left(starts, end)]
            if doc.text[start:end].strip():
                found.append(Sentence(start, end, doc.text[start:end], tuple(own)))
    return tuple(found)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence in pieces that can be searched through for each claim in it."""
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind("，", start, start + LONGEST_SENTENCE) + 1 or start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def _plans(text: str, end: int) -> bool:
    """Whether 计划 is a verb, 计划投资, or a title ends with it; else it is a thing, 共享计划."""
    behind = text[end : end + 1]
    return behind not in _BEHIND_A_PLAN if behind else end <= _LONGEST_TITLE


@cache
def _pipeline() -> Language:
    """Return the pipeline, made at the first text: spaCy takes a second to import."""
    import spacy

    nlp = spacy.blank("zh")
    nlp.tokenizer = _Tokenizer(nlp.vocab)
    nlp.add_pipe("sentencizer", config={"punct_chars": SENTENCE_ENDS})
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns(list(_rules()))  # type: ignore[attr-defined]  # a pipe is any callable
    nlp.max_length = 10_000_000
    return nlp


class _Tokenizer:
    """Numbers and Latin words whole, every other character alone, blanks as tokens."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc

        words = _TOKEN.findall(text)
        return Doc(self._vocab, words=words, spaces=[False] * len(words))


def _rules() -> Iterator[_Token]:
    with WORDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {"label": row["label"], "pattern": row["word"], "id": row["key"]}
    for word, kpi in kpi_words().items():
        yield {"label": "kpi", "pattern": word, "id": kpi}
    for label, pattern in _PATTERNS:
        yield {"label": label, "pattern": pattern}

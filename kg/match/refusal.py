"""Why no scene fits: the sentence and the nearest segment that a refusal carries."""

from __future__ import annotations

from collections.abc import Mapping

from kg.match.model import Judgement
from kg.text import count_han
from ontology.guide import Guide, Scene, Segment
from ontology.sentence import Sentence

# Letters of other scripts above this share: a text in a language that is not served.
MOST_FOREIGN = 0.5
FEWEST_LETTERS = 4
FEWEST_KNOWN = 5
# A segment is named as the nearest only where the text is not plainly of another world (log-odds of
# no scene above what is tolerated) and one segment holds most of what would be left.
MOST_OFF_TOPIC = 3.0
LEAST_SEGMENT = 0.6
NO_LETTERS = Sentence(
    "这段文字只有数字或符号，没有可以判断的内容。",
    "The text holds nothing but figures or signs, so there is nothing to judge.",
)
FOREIGN = Sentence(
    "这段文字不是中文或英文，目前不能判断。",
    "The text is neither Chinese nor English; other languages cannot be judged.",
)
TOO_SHORT = Sentence(
    "文字太短或缺少可以辨认的词语，请用一两句话说明要做什么、解决什么问题。",
    "The text is too short, or holds no words that are known here. Say in a sentence or two what is"
    " to be done and which problem it solves.",
)
ELSEWHERE = Sentence(
    "所述内容与指引中的典型场景都不相近，更像工厂智能制造以外的话题。",
    "The text comes near none of the typical scenes of the guide; it seems to be about something"
    " other than smart manufacturing.",
)


def unreadable(squeezed: str) -> bool:
    """Tell whether a text has no letters, or mostly letters of languages that are not served."""
    letters = sum(character.isalpha() for character in squeezed)
    return _foreign(squeezed) > MOST_FOREIGN * letters or not letters


def nearest_segment(judgement: Judgement, shares: Mapping[str, float], guide: Guide) -> str | None:
    """Return the segment that a refused text comes nearest to, where one clearly is.

    `shares` are those of the scenes that the model learnt.
    """
    if judgement.off_topic > MOST_OFF_TOPIC or judgement.known < FEWEST_KNOWN:
        return None
    together: dict[str, float] = {}
    for scene, share in shares.items():
        segment = guide.scene(scene).segment
        together[segment] = together.get(segment, 0.0) + share
    best = min(together, key=lambda segment: (-together[segment], segment))
    return best if together[best] >= LEAST_SEGMENT else None


def refusal(
    squeezed: str, judgement: Judgement, guide: Guide, segment: str | None, lost: Scene | None
) -> Sentence:
    """Return in one sentence why no scene is named; `lost` has no counterpart in the edition."""
    if lost:
        return _no_counterpart(lost, guide)
    letters = sum(character.isalpha() for character in squeezed)
    if not letters:
        return NO_LETTERS
    if _foreign(squeezed) > MOST_FOREIGN * letters:
        return FOREIGN
    if letters < FEWEST_LETTERS or judgement.known < FEWEST_KNOWN:
        return TOO_SHORT
    return _near(guide.segment(segment)) if segment else ELSEWHERE


def _no_counterpart(lost: Scene, guide: Guide) -> Sentence:
    english = lost.name_en or lost.name
    if guide.is_official:
        return Sentence(
            f"所述内容属于原先暂定的“{lost.name}”，指引文本中没有与之对应的典型场景。",
            f"The text is about “{english}”, a scene that was provisional before and has no"
            " counterpart in the text of the guide.",
        )
    return Sentence(
        f"所述内容属于2024年版的“{lost.name}”，{guide.edition}年版指引中没有与之对应的典型场景。",
        f"The text is about “{english}” of the 2024 edition, which has no counterpart among the"
        f" scenes of the {guide.edition} edition.",
    )


def _near(segment: Segment) -> Sentence:
    return Sentence(
        f"所述内容与“{segment.name}”环节较近，但与其中任何典型场景都对不上。",
        f"The text comes near the segment “{segment.name_en or segment.name}”, but fits none of its"
        " typical scenes.",
    )


def _foreign(squeezed: str) -> int:
    """Count the letters that are neither Chinese nor of the English alphabet."""
    letters = sum(character.isalpha() for character in squeezed)
    english = sum("a" <= character <= "z" for character in squeezed)
    return max(0, letters - count_han(squeezed) - english)

"""What a form says of itself, left in: instructions, placeholders, boxes nobody ticked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.document import Finding, Severity
from ingest.outline import Fragment
from ontology.sentence import Sentence

_INSTRUCTIONS = re.compile(
    r"填写(?:说明|要求|须知)[：:]?.*"
    r"|[（(][^（）()]*(?:请(?:填写|选择|列出|简要|简述|说明|注明|附|勾选)|不超过\s*[0-9]+\s*字|[0-9]+\s*字(?:以内|左右|以下)"
    r"|简述|下拉选择|此处填写|请删除|可另附页|可加行|据实填写|如有请)[^（）()]*[)）]"
    r"|请(?:简要介绍|简要说明|简述|填写|在此处|描述|列出|勾选)[^。；\n]*"
    r"|限\s*[0-9]+\s*字(?:以内)?|不超过\s*[0-9]+\s*字|[0-9]+\s*字以内"
    r"|(?:示例|例如|范例|样例)[：:].*"
)
_PLACEHOLDERS = re.compile(
    r"[xX×]{2,}(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[xX×]{2,}|_{3,}|＿{2,}|\?{3,}"
)
_BOXES = re.compile(r"(?:□[^□■☑√\n]{1,12}){2,}")
_TICKED = re.compile(r"[■☑√]")
_INSTRUCTION = Sentence("是表格的填写说明，请删去", "is an instruction of the form; take it out")
_PLACEHOLDER = Sentence("像是没有填好的占位", "looks like a placeholder nobody filled in")
_UNTICKED = Sentence("的选项没有勾选", "has no box ticked")


def remains(fragments: Iterable[Fragment]) -> Iterator[Finding]:
    """Yield a finding for each place where the form's own words were left in."""
    for fragment in fragments:
        text = fragment.text
        if found := _INSTRUCTIONS.search(text):
            yield _finding("instruction_left_in", fragment, found[0], _INSTRUCTION)
        if found := _PLACEHOLDERS.search(text):
            around = text[max(0, found.start() - 6) : found.end() + 6]
            yield _finding("placeholder_left_in", fragment, around, _PLACEHOLDER)
        if _BOXES.search(text) and not _TICKED.search(text):
            yield _finding("box_not_ticked", fragment, text[:40], _UNTICKED)


def _finding(code: str, fragment: Fragment, found: str, told: Sentence) -> Finding:
    shown = found if len(found) <= 40 else f"{found[:40]}…"
    message = Sentence(f"“{shown}”{told}。", f"“{shown}” {told.en}.")
    return Finding(code, Severity.WARNING, fragment.place, message, found)

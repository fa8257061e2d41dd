"""The brackets that people put around the parts of an item instead of marks between them."""

from __future__ import annotations

import re

from ingest.annex4.names import Nomenclature
from ingest.annex4.separators import cuts

_BRACKETED = re.compile(
    r"\A[\[【〔「《〈<＜(（]\s*([^\]】〕」》〉>＞)）]{2,20})\s*[\]】〕」》〉>＞)）]\s*((?:[^\w\s“‘\"'《（(【\[「〈<＜〔]|_)*)\s*"
)
_BOTH = re.compile(
    r"\A[\[【〔「《〈<＜(（]\s*([^\]】〕」》〉>＞)）]{6,40})[\]】〕」》〉>＞)）]\s*[-—–:：→>＞/／_|·~～=]*\s*(?=\S)"
)
_WHOLE = re.compile(r"\A[(（\[【“\"]([^()（）\[\]【】“”\"]+)[)）\]】”\"]\Z")
_INNER = re.compile(
    r"\A([^(（【\[《〈<]{2,12})[(（【\[《〈<]([^()（）]{2,20}?)[)）】\]》〉>][-—–:：\s]*(.*)",
    re.DOTALL,
)
# 轮毂判读（质量管控—在线智能检测）, 轮毂判读（在线智能检测）, 在线智能检测（质量管控）—轮毂判读.
_TURNED = re.compile(r"\A([^(（]+)[(（]([^()（）]+)[)）]\s*[-—–:：]*\s*([^()（）]*)\Z")
_AROUND_REST = re.compile(r"\A([^(（]{2,12})[(（]\s*(.+)[)）]\Z", re.DOTALL)
# Latin letters in brackets explain a name (AOI), Chinese words there are the instance.
_CLOSING = re.compile(r"\A([^(（]+)[(（]([^()（）]*[\u3400-\u9fff]{3}[^()（）]*)[)）]\Z")
_BRACKETED_REST = re.compile(
    r"[\[【〔「《〈<＜]([^\[\]【】〔〕「」《》〈〉<>＜＞]+)[\]】〕」》〉>＞]\W*"
)


def unbracketed(text: str, names: Nomenclature) -> str:
    """Return a text in which leading names in brackets are followed by dashes instead."""
    found = []
    if (match := _WHOLE.match(text)) and names.begins_known(match[1]):
        text = match[1]
    if (match := _BOTH.match(text)) and _are_pair(match[1], names):
        return f"{match[1]}—{text[match.end() :]}"
    match = _INNER.match(text)
    if match and names.is_segment(match[1]) and names.is_scene(match[2]):
        return "—".join(part for part in match.groups() if part)
    match = _AROUND_REST.match(text)
    if match and names.is_segment(match[1]) and names.begins_known(match[2]):
        return "—".join(match.groups())
    led = ""
    while (match := _BRACKETED.match(text)) and (
        names.is_segment(match[1]) or names.is_scene(match[1])
    ):
        found.append(match[1])
        led += f"{match[1]}{match[2] or '—'}"
        text = text[match.end() :]
    if found and (rest := _BRACKETED_REST.fullmatch(text)):
        text = rest[1]
    return f"{led}{text}" if text else "—".join(found)


def instance_in_brackets(text: str) -> tuple[str, str]:
    """Return a scene's name and the instance that stands in brackets behind it, "" where none."""
    match = _CLOSING.match(text)
    return (match[1], match[2]) if match else (text, "")


def turned(text: str, names: Nomenclature) -> tuple[str, str, str] | None:
    """Return segment, scene and instance where a bracket behind another part names the first."""
    match = _TURNED.match(text)
    if match is None:
        return None
    first, inner, rest = (part.strip() for part in match.groups())
    if rest:
        is_turned = names.is_scene(first) and names.is_segment(inner)
        return (inner, first, rest) if is_turned else None
    if names.begins_known(first):
        return None
    if names.is_scene(inner):
        return "", inner, first
    for cut in cuts(inner):
        if names.is_segment(inner[: cut.start]) and names.is_scene(inner[cut.end :]):
            return inner[: cut.start], inner[cut.end :], first
    return None


def _are_pair(text: str, names: Nomenclature) -> bool:
    """Tell whether a text is a segment and a scene with a mark between them."""
    return any(
        names.is_segment(text[: cut.start]) and names.is_scene(text[cut.end :])
        for cut in cuts(text)
    )

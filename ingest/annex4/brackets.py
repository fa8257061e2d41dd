"""The brackets that people put around the parts of an item instead of marks between them."""

from __future__ import annotations

import re

from ingest.annex4.names import Nomenclature

_BRACKETED = re.compile(
    r"\A[\[【〔「《〈<＜(（]\s*([^\]】〕」》〉>＞)）]{2,20})\s*[\]】〕」》〉>＞)）]\s*[-—–:：]*\s*"
)
_INNER = re.compile(r"\A([^(（]{2,12})[(（]([^()（）]{2,20})[)）][-—–:：\s]*(.*)", re.DOTALL)
_AROUND_REST = re.compile(r"\A([^(（]{2,12})[(（]\s*(.+)[)）]\Z", re.DOTALL)
# Latin letters in brackets explain a name (AOI), Chinese words there are the instance.
_CLOSING = re.compile(r"\A([^(（]+)[(（]([^()（）]*[\u3400-\u9fff]{3}[^()（）]*)[)）]\Z")
_BRACKETED_REST = re.compile(
    r"[\[【〔「《〈<＜]([^\[\]【】〔〕「」《》〈〉<>＜＞]+)[\]】〕」》〉>＞]\W*"
)


def unbracketed(text: str, names: Nomenclature) -> str:
    """Return a text in which leading names in brackets are followed by dashes instead."""
    found = []
    match = _INNER.match(text)
    if match and names.is_segment(match[1]) and names.is_scene(match[2]):
        return "—".join(part for part in match.groups() if part)
    match = _AROUND_REST.match(text)
    if match and names.is_segment(match[1]) and names.begins_known(match[2]):
        return "—".join(match.groups())
    while (match := _BRACKETED.match(text)) and (
        names.is_segment(match[1]) or names.is_scene(match[1])
    ):
        found.append(match[1])
        text = text[match.end() :]
    if found and (rest := _BRACKETED_REST.fullmatch(text)):
        text = rest[1]
    return "—".join([*found, text] if text else found)


def instance_in_brackets(text: str) -> tuple[str, str]:
    """Return a scene's name and the instance that stands in brackets behind it, "" where none."""
    match = _CLOSING.match(text)
    return (match[1], match[2]) if match else (text, "")

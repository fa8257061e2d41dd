"""Styles of an xlsx file: how the number of a cell is shown, and whether it is struck out."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ingest.read.number_format import format_by_number
from ingest.read.office_xml import is_on, whole

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Look:
    """What of a cell's format changes what is read in it."""

    form: str = "General"
    struck: bool = False


PLAIN = Look()
LONGEST = 255  # characters of a format; Excel takes no more


def looks(root: etree._Element | None) -> list[Look]:
    """Return the looks that cells refer to by number; none where the file has no styles."""
    if root is None:
        return []
    forms = {
        one.get("numFmtId", ""): one.get("formatCode", "")
        for one in root.iterfind(f"{S}numFmts/{S}numFmt")
    }
    struck = [is_on(font.find(f"{S}strike"), "val") for font in root.iterfind(f"{S}fonts/{S}font")]
    return [_look(one, forms, struck) for one in root.iterfind(f"{S}cellXfs/{S}xf")]


def _look(element: etree._Element, forms: dict[str, str], struck: list[bool]) -> Look:
    number = element.get("numFmtId", "0")
    form = forms.get(number) or format_by_number(whole(number))
    if len(form) > LONGEST:
        form = PLAIN.form
    font = whole(element.get("fontId"))
    return Look(form, font < len(struck) and struck[font])

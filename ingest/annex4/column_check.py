"""What is to be said of the columns beside the scenes: enterprise, project, level, contacts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from ingest.annex4.enterprise import enterprise_of
from ingest.annex4.header import Header, cell_text
from ingest.annex4.level_check import check_level
from ingest.annex4.placeholders import (
    is_fault,
    is_formula,
    is_placeholder,
    is_too_narrow,
    is_unnamed,
)
from ingest.annex4.reading import Entry
from ingest.annex4.remarks import DAMAGED, remark
from ingest.annex4.table import Row
from ingest.annex4.titles import (
    APPLICANT,
    CONTACT,
    EXTRA,
    INSTANCES,
    ORDER,
    PERSONAL,
    PHONE,
    PROJECT,
)
from ingest.annex4.wording import damaged, plain
from ingest.annex4.words import load_words
from ingest.contacts import find_contacts, holds_contact, without_contacts
from ingest.document import Cell, Finding, Place
from ontology.sentence import Sentence

_EXPONENT = re.compile(r"\d(?:[.．]\d+)?\s*[eE]\s*[+＋]?\s*\d+")
_BROKEN_DECIMAL = re.compile(r"(?<!\d)(\d{5,10})\s(\d{1,6}\.0+)(?!\d)")  # 13800000 000.0
_DECIMAL_END = re.compile(r"(?<=\d{7})\.0+(?!\d)")  # of a number stored as a decimal
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = re.compile(
    r"(?:(?:19|20)\d\d\s*[-/.年]\s*[01]?\d\s*[-/.月]|[01]?\d\s*月)\s*[0-3]?\d\s*日?"
    r"(?:\s+\d\d?:\d\d(?::\d\d)?)?|(?:19|20)\d\d\s*年\s*[01]?\d\s*月|(?:19|20)\d\d[01]\d[0-3]\d"
    rf"|\d\d?[-/ ]{_MONTH}(?:[-/ ]\d\d(?:\d\d)?)?|{_MONTH}[-/ ]\d\d?(?:,? ?\d{{4}})?"
    r"|\d\d?/\d\d?/(?:19|20)\d\d|[34]\d{4}(?:\.0)?",  # the last as a spreadsheet counts days
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d")
_NAMES = frozenset({APPLICANT, PROJECT, INSTANCES})
_MOBILE_ASKED = re.compile("手机|移动")
_ONLY_MOBILE = Sentence(
    "此栏只填手机号码", "what is asked here is a mobile number and nothing else"
)
_ONLY_NUMBERS = Sentence(
    "此栏只填手机或固定电话号码", "what is asked here is a mobile or phone number and nothing else"
)


def check_columns(entries: Sequence[Entry], header: Header, level: str | None) -> Iterator[Finding]:
    """Yield what is to be said of the enterprises, projects and contacts of a table."""
    seen: set[int] = set()
    for entry in entries:
        yield from _check_applicant(entry)
        yield from _check_project(entry, level)
        for role, cells in entry.row.cells.items():
            fresh = [cell for cell in cells if id(cell) not in seen]
            seen.update(id(cell) for cell in fresh)
            for cell in fresh:
                yield from _check_cell(cell, role, header.titles.get(cell.column, ""))


def _check_applicant(entry: Entry) -> Iterator[Finding]:
    place, name = _place(entry.row, APPLICANT), entry.applicant
    if APPLICANT not in entry.row.cells:
        return
    if entry.applicant_basis == "above":
        yield remark(
            "taken_from_above",
            place,
            Sentence(
                "此行未写企业名称，暂取自上一行，请确认",
                "no enterprise is named; taken from above, please confirm",
            ),
            proposal=name,
        )
    elif entry.applicant_basis == "missing":
        yield remark(
            "enterprise_missing",
            place,
            Sentence("此行未写企业名称", "no enterprise is named in this row"),
        )
    elif entry.applicant_basis == "own":
        yield from _check_name(name, place)


def _check_name(name: str, place: Place) -> Iterator[Finding]:
    if is_fault(name):  # said of the cell
        return
    if is_unnamed(name):
        yield remark(
            "placeholder",
            place,
            Sentence("请写企业名称本身", "write the enterprise's name itself"),
            name,
        )
        return
    if damaged(name):
        yield remark("damaged_text", place, DAMAGED, name)
    enterprise = enterprise_of(name)
    if old := enterprise.old_name:
        said = Sentence(f"此处还写了曾用名：{old}", f"a former name stands here as well: {old}")
        yield remark("old_name", place, said, name, enterprise.name)
    if enterprise.factory:
        said = Sentence(
            "企业名称与工厂名称写在同一单元格", "enterprise and factory stand in one cell"
        )
        yield remark("name_and_factory", place, said, name, enterprise.name)
    if not enterprise.is_full:
        yield remark(
            "short_name",
            place,
            Sentence("这不是登记的企业全称", "this is no full registered name"),
            name,
        )
    elif behind := enterprise.behind_group:
        said = Sentence("企业名称前写了集团名称", "the group's name stands before the enterprise's")
        yield remark("short_name", place, said, name, behind)


def _check_project(entry: Entry, level: str | None) -> Iterator[Finding]:
    place, project = _place(entry.row, PROJECT), entry.project
    if PROJECT not in entry.row.cells or entry.continues:
        return
    if not project:
        yield remark(
            "project_missing",
            place,
            Sentence("此行未写项目或工厂名称", "no project or factory is named in this row"),
        )
    elif is_unnamed(project) and not _DATE.fullmatch(plain(project)):
        yield remark(
            "placeholder",
            place,
            Sentence("请写项目名称本身", "write the project's name itself"),
            project,
        )
    if damaged(project):
        yield remark("damaged_text", place, DAMAGED, project)
    yield from check_level(project, level, place)


def _check_cell(cell: Cell, role: str, title: str) -> Iterator[Finding]:
    text = cell_text(cell)
    if cell.formula and not text:
        yield remark(
            "formula_without_value",
            cell.place,
            Sentence("此处是公式，没有计算结果", "a formula stands here without a value"),
        )
    elif is_fault(text) and not (role == ORDER and is_formula(text)):  # =ROW()-4 is read
        said = Sentence(
            "此处是公式的错误值，不是内容", "a formula's fault stands here instead of its value"
        )
        yield remark("formula_without_value", cell.place, said, text)
        return
    if role in PERSONAL:
        if role == CONTACT and (is_placeholder(text) or text in load_words().titles[CONTACT]):
            yield remark(
                "placeholder",
                cell.place,
                Sentence("请写联系人姓名本身", "write the person's name itself"),
            )
        yield from _check_contact(cell.place, text, role, title)
        return
    if (cell.typed == "date" and role != EXTRA) or (
        role in _NAMES and _DATE.fullmatch(plain(text))
    ):
        yield remark(
            "date_instead_of_text",
            cell.place,
            Sentence("应填文字处是日期", "a date stands where text is asked"),
            text,
        )
    if holds_contact(text):
        said = Sentence(
            "联系方式写在了联系方式栏以外，请删去",
            "a contact stands outside the contact columns; take it out",
        )
        yield remark("contact_misplaced", cell.place, said, text)


def _check_contact(place: Place, text: str, role: str, title: str) -> Iterator[Finding]:
    """Yield what is wrong with a contact's shape, never with its text."""
    folded = unicodedata.normalize("NFKC", text).replace("'", "")
    if _EXPONENT.search(folded) or is_too_narrow(folded):
        yield remark(
            "number_lost",
            place,
            Sentence(
                "号码因数字格式丢失了位数，请重新填写",
                "digits were lost to the number's format; write it anew",
            ),
        )
    elif role == PHONE and not _DIGITS.search(folded) and is_placeholder(folded):
        yield remark("placeholder", place, Sentence("请写号码本身", "write the number itself"))
    elif role == PHONE and folded:
        asked = {"mobile"} if _MOBILE_ASKED.search(title) else {"mobile", "phone"}
        if not _holds_only(_DECIMAL_END.sub("", _BROKEN_DECIMAL.sub(r"\1\2", folded)), asked):
            said = _ONLY_MOBILE if asked == {"mobile"} else _ONLY_NUMBERS
            yield remark("contact_shape", place, said)


def _holds_only(text: str, kinds: set[str]) -> bool:
    """Tell whether a cell holds contacts of these kinds and no digits besides; names may stand."""
    found = {contact.kind for contact in find_contacts(text, Place(""))} - {"person"}
    besides = any(sign.isdigit() for sign in without_contacts(text))
    return bool(found) and found <= kinds and not besides


def _place(row: Row, role: str) -> Place:
    cells = row.cells.get(role)
    if not cells:
        return row.place
    return row.place.at(column=cells[0].place.column)

"""What is to be said of the columns beside the scenes: enterprise, project, level, contacts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from ingest.annex4.contacts import find_contacts, holds_contact
from ingest.annex4.header import Header, cell_text
from ingest.annex4.reading import PLACEHOLDERS, Entry
from ingest.annex4.remarks import remark
from ingest.annex4.table import LEVEL_WORDS, Row
from ingest.annex4.titles import APPLICANT, EXTRA, PERSONAL, PHONE, PROJECT
from ingest.annex4.wording import damaged
from ingest.annex4.words import load_words
from ingest.document import Cell, Finding, Place

_BLANK_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_OLD = re.compile(r"\s*[（(]\s*(?:原名|曾用名|更名前|前身为|前身|原)\s*[:：]?\s*([^）)]{4,})[）)]")
_LEGAL = r"(?:公司|集团|厂|院|所|中心|合作社|企业|矿|局|社|有限合伙\W?)"
_FORM = re.compile(rf"{_LEGAL}(?:[（(][^）)]*[）)])?\s*\Z")
_WITH_FACTORY = re.compile(
    rf"\A(.{{3,}}?{_LEGAL})\s*(?:[-—–―－、，,/／:：]+\s*|[（(]\s*)(.{{2,}}?(?:工厂|车间|基地|产线|项目|厂区|生产线))\s*[）)]?\Z"
)
_GROUP_PREFIX = re.compile(r"\A(.{2,8}?)集团(?!有限|股份|公司|总公司|控股|[（(])(.{4,}公司)\Z")
_OTHER_PROGRAMME = re.compile(
    r"未来工厂|灯塔工厂|智能制造示范工厂|智能制造试点示范|示范智能车间|智能制造标杆|黑灯工厂|"
    r"[省市]级.{0,6}(?:智能工厂|智能车间|数字化车间|示范)|20(?:1\d|2[0-3])年.{0,12}(?:智能工厂|示范|车间)"
)
_EXPONENT = re.compile(r"\d(?:[.．]\d+)?\s*[eE]\s*[+＋]?\s*\d+")
_DIGITS = re.compile(r"\d[\d\s\-]{3,}\d")
_MOBILE_ASKED = re.compile("手机|移动")


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


def main_name(applicant: str) -> str:
    """Return an enterprise's present full name out of what a cell says of it.

    Extractors break names by blanks: 江城示范机械有限公 司.
    """
    name = _BLANK_BETWEEN_HAN.sub("", _OLD.sub("", applicant)).strip()
    match = _WITH_FACTORY.match(name)
    return match[1] if match else name


def old_name(applicant: str) -> str:
    """Return the former name that a cell gives, "" where it gives none."""
    match = _OLD.search(applicant)
    return match[1].strip() if match else ""


def factory_name(applicant: str) -> str:
    """Return the factory that stands beside the enterprise's name, "" where none does."""
    match = _WITH_FACTORY.match(_OLD.sub("", applicant).strip())
    return match[2] if match else ""


def _check_applicant(entry: Entry) -> Iterator[Finding]:
    place, name = _place(entry.row, APPLICANT), entry.applicant
    if APPLICANT not in entry.row.cells:
        return
    if entry.applicant_basis == "above":
        yield remark(
            "taken_from_above", place, "no enterprise is named; taken from above, please confirm",
            proposal=name,
        )  # fmt: skip
    elif entry.applicant_basis == "missing":
        yield remark("enterprise_missing", place, "no enterprise is named in this row")
    elif entry.applicant_basis == "own":
        yield from _check_name(name, place)


def _check_name(name: str, place: Place) -> Iterator[Finding]:
    if PLACEHOLDERS.match(name):
        yield remark("placeholder", place, "write the enterprise's name itself", name)
        return
    if damaged(name):
        yield remark("damaged_text", place, "characters were lost or changed here", name)
    main = main_name(name)
    if old := old_name(name):
        yield remark("old_name", place, f"a former name stands here as well: {old}", name, main)
    if factory_name(name):
        said = "enterprise and factory stand in one cell"
        yield remark("name_and_factory", place, said, name, main)
    if not _FORM.search(main):
        yield remark("short_name", place, "this is no full registered name", name)
    elif (match := _GROUP_PREFIX.match(main)) and match[1][-2:] in match[2]:
        said = "the group's name stands before the enterprise's"
        yield remark("short_name", place, said, name, match[2])


def _check_project(entry: Entry, level: str | None) -> Iterator[Finding]:
    place, project = _place(entry.row, PROJECT), entry.project
    if PROJECT not in entry.row.cells or entry.continues:
        return
    if not project:
        yield remark("project_missing", place, "no project or factory is named in this row")
    elif PLACEHOLDERS.match(project):
        yield remark("placeholder", place, "write the project's name itself", project)
    if damaged(project):
        yield remark("damaged_text", place, "characters were lost or changed here", project)
    yield from _check_level(project, level, place)
    if _OTHER_PROGRAMME.search(project):
        said = "this is a title of another programme and no level of this one"
        yield remark("other_programme", place, said, project)


def _check_level(project: str, level: str | None, place: Place) -> Iterator[Finding]:
    named = [word for word in LEVEL_WORDS if word in project]
    if level and named and level not in named:
        yield remark(
            "level_conflict", place, f"the project names another level than the table, {level}",
            project,
        )  # fmt: skip
    for spun, word in load_words().spun_levels.items():
        if spun in project:
            said = f"there is no such level; did you mean {word}?"
            yield remark("level_conflict", place, said, project, project.replace(spun, word))


def _check_cell(cell: Cell, role: str, title: str) -> Iterator[Finding]:
    text = cell_text(cell)
    if cell.formula and not text:
        yield remark("formula_without_value", cell.place, "a formula stands here without a value")
    if role in PERSONAL:
        yield from _check_contact(cell.place, text, role, title)
        return
    if cell.typed == "date" and role != EXTRA:
        yield remark("date_instead_of_text", cell.place, "a date stands where text is asked", text)
    if holds_contact(text):
        said = "a contact stands outside the contact columns; take it out"
        yield remark("contact_misplaced", cell.place, said, text)


def _check_contact(place: Place, text: str, role: str, title: str) -> Iterator[Finding]:
    """Yield what is wrong with a contact's shape, never with its text."""
    folded = unicodedata.normalize("NFKC", text).replace("'", "")
    if _EXPONENT.search(folded):
        yield remark("number_lost", place, "digits were lost to the number's format; write it anew")
        return
    if role != PHONE or not folded or PLACEHOLDERS.match(folded):
        return
    kinds = [contact.kind for contact in find_contacts(_whole_digits(folded), place)]
    others = [kind for kind in kinds if kind in ("phone", "mail", "account")]
    asked = _MOBILE_ASKED.search(title) is not None
    rest = _DIGITS.sub("", folded) if "mobile" in kinds else folded
    unknown = "mobile" not in kinds and ("phone" not in kinds or asked)
    if unknown or (others and asked) or _leftover(folded, kinds, rest):
        yield remark("contact_shape", place, "a mobile number is asked here; this is not only one")


def _whole_digits(text: str) -> str:
    """Return a text in which a number that was stored as a decimal is whole again."""
    return re.sub(r"(?<=\d{7})\.0+(?!\d)", "", text)


def _leftover(text: str, kinds: Sequence[str], rest: str) -> bool:
    """Tell whether digits stand beside the mobile numbers that are no number of any kind."""
    numbers = _DIGITS.findall(_whole_digits(text))
    return len(numbers) > sum(kind in ("mobile", "phone", "identity") for kind in kinds) and bool(
        rest
    )


def _place(row: Row, role: str) -> Place:
    cells = row.cells.get(role)
    if not cells:
        return row.place
    return row.place.at(column=cells[0].place.column)

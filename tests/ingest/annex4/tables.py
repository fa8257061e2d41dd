"""Recommendation tables as readers leave them, made of rows of texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from ingest.annex4.check import Check, Checker
from ingest.annex4.names import Nomenclature
from ingest.document import Cell, Document, Finding, Kind, Line, Paragraph, Place, Table
from ontology.conditions import load_conditions

Span = tuple[int, int]  # rows and columns that a cell covers
FILE, SHEET = "汇总表.xlsx", "汇总"
MOBILE = "138" + "0" * 8  # made at run time: no file holds a mobile number
OFFICE = "0571-" + "0" * 8
TITLE = "卓越级智能工厂项目推荐汇总表"
UNIT = "推荐单位（盖章）：江苏省工业和信息化厅"
HEADER = (
    "序号",
    "申报单位名称",
    "卓越级智能工厂项目名称",
    "涉及典型场景实例（罗列）",
    "联系人",
    "联系方式（手机号）",
)
# Rows of 2024 names, so that the table around a single case has its edition.
GOOD = (
    "1. 生产作业—人机协同作业—双臂机器人同台拧紧变速箱\n2. 仓储物流—智能仓储—毛坯立体库",
    "1. 质量管控—在线智能检测—轮毂X光缺陷判读\n2. 产品设计—产品数字化研发设计—整车协同设计",
)


@cache
def nomenclature() -> Nomenclature:
    """Return the names of all editions."""
    return Nomenclature.load()


def checker() -> Checker:
    """Return what tables are checked by, without matcher and graph."""
    return Checker(nomenclature(), load_conditions())


def document(
    rows: Sequence[Sequence[str]],
    spans: Mapping[Span, Span] | None = None,
    above: Sequence[str] = (),
    kind: Kind = Kind.XLSX,
) -> Document:
    """Return a document with one table; what a span covers is left out."""
    place = Place(FILE, sheet=SHEET)
    spans = spans or {}
    covered: set[Span] = set()
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if (row, column) in covered:
                continue
            height, width = spans.get((row, column), (1, 1))
            covered |= {(row + r, column + c) for r in range(height) for c in range(width)}
            lines = tuple(Line(line) for line in text.split("\n"))
            where = place.at(row=row + 1, column=column + 1)
            cells.append(Cell(lines, where, row, column, height, width))
    paragraphs = [Paragraph(Line(t), Place(FILE, line=n)) for n, t in enumerate(above, start=1)]
    return Document(FILE, kind, (*paragraphs, Table(tuple(cells), place)))


def row(number: int, scenes: str = GOOD[0], **other: str) -> list[str]:
    """Return a row without fault; `other` says what stands in a column instead."""
    cells = {
        "order": str(number),
        "applicant": f"江城第{number}示范机械有限公司",
        "project": f"变速箱智能工厂{number}",
        "scenes": scenes,
        "contact": "甲某",
        "phone": MOBILE,
    }
    return list((cells | other).values())


def rows_with(*rows: Sequence[str], unit: str = UNIT, title: str = TITLE) -> list[list[str]]:
    """Return title, label, header and rows."""
    return [[title, *[""] * 5], [unit, *[""] * 5], list(HEADER), *map(list, rows)]


def checked(*rows: Sequence[str], unit: str = UNIT, title: str = TITLE) -> Check:
    """Return the check of a table with these rows."""
    return checker().check(document(rows_with(*rows, unit=unit, title=title)))


def cell_check(cell: str) -> Check:
    """Return the check of a 2024 table whose third row has the cell, that row alone kept."""
    check = checked(row(1, GOOD[0]), row(2, GOOD[1]), row(3, cell))
    (table,) = check.tables
    findings = tuple(finding for finding in check.findings if finding.place.row == 6)
    return replace(check, tables=(replace(table, entries=table.entries[2:]),), findings=findings)


def items(check: Check) -> list[tuple[str, str, str]]:
    """Return segment, scene and instance of every item, as far as they are there."""
    return [
        (item.segment_written, item.scene_written, item.instance)
        for table in check.tables
        for entry in table.entries
        for item in entry.items
    ]


def codes(check: Check) -> list[str]:
    """Return the codes of the findings, in their order."""
    return [finding.code for finding in check.findings]


def found(check: Check, code: str) -> list[Finding]:
    """Return the findings of a code."""
    return [finding for finding in check.findings if finding.code == code]

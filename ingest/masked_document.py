"""A document without contacts of persons: masked before anything else reads it."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.contacts import MASKS, masked, masked_sentence
from ingest.document import Cell, Document, Line, Paragraph, Table

_ROLE = "法定代表人|法人代表|董事长|总经理|责任人|项目经理"  # besides those of annex 4
_PERSON = re.compile(
    rf"(?P<role>(?:{_ROLE})(?:姓名)?\s*(?:[:：为是]\s*)?)(?!姓名|电话|联系|手机|签)"
    r"[\u4e00-\u9fff·]{2,4}(?=[\s,，。;；、:：()（）]|$|电话|手机|联系|先生|女士)"
)
_LABEL = re.compile(
    rf"{_ROLE}|联系人|联络人|负责人|经办人|填[报表]人|手机|电话|传真|邮箱|邮件|联系方式|微信"
    r"|(?i:e-?mail|qq)"
)
_HEADS = frozenset(("序号", "姓名", "职务", "部门"))
_LONGEST_LABEL = 16  # characters


def masked_document(document: Document) -> Document:
    """Return the document with every contact masked, in its name and findings too."""
    blocks = tuple(
        _table(block) if isinstance(block, Table) else _paragraph(block)
        for block in document.blocks
    )
    findings = tuple(
        replace(one, message=masked_sentence(one.message), found=masked(one.found))
        for one in document.findings
    )
    return replace(document, name=hidden(document.name), blocks=blocks, findings=findings)


def hidden(text: str) -> str:
    """Return the text with masks for contacts and for persons named beside their office."""
    return _PERSON.sub(lambda found: f"{found['role']}{MASKS['person']}", masked(text))


def _paragraph(block: Paragraph) -> Paragraph:
    return replace(block, line=_line(block.line))


def _line(line: Line) -> Line:
    return replace(line, text=hidden(line.text))


def _table(table: Table) -> Table:
    return replace(table, cells=tuple(_cell(cell, table) for cell in table.cells))


def _cell(cell: Cell, table: Table) -> Cell:
    """Mask a cell: all of it where a label beside or above it announces a contact."""
    left = table.covering(cell.row, cell.column - 1)
    top = table.covering(0, cell.column) if cell.row and _has_header(table) else None
    nested = tuple(_table(one) for one in cell.nested)
    if any(map(_is_label, (left, top))) and not _is_label(cell) and cell.text.strip():
        lines: tuple[Line, ...] = (Line(MASKS["person"]),)
    else:
        lines = tuple(map(_line, cell.lines))
    formula = None if cell.formula is None else hidden(cell.formula)
    return replace(cell, lines=lines, nested=nested, formula=formula)


def _is_label(cell: Cell | None) -> bool:
    """Whether what stands beside or below a cell is a contact."""
    if cell is None or len(cell.text) > _LONGEST_LABEL:
        return False
    return _LABEL.search(cell.text) is not None


def _has_header(table: Table) -> bool:
    """Whether the first row heads columns; of a form it is a label and its value."""
    first = (table.covering(0, column) for column in range(table.width))
    return any(cell.text.strip() in _HEADS for cell in first if cell)

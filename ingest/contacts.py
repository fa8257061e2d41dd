"""Contacts of persons in running text and tables: blanked out before anything else reads them."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.document import Cell, Document, Line, Paragraph, Table

HIDDEN = "＊"  # one for each character, so that places stay the same
_DIGIT = "[0-9０-９]"
_GAP = r"[ \-‐-―－　\u00a0]?"
_CONTACT = re.compile(
    rf"(?<!{_DIGIT})(?:(?:\+?86)?{_GAP}1[3-9]{_DIGIT}(?:{_GAP}{_DIGIT}){{8}}"  # mobile
    rf"|[(（]?0{_DIGIT}{{2,3}}[)）]?{_GAP}{_DIGIT}{{7,8}}(?:{_GAP}{_DIGIT}{{1,4}})?)(?!{_DIGIT})"
    r"|[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?i:(?:qq|微信号?|wechat)[:：\s]*)[A-Za-z0-9_-]{5,}"
)
_ROLE = (
    "联系人|联络人|法定代表人|法人代表|负责人|填报人|填表人|经办人|项目经理|责任人|总经理|董事长"
)
_PERSON = re.compile(
    rf"(?:{_ROLE})(?:姓名|及电话|及联系方式)?\s*(?:[:：为是]\s*)?"
    r"(?!及|姓名|电话|联系|手机|方式|签)(?P<name>[\u4e00-\u9fff·]{2,4})(?=[\s,，。;；、:：()（）]|$|电话|手机|联系|先生|女士)"
)
_COLUMN = re.compile(rf"{_ROLE}|手机|电话|传真|邮箱|电子邮件|联系方式|微信|(?i:e-?mail|qq)")
_HEADS = frozenset(("序号", "姓名", "职务", "部门"))
_LONGEST_LABEL = 16


def hide_contacts(document: Document) -> Document:
    """Return the document with every contact blanked out, in its name and findings too."""
    blocks = tuple(
        _table(block) if isinstance(block, Table) else _paragraph(block)
        for block in document.blocks
    )
    findings = tuple(
        replace(one, message=hidden(one.message), found=hidden(one.found))
        for one in document.findings
    )
    return replace(document, name=hidden(document.name), blocks=blocks, findings=findings)


def hidden(text: str) -> str:
    """Return the text with contacts and named contact persons blanked out, as long as before."""
    blanked = _CONTACT.sub(lambda found: HIDDEN * len(found[0]), text)
    return _PERSON.sub(_without_name, blanked)


def is_contact_label(text: str) -> bool:
    """Whether what stands beside or below these words is a contact."""
    return len(text) <= _LONGEST_LABEL and _COLUMN.search(text) is not None


def _without_name(found: re.Match[str]) -> str:
    start, end = (place - found.start() for place in found.span("name"))
    return found[0][:start] + HIDDEN * (end - start) + found[0][end:]


def _paragraph(block: Paragraph) -> Paragraph:
    return replace(block, line=_line(block.line))


def _line(line: Line) -> Line:
    return replace(line, text=hidden(line.text))


def _table(table: Table) -> Table:
    return replace(table, cells=tuple(_cell(cell, table) for cell in table.cells))


def _has_header(table: Table) -> bool:
    """Whether the first row heads columns; of a form it is a label and its value."""
    first = (table.covering(0, column) for column in range(table.width))
    return any(cell.text.strip() in _HEADS for cell in first if cell)


def _cell(cell: Cell, table: Table) -> Cell:
    """Blank out a cell: all of it where a label beside or above it announces a contact."""
    left = table.covering(cell.row, cell.column - 1)
    top = table.covering(0, cell.column) if cell.row and _has_header(table) else None
    labels = [label.text for label in (left, top) if label]
    nested = tuple(_table(one) for one in cell.nested)
    if any(map(is_contact_label, labels)) and not is_contact_label(cell.text):
        lines = tuple(replace(line, text=HIDDEN * len(line.text)) for line in cell.lines)
    else:
        lines = tuple(map(_line, cell.lines))
    return replace(cell, lines=lines, nested=nested)

"""A collection of cases as a document: Markdown, docx or xlsx, every case with its sources."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.write.reproducible import reproducible
from ingest.write.table import Sheet, to_xlsx

if TYPE_CHECKING:
    from docx.document import Document

# What Markdown would take for a mark of its own.
MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
BEGINNING = re.compile(r"^(\d*)([-+.)])")  # of a list
HAN_FONT, LATIN_FONT = "宋体", "Times New Roman"


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands, in words, and its address if it has one."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A case: facts by name in the order of reading, "" where a source says nothing, sources."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """What is written: a title, what must be known to read it, the cases.

    All entries have facts of the same names in the same order; `sources` is what sources are
    called.
    """

    title: str
    notes: tuple[str, ...]
    sources: str
    entries: tuple[Entry, ...]


def to_markdown(collection: Collection) -> bytes:
    """Return the collection as Markdown (CommonMark)."""
    lines = [f"# {_escaped(collection.title)}", ""]
    for note in collection.notes:
        lines += [f"> {_escaped(note)}", ">"]
    lines[-1] = ""
    for number, entry in enumerate(collection.entries, start=1):
        lines += [f"## {number}. {_escaped(entry.title)}", ""]
        for name, value in _told(entry):
            lines.append(f"- **{_escaped(name)}**: {_escaped('; '.join(value.splitlines()))}")
        lines += ["", f"**{_escaped(collection.sources)}**", ""]
        lines += [f"- {_markdown_source(source)}" for source in entry.sources]
        lines.append("")
    return "\n".join(lines).encode("utf-8", "replace")


def to_docx(collection: Collection) -> bytes:
    """Return the collection as a Word document, a table of facts for each case."""
    import docx

    document = docx.Document()
    _set_fonts(document)
    document.core_properties.title = collection.title
    document.core_properties.author = ""
    document.add_heading(_printable(collection.title), 0)
    for note in collection.notes:
        document.add_paragraph(_printable(note))
    for number, entry in enumerate(collection.entries, start=1):
        document.add_heading(_printable(f"{number}. {entry.title}"), 1)
        _add_facts(document, _told(entry))
        document.add_paragraph(_printable(collection.sources)).runs[0].bold = True
        for source in entry.sources:
            told = f"{source.words} {source.url}".strip()
            document.add_paragraph(_printable(told), style="List Bullet")
    stream = io.BytesIO()
    document.save(stream)
    return reproducible(stream.getvalue())


def to_spreadsheet(collection: Collection) -> bytes:
    """Return the collection as a workbook: a row for each case, and a sheet of all sources."""
    names = tuple(name for name, _ in collection.entries[0].facts) if collection.entries else ()
    rows = tuple(
        (entry.title, *(value for _, value in entry.facts), _lines(entry.sources))
        for entry in collection.entries
    )
    sources = tuple(
        (entry.title, source.words, source.url)
        for entry in collection.entries
        for source in entry.sources
    )
    title = collection.title
    return to_xlsx(
        [
            Sheet(title, (title, *names, collection.sources), rows),
            Sheet(collection.sources, (title, collection.sources, "URL"), sources),
            Sheet("!", (title,), tuple((note,) for note in collection.notes)),
        ]
    )


# By the ending of the file.
FORMATS: Mapping[str, Callable[[Collection], bytes]] = {
    "xlsx": to_spreadsheet,
    "docx": to_docx,
    "md": to_markdown,
}


def _told(entry: Entry) -> list[tuple[str, str]]:
    return [(name, value) for name, value in entry.facts if value]


def _lines(sources: Sequence[Source]) -> str:
    return "\n".join(f"{source.words} {source.url}".strip() for source in sources)


def _escaped(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    single = MARKS.sub(r"\\\1", " ".join(text.split()))
    return BEGINNING.sub(r"\1\\\2", single)


def _markdown_source(source: Source) -> str:
    if not source.url.startswith(("http://", "https://")):
        return _escaped(f"{source.words} {source.url}".strip())
    address = re.sub(r"[\s<>]", lambda found: f"%{ord(found[0]):02X}", source.url)
    return f"[{_escaped(source.words)}](<{address}>)"


def _printable(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


def _set_fonts(document: Document) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    for name in ("Normal", "Title", "Heading 1"):
        style = document.styles[name]
        style.font.name = LATIN_FONT
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), HAN_FONT)
    document.styles["Normal"].font.size = Pt(10.5)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)


def _add_facts(document: Document, facts: Sequence[tuple[str, str]]) -> None:
    from docx.shared import Mm

    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for name, value in facts:
        cells = table.add_row().cells
        for cell, text, width in zip(cells, (name, value), (Mm(35), Mm(125)), strict=True):
            cell.width = width
            cell.text = _printable(text)

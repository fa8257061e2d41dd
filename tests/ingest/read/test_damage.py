"""Damage: whatever happens to the bytes of a file, it is read or refused, never more."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Document
from ingest.read import docx, xlsx
from ingest.read.kind import kind_of
from ingest.read.limits import Limits
from ontology.errors import UnreadableFile
from tests.ingest.read import office_files as made
from tests.ingest.read.ole_files import ole

SMALL = Limits(expanded_bytes=2_000_000, cells=5000, squares=100_000)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
BODY = made.paragraph("附件4", '<w:numPr><w:numId w:val="1"/></w:numPr>') + made.table(
    made.row(made.cell("甲", '<w:vMerge w:val="restart"/><w:gridSpan w:val="2"/>'), "乙"),
    made.row(made.cell("", "<w:vMerge/>"), made.cell(made.table(made.row("内")))),
    widths=(1000, 1000, 1000),
)
SHEET = (
    '<cols><col min="1" max="2" hidden="1"/></cols>'
    + made.sheet_data(
        made.said("A1", "标题") + made.number("B2", "45624", style=1),
        '<c r="A2" t="s"><v>0</v></c><c r="C2"><f>ROW()-1</f><v>1</v></c>',
    )
    + '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>'
)
STYLES = (
    '<numFmts><numFmt numFmtId="200" formatCode="yyyy/m/d"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs>'
)
NUMBERS = ("0", "-1", "", "x", "²", "99999999999999999999", "1048577", "16385", "1E400", "A1:XFD1")


def damaged(data: bytes, changes: list[tuple[int, bytes, int]]) -> bytes:
    """Return the bytes with others put in the place of some, at places taken around the end."""
    for place, inserted, dropped in changes:
        at = place % (len(data) + 1)
        data = data[:at] + inserted + data[at + dropped :]
    return data


def file_of(**changed: str) -> bytes:
    """Return a file with parts changed: a document, or a workbook where parts of one are."""
    if changed.keys() & {"sheet", "looks"}:
        parts = {"sheet": SHEET, "looks": STYLES, **changed}
        return made.xlsx(parts["sheet"], parts["looks"], "<si><t>共享</t></si>")
    parts = {"body": BODY, "numbering": NUMBERING, **changed}
    return made.docx(parts["body"], "<w:style/>", parts["numbering"])


PARTS = {"body": BODY, "numbering": NUMBERING, "sheet": SHEET, "looks": STYLES}


def read_or_refuse(data: bytes) -> list[Document]:
    documents = []
    for reader in (docx, xlsx):
        with contextlib.suppress(UnreadableFile):
            documents.append(reader.read("损坏.bin", data, SMALL))
    return documents


changes = st.lists(
    st.tuples(st.integers(0, 100_000), st.binary(max_size=8), st.integers(0, 40)), max_size=6
)


def test_undamaged_all_of_it_can_be_read() -> None:
    assert [len(read_or_refuse(file_of(**{part: PARTS[part]}))) for part in PARTS] == [1, 1, 1, 1]


@given(changes, st.sampled_from((file_of(), file_of(sheet=SHEET), ole(Workbook=b"x"))))
@settings(max_examples=150, deadline=None)
def test_damage_to_the_bytes_of_a_file_is_told_and_nothing_else(
    changes: list[tuple[int, bytes, int]], data: bytes
) -> None:
    bad = damaged(data, changes)
    with contextlib.suppress(UnreadableFile):
        kind_of("损坏.bin", bad)
    read_or_refuse(bad)


@given(changes, st.sampled_from(tuple(PARTS)))
@settings(max_examples=200, deadline=None)
def test_damage_within_a_part_is_told_and_nothing_else(
    changes: list[tuple[int, bytes, int]], part: str
) -> None:
    bad = damaged(PARTS[part].encode(), changes).decode("utf-8", "replace")
    read_or_refuse(file_of(**{part: bad}))


@pytest.mark.parametrize("part", PARTS)
def test_a_senseless_number_anywhere_is_lived_with(part: str) -> None:
    pieces = PARTS[part].split('"')
    for place in range(1, len(pieces), 2):
        for senseless in NUMBERS:
            changed = [*pieces[:place], senseless, *pieces[place + 1 :]]
            read_or_refuse(file_of(**{part: '"'.join(changed)}))


@given(
    st.binary(max_size=200), st.sampled_from((b"", b"PK\x03\x04", b"<?xml", b"{\\rtf", b"%PDF-"))
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_at_all_are_of_some_kind(data: bytes, first: bytes) -> None:
    with contextlib.suppress(UnreadableFile):
        assert kind_of("x", first + data)

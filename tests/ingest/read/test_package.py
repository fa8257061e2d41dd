"""Zip files: read within the limits, whatever they claim of themselves."""

from __future__ import annotations

import zipfile

import pytest

from ingest.read.limits import LIMITS, Limits
from ingest.read.package import Package, resolved
from ingest.read.reader import read_document
from ontology.errors import UnreadableFile
from tests.ingest.read.office_files import docx, paragraph, word, xlsx, zipped

BOMB = zipped({"word/document.xml": b"<a>" + b" " * 3_000_000})


def test_what_a_member_expands_to_is_counted_while_it_is_read() -> None:
    assert len(BOMB) < 10_000
    with pytest.raises(UnreadableFile, match=r"a.docx: word/document.xml: more than the limit of"):
        read_document("a.docx", BOMB, Limits(expanded_bytes=1_000_000))


def test_the_size_a_member_declares_is_not_believed() -> None:
    lying = bytearray(BOMB)
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = lying.index(signature) + place
        lying[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(UnreadableFile):
        read_document("a.docx", bytes(lying), Limits(expanded_bytes=1_000_000))


def test_a_table_that_compresses_well_is_no_bomb() -> None:
    data = docx(paragraph("序号" * 1000) * 100)
    assert len(data) * 100 < 200_000 * 3
    assert len(read_document("a.docx", data).text) > 200_000


def test_members_are_counted_before_they_are_looked_at() -> None:
    many = zipped({f"{number}": b"" for number in range(50)})
    with pytest.raises(UnreadableFile, match="more than the limit of 40 members"):
        Package("a.zip", many, Limits(members=40))


@pytest.mark.parametrize("path", ["../evil.xml", "word/../../evil.xml", "C:/evil", "..\\evil"])
def test_a_member_that_points_out_of_the_file_is_refused(path: str) -> None:
    with pytest.raises(UnreadableFile, match="points out of it"):
        Package("a.docx", zipped({path: b""}), LIMITS)


def test_a_file_too_large_as_it_stands_is_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"a.txt: more than the limit of 10 raw bytes"):
        read_document("a.txt", b"x" * 11, Limits(raw_bytes=10))


def test_a_locked_zip_is_called_locked() -> None:
    locked = bytearray(zipped({"word/document.xml": b"<a/>"}, zipfile.ZIP_STORED))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(signature) + place] |= 1
    with pytest.raises(UnreadableFile, match="password-protected zip: unpack it with its password"):
        read_document("a.docx", bytes(locked))


@pytest.mark.parametrize("cut", [4, 100, -30, -1])
def test_a_file_cut_off_says_so(cut: int) -> None:
    with pytest.raises(UnreadableFile, match="damaged or cut off"):
        read_document("a.docx", docx(paragraph("甲"))[:cut])


def test_a_member_whose_content_does_not_fit_its_sum_is_damaged() -> None:
    data = bytearray(zipped({"word/document.xml": b"<a>good</a>"}, zipfile.ZIP_STORED))
    data[data.index(b"good")] = ord("f")
    with pytest.raises(UnreadableFile, match=r"word/document.xml is damaged or cut off"):
        read_document("a.docx", bytes(data))


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/numbering.xml"])
def test_a_part_with_a_dtd_is_refused(prolog: str, part: str) -> None:
    data = docx(paragraph("甲"), more={part: prolog + word("<w:body/>")})
    with pytest.raises(UnreadableFile, match=f"{part} has a DTD"):
        read_document("a.docx", data)


def test_a_part_of_a_workbook_with_a_dtd_is_refused() -> None:
    for part in ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
        data = xlsx("", more={part: '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'})
        with pytest.raises(UnreadableFile, match=f"{part} has a DTD"):
            read_document("a.xlsx", data)


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/styles.xml", "_rels/.rels", "word/_rels/document.xml.rels"]
)
@pytest.mark.parametrize("content", ["", "<a>", "no XML", "<a/><b/>", "\x00", "<a>&b;</a>"])
def test_a_part_that_is_no_xml_is_named(part: str, content: str) -> None:
    data = docx(paragraph("甲"), more={part: content})
    with pytest.raises(UnreadableFile, match=f"a.docx: {part} is "):
        read_document("a.docx", data)


def test_a_missing_main_part_is_named() -> None:
    data = zipped({"xl/workbook.xml": "<x/>", "_rels/.rels": "<x/>"})
    with pytest.raises(UnreadableFile, match=r"xl/workbook.xml is no Excel workbook"):
        read_document("a.xlsx", data)


@pytest.mark.parametrize(
    ("part", "target", "path"),
    [
        ("word/document.xml", "styles.xml", "word/styles.xml"),
        ("xl/worksheets/sheet1.xml", "../comments1.xml", "xl/comments1.xml"),
        ("xl/workbook.xml", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("", "word\\document.xml", "word/document.xml"),
        ("word/document.xml", "../../../etc/passwd", "etc/passwd"),
    ],
)
def test_a_target_is_found_from_its_part_and_never_outside(
    part: str, target: str, path: str
) -> None:
    assert resolved(part, target) == path

"""Kind: what a file is by its content; its name says nothing, `list.xls` may well be a web page."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from enum import StrEnum

import olefile

from ingest.document import Kind
from ingest.read.decode import decode
from ingest.read.limits import LIMITS, Limits
from ingest.read.package import Package

SAMPLE = 64 * 1024  # bytes from which the kind of a text is told
CONTENT_TYPES = "[Content_Types].xml"
SEPARATORS = ",;\t|"


class Foreign(StrEnum):
    """What a file is that no reader takes as it stands, in the words people know it by."""

    DOC = "Word 97–2003 document (.doc)"
    WPS = "WPS 文字 document (.wps)"
    XLS = "Excel 97–2003 workbook (.xls) or WPS 表格 (.et)"
    ET = "WPS 表格 workbook (.et)"
    XML_SPREADSHEET = "XML spreadsheet 2003"
    WORD_XML = "Word XML document"
    RTF = "rich text document (.rtf)"
    ODT = "OpenDocument text (.odt)"
    ODS = "OpenDocument spreadsheet (.ods)"
    XLSB = "binary Excel workbook (.xlsb)"
    MHTML = "web archive (MHTML)"
    LOCKED_OFFICE = "password-protected Office file"
    LOCKED_ZIP = "password-protected zip"
    PRESENTATION = "presentation"
    OFD = "OFD document"
    HEIC = "HEIC photo"
    ARCHIVE = "archive of files"
    OLE = "OLE file that is neither a document nor a workbook"
    XML = "XML file of no known kind"
    EMPTY = "empty file"
    UNKNOWN = "binary file of no known kind"


_FIRST_BYTES: tuple[tuple[bytes, Kind | Foreign], ...] = (
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"{\\rtf", Foreign.RTF),
    (b"Rar!\x1a\x07", Foreign.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Foreign.ARCHIVE),
    (b"\x1f\x8b", Foreign.ARCHIVE),
)
# What the list of content types of an Office file says of its main part, and where that part
# usually is; the first decides because producers name the part as they like.
_OFFICE: tuple[tuple[bytes, str, Kind | Foreign], ...] = (
    (b"wordprocessingml.document.main", "word/document.xml", Kind.DOCX),
    (b"wordprocessingml.template.main", "word/document.xml", Kind.DOCX),
    (b"ms-word.document.macroenabled.main", "word/document.xml", Kind.DOCX),
    (b"spreadsheetml.sheet.main", "xl/workbook.xml", Kind.XLSX),
    (b"spreadsheetml.template.main", "xl/workbook.xml", Kind.XLSX),
    (b"ms-excel.sheet.macroenabled.main", "xl/workbook.xml", Kind.XLSX),
    (b"ms-excel.sheet.binary", "xl/workbook.bin", Foreign.XLSB),
    (b"presentationml", "ppt/presentation.xml", Foreign.PRESENTATION),
)
_ROOT = re.compile(
    r"\s*+(?>(?:<\?[^>]*+>|<!--.*?-->|<!DOCTYPE[^>\[]*+>)\s*+)*+<([\w:.-]+)([^>]*)", re.S
)
_WEB_TAGS = re.compile(
    r"\s*+(?><!--.*?-->\s*+)*+<(?:!doctype\s+html|html|head|meta|body|title|style|table|div|p|h\d)\b",
    re.I | re.S,
)
_WEB_ARCHIVE = re.compile(r"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?mime-version:", re.I)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\ue000-\uf8ff\ufffd\uffff]")
_RULE_OF_TABLE = re.compile(r"^ *+\|? *+:?-{2,}+:? *+(?:\| *+:?-{2,}+:? *+)+\|? *+\r?$", re.M)
_HEADING = re.compile(r"^#{1,6} \S|^```", re.M)


def kind_of(name: str, data: bytes, limits: Limits = LIMITS) -> Kind | Foreign:
    """Return what a file is by its first bytes and, of zip and OLE files, its members."""
    if not data.strip(b"\x00 \t\r\n"):
        return Foreign.EMPTY
    if data.startswith(olefile.MAGIC):
        return _of_ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")):
        return _of_zip(Package(name, data, limits))
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    for first, kind in _FIRST_BYTES:
        if data.startswith(first):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.IMAGE
    if data[4:8] == b"ftyp":
        return (
            Foreign.HEIC if data[8:12] in (b"heic", b"heix", b"mif1", b"msf1") else Foreign.UNKNOWN
        )
    sample = data[:SAMPLE]
    return Foreign.UNKNOWN if _is_binary(sample) else _of_text(sample)


def _of_ole(data: bytes) -> Foreign:
    from_wps = b"KSOProductBuildVer" in data or "WpsCustomData".encode("utf-16-le") in data
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            if file.exists("EncryptedPackage"):
                return Foreign.LOCKED_OFFICE
            if file.exists("WordDocument"):
                locked = _locked_document(file.openstream("WordDocument").read(12))
                return _office(locked, from_wps, Foreign.WPS, Foreign.DOC)
            for stream in ("Workbook", "Book"):
                if file.exists(stream):
                    locked = _locked_workbook(file.openstream(stream).read(4096))
                    return _office(locked, from_wps, Foreign.ET, Foreign.XLS)
            return Foreign.PRESENTATION if file.exists("PowerPoint Document") else Foreign.OLE
    except (OSError, ValueError, IndexError, TypeError, AttributeError, OverflowError):
        return Foreign.OLE  # a damaged one


def _office(locked: bool, from_wps: bool, wps: Foreign, microsoft: Foreign) -> Foreign:
    if locked:
        return Foreign.LOCKED_OFFICE
    return wps if from_wps else microsoft


def _locked_document(head: bytes) -> bool:
    """Whether the head of a Word document has its flag for encryption set."""
    return len(head) == 12 and bool(head[11] & 1)


def _locked_workbook(head: bytes) -> bool:
    """Whether one of the first records of a workbook, before its first sheet, is FILEPASS."""
    offset = 0
    while offset + 4 <= len(head):
        record = int.from_bytes(head[offset : offset + 2], "little")
        if record == 0x2F:
            return True
        offset += 4 + int.from_bytes(head[offset + 2 : offset + 4], "little")
    return False


def _of_zip(package: Package) -> Kind | Foreign:
    if package.locked:
        return Foreign.LOCKED_ZIP
    if package.find("mimetype"):
        return _of_mimetype(package.read("mimetype")[:80])
    types = package.read(CONTENT_TYPES).lower() if package.find(CONTENT_TYPES) else b""
    for mark, _, kind in _OFFICE:
        if mark in types:
            return kind
    for _, path, kind in _OFFICE:
        if package.find(path):
            return kind
    return Foreign.OFD if package.find("OFD.xml") else Foreign.ARCHIVE


def _of_mimetype(written: bytes) -> Foreign:
    if b"opendocument.text" in written:
        return Foreign.ODT
    if b"opendocument.spreadsheet" in written:
        return Foreign.ODS
    return Foreign.PRESENTATION if b"opendocument.presentation" in written else Foreign.ARCHIVE


def _is_binary(sample: bytes) -> bool:
    """Whether more is in it than damage explains that no text has, in any encoding.

    Latin letters in UTF-16 are every other byte a zero, which nothing else that is text has.
    """
    if sample.count(0) * 10 < len(sample):
        return _odd(sample.decode("latin-1"))
    return _odd(sample.decode("utf-16-le", "replace")) and _odd(
        sample.decode("utf-16-be", "replace")
    )


def _odd(text: str) -> bool:
    return len(_CONTROLS.findall(text)) * 200 > len(text)


def _of_text(sample: bytes) -> Kind | Foreign:
    text = decode(sample, cut=True).text
    if _WEB_ARCHIVE.match(text):
        return Foreign.MHTML
    if _WEB_TAGS.match(text):
        return Kind.HTML
    if text.lstrip().startswith("<?xml"):
        return _of_xml(text)
    if _RULE_OF_TABLE.search(text) or _HEADING.search(text):
        return Kind.MARKDOWN
    return Kind.CSV if _is_separated(text) else Kind.TEXT


LEAST_COLUMNS, LEAST_ROWS = 4, 3  # of a table whose titles and notes are more lines than it has


def _of_xml(text: str) -> Kind | Foreign:
    root = _ROOT.match(text)
    if root is None:
        return Foreign.XML
    tag = root[1].rpartition(":")[2]
    if tag.lower() == "html":
        return Kind.HTML
    if "<!DOCTYPE" in root[0]:  # Office writes none, and what it may load is nobody's business
        return Foreign.XML
    if tag == "Workbook" and "office:spreadsheet" in root[2]:
        return Foreign.XML_SPREADSHEET
    is_word = tag == "wordDocument" or (tag == "package" and 'progid="Word.' in text)
    return Foreign.WORD_XML if is_word else Foreign.XML


def _is_separated(text: str) -> bool:
    """Whether the same separator cuts most lines into the same number of cells.

    A comma in running text is there too, but not twice as often in each line: prose has to have
    as many in more than half of its lines to be taken for a table.
    """
    if re.match(r"sep=.[\r\n]", text):
        return True
    return any(_cuts_evenly(text, separator) for separator in SEPARATORS)


def _cuts_evenly(text: str, separator: str) -> bool:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:  # a cell longer than a cell can be
        return False
    counts = Counter(len(row) for row in rows[:200] if any(cell.strip() for cell in row))
    if not counts:
        return False
    if _is_table_among_lines(counts):
        return True
    width, times = counts.most_common(1)[0]
    enough = times >= 2 or (width >= 3 and len(counts) == 1)
    return width >= 2 and enough and 2 * times > counts.total()


def _is_table_among_lines(counts: Counter[int]) -> bool:
    """Tell whether all lines that are cut at all are rows alike, of four cells or more."""
    cut = {width: times for width, times in counts.items() if width > 1}
    return len(cut) == 1 and min(cut) >= LEAST_COLUMNS and max(cut.values()) >= LEAST_ROWS

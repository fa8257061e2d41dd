"""What a file is: told by its bytes, whatever it is called."""

from __future__ import annotations

import pytest

from ingest.document import Kind
from ingest.read.kind import Foreign, kind_of
from tests.ingest.read.office_files import content_types, docx, paragraph, xlsx, zipped
from tests.ingest.read.ole_files import ole

ROW = "1,甲,乙,丙\n"
TABLE = "序号\t申报单位\n1\t江城示范机械有限公司\n2\t山阳示范电器有限公司\n"
SPREADSHEET_2003 = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
# The records of a workbook: its beginning, then what says that it is locked.
BEGIN, LOCK = b"\x09\x08\x02\x00\x00\x06", b"\x2f\x00\x02\x00\x01\x00"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(paragraph("甲")), Kind.DOCX),
        (xlsx(""), Kind.XLSX),
        (zipped({"word/document.xml": "<x/>"}), Kind.DOCX),
        (zipped({"xl\\workbook.xml": "<x/>"}), Kind.XLSX),
        (zipped({"[content_types].xml": content_types("wordprocessingml.template")}), Kind.DOCX),
        (b"%PDF-1.7\n", Kind.PDF),
        (b"\xef\xbb\xbf\n%PDF-1.4", Kind.PDF),
        (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
        (b"\xff\xd8\xff\xe0", Kind.IMAGE),
        (b"II*\x00", Kind.IMAGE),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Kind.IMAGE),
        (b"<!DOCTYPE html><html>", Kind.HTML),
        (b"\r\n <HTML xmlns:x='urn:schemas-microsoft-com:office:excel'><head>", Kind.HTML),
        (b"<!-- saved --><table><tr><td>1", Kind.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C"><html>', Kind.HTML),
        ("<html><body>中文".encode("utf-16"), Kind.HTML),
        (TABLE.encode("gb18030"), Kind.CSV),
        (TABLE.encode("utf-8-sig"), Kind.CSV),
        (TABLE.encode("utf-16"), Kind.CSV),
        ("sep=;\n甲;乙\n".encode(), Kind.CSV),
        ('附件4,,\n汇总表,,\n序号,单位,项目\n1,甲,"乙,\n丙"\n'.encode(), Kind.CSV),
        ("序号,申报单位,项目名称\n".encode(), Kind.CSV),
        (f"汇总表\n单位：某厅\n{3 * ROW}合计3家\n注：一\n（盖章）\n".encode(), Kind.CSV),
        ("# 清单\n\n文字\n".encode(), Kind.MARKDOWN),
        ("| 序号 | 单位 |\n|---|---|\n| 1 | 甲 |\n".encode(), Kind.MARKDOWN),
        ("各有关单位：\n现将事项通知如下，请按时报送。\n".encode(), Kind.TEXT),
        ("建设目标, 内容\n通知如下。\n一、总体要求\n二、工作任务\n".encode("gbk"), Kind.TEXT),
        ("制造\ufffd业".encode() + b"\xff\xfe", Kind.TEXT),
    ],
)
def test_a_file_that_can_be_read_is_told_by_what_it_holds(data: bytes, kind: Kind) -> None:
    assert kind_of("给的.bin", data) is kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", Foreign.EMPTY),
        (b"\x00\x00 \r\n", Foreign.EMPTY),
        (ole(WordDocument=b"\xec\xa5"), Foreign.DOC),
        (ole(WordDocument=b"\xec\xa5", WpsCustomData=b""), Foreign.WPS),
        (ole(Workbook=BEGIN), Foreign.XLS),
        (ole(Book=BEGIN), Foreign.XLS),
        (ole(Workbook=BEGIN + b"KSOProductBuildVer"), Foreign.ET),
        (ole(EncryptedPackage=b"", EncryptionInfo=b""), Foreign.LOCKED_OFFICE),
        (ole(Workbook=BEGIN + LOCK), Foreign.LOCKED_OFFICE),
        (ole(WordDocument=b"\xec\xa5" + bytes(9) + b"\x01"), Foreign.LOCKED_OFFICE),
        (ole(PowerPoint_Document=b""), Foreign.PRESENTATION),
        (ole(Other=b""), Foreign.OLE),
        (ole(Workbook=b"")[:600], Foreign.OLE),
        (SPREADSHEET_2003.encode(), Foreign.XML_SPREADSHEET),
        (SPREADSHEET_2003.encode("utf-16"), Foreign.XML_SPREADSHEET),
        (SPREADSHEET_2003.replace("Workbook", "ss:Workbook").encode(), Foreign.XML_SPREADSHEET),
        (SPREADSHEET_2003.replace("<W", '<!DOCTYPE x SYSTEM "y"><W').encode(), Foreign.XML),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="x">', Foreign.WORD_XML),
        (b'<?xml version="1.0"?><feed/>', Foreign.XML),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n", Foreign.MHTML),
        (b"From: <Saved by Blink>\nSubject: x\n y\nMIME-Version: 1.0\n", Foreign.MHTML),
        (b"{\\rtf1", Foreign.RTF),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), Foreign.ODT),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), Foreign.ODS),
        (zipped({"xl/workbook.bin": b""}), Foreign.XLSB),
        (zipped({"ppt/presentation.xml": ""}), Foreign.PRESENTATION),
        (zipped({"OFD.xml": ""}), Foreign.OFD),
        (zipped({"a.docx": b"", "b.docx": b""}), Foreign.ARCHIVE),
        (b"Rar!\x1a\x07\x00", Foreign.ARCHIVE),
        (b"\x00\x00\x00\x18ftypheic", Foreign.HEIC),
        (bytes(range(256)) * 4, Foreign.UNKNOWN),
    ],
)
def test_a_file_of_another_kind_is_called_by_its_name(data: bytes, kind: Foreign) -> None:
    assert kind_of("list.xlsx", data) is kind

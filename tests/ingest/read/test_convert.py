"""Kinds no reader takes: converted where LibreOffice is, else named with what to do."""

from __future__ import annotations

import io
import subprocess
import time
from pathlib import Path

import openpyxl
import pytest

from ingest.document import Kind
from ingest.read.convert import office
from ingest.read.limits import Limits
from ingest.read.reader import read_document
from ontology.errors import UnreadableFile
from tests.ingest.read.office_files import zipped
from tests.ingest.read.ole_files import ole

SPREADSHEET_2003 = """<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="汇总"><Table>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">推荐汇总表</Data></Cell></Row>
<Row><Cell><Data ss:Type="Number">1</Data></Cell>
<Cell><Data ss:Type="String">江城示范</Data></Cell></Row>
</Table></Worksheet></Workbook>"""
needs_office = pytest.mark.skipif(office() is None, reason="LibreOffice is not installed here")


@needs_office
def test_an_xml_spreadsheet_is_read_through_libreoffice() -> None:
    document = read_document("汇总.xls", SPREADSHEET_2003.encode())
    title, number, name = document.tables[0].cells
    assert (document.name, document.kind) == ("汇总.xls", Kind.XLSX)
    assert (title.text, title.column_span, number.text, name.text) == (
        "推荐汇总表",
        2,
        "1",
        "江城示范",
    )
    assert str(name.place) == "汇总.xls, sheet 汇总, row 2, column 2"
    assert document.findings[0].code == "converted"


def workbook() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["number", "江城示范"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@needs_office
@pytest.mark.parametrize(
    ("given", "ending"),
    [
        (
            b"{\\rtf1\\trowd\\cellx2000\\cellx4000 number\\cell\\u27743?\\cell\\row\\pard x\\par}",
            "doc",
        ),
        (workbook(), "xls"),
    ],
)
def test_an_old_office_file_is_read_through_libreoffice(
    given: bytes, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / "given"
    path.write_bytes(given)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office() or "", profile, "--headless", "--convert-to", ending, "--outdir"]
    subprocess.run([*command, tmp_path, path], check=True, capture_output=True, timeout=120)
    old = path.with_suffix(f".{ending}").read_bytes()
    assert old.startswith(b"\xd0\xcf\x11\xe0")
    first, second = read_document("没有扩展名", old).tables[0].cells
    assert (first.text, second.text[0]) == ("number", "江")


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("no_office")
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (ole(Workbook=b"KSOProductBuildVer"), "WPS 表格 workbook (.et): save it as xlsx"),
        (
            ole(WordDocument=b"\xec\xa5", WpsCustomData=b""),
            "WPS 文字 document (.wps): save it as docx",
        ),
        (ole(WordDocument=b""), "Word 97–2003 document (.doc): save it as docx"),
        (ole(Workbook=b""), "Excel 97–2003 workbook (.xls) or WPS 表格 (.et): save it as xlsx"),
        (SPREADSHEET_2003.encode(), "XML spreadsheet 2003: save it as xlsx"),
    ],
)
def test_without_libreoffice_the_kind_is_named_and_what_to_do(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_document("汇总.xlsx", data)
    assert str(raised.value).startswith(f"汇总.xlsx: {sentence}")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"MIME-Version: 1.0\n", "web archive (MHTML): open it and save it as docx or xlsx"),
        (ole(EncryptedPackage=b""), "password-protected Office file: open it with its password"),
        (zipped({"a.docx": b""}), "archive of files: unpack it"),
        (b"", "empty file"),
        (
            bytes(range(256)),
            "binary file of no known kind: give it as docx, xlsx, pdf, csv or html",
        ),
        (ole(Other=b""), "OLE file that is neither a document nor a workbook: give it as docx"),
    ],
)
def test_what_libreoffice_cannot_help_with_is_named(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_document("a", data)
    assert str(raised.value).startswith(f"a: {sentence}")


def has_ended(process: str) -> bool:
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().split()[2] == "Z"


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program of that name where LibreOffice would be found."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_a_conversion_that_takes_too_long_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, f"sleep 30 & echo $! > {tmp_path}/child; wait", monkeypatch)
    began = time.monotonic()
    with pytest.raises(UnreadableFile, match="LibreOffice was not done with it after 1 seconds"):
        read_document("a.doc", ole(WordDocument=b""), Limits(seconds=1))
    assert time.monotonic() - began < 15
    child = (tmp_path / "child").read_text().strip()
    while not has_ended(child) and time.monotonic() - began < 20:
        time.sleep(0.1)
    assert has_ended(child)


def test_a_conversion_that_makes_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "exit 1", monkeypatch)
    with pytest.raises(UnreadableFile, match="LibreOffice cannot open it"):
        read_document("a.doc", ole(WordDocument=b""))


def test_a_bomb_is_not_handed_to_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, f"touch {tmp_path}/started", monkeypatch)
    sheet = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": "x" * 9999,
    }
    with pytest.raises(UnreadableFile, match=r"content.xml: more than the limit of 5000 expanded"):
        read_document("a.ods", zipped(sheet), Limits(expanded_bytes=5000))
    assert not (tmp_path / "started").exists()

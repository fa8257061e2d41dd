"""Docx and xlsx files made by hand, part by part, so that a test says what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
Parts = Mapping[str, str | bytes]


def zipped(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file of the parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        for path, content in parts.items():
            file.writestr(path, content)
    return made.getvalue()


def relations(*targets: tuple[str, str, str]) -> str:
    """Return a part of relationships: id, last word of the type, target."""
    rows = "".join(
        f'<Relationship Id="{id}" Type="{R}/{kind}" Target="{target}"/>'
        for id, kind, target in targets
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def content_types(main: str) -> str:
    """Return the part of the content types with that of the main part."""
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Override PartName="/main" '
        f'ContentType="application/vnd.openxmlformats-officedocument.{main}.main+xml"/></Types>'
    )


def word(inner: str, root: str = "document") -> str:
    """Return a part of a Word document with the usual namespaces."""
    return (
        f'<w:{root} xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        f"{inner}</w:{root}>"
    )


def docx(body: str, styles: str = "", numbering: str = "", more: Parts | None = None) -> bytes:
    """Return a Word document with this body, these styles and these lists."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types("wordprocessingml.document"),
        "_rels/.rels": relations(("a", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(
            ("a", "styles", "styles.xml"), ("b", "numbering", "numbering.xml")
        ),
        "word/document.xml": word(f"<w:body>{body}</w:body>"),
        "word/styles.xml": word(styles, "styles"),
        "word/numbering.xml": word(numbering, "numbering"),
    }
    return zipped({**parts, **(more or {})})


def paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(content: str, properties: str = "") -> str:
    """Return a cell; plain words become a paragraph."""
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row; plain words become cells."""
    inner = "".join(one if one.startswith("<") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """Return a table, with the widths of its grid where they matter."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def xlsx(
    sheet: str, styles: str = "", strings: str = "", more: Parts | None = None, state: str = ""
) -> bytes:
    """Return a workbook of one sheet 汇总; `sheet` is what its part holds."""
    shown = f' state="{state}"' if state else ""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types("spreadsheetml.sheet"),
        "_rels/.rels": relations(("a", "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relations(
            ("s1", "worksheet", "worksheets/sheet1.xml"),
            ("b", "styles", "styles.xml"),
            ("c", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>'
            f'<sheet name="汇总" sheetId="1" r:id="s1"{shown}/></sheets></workbook>'
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}">{sheet}</worksheet>',
        "xl/styles.xml": f'<styleSheet xmlns="{S}">{styles}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{S}">{strings}</sst>',
    }
    return zipped({**parts, **(more or {})})


def sheet_data(*rows: str) -> str:
    """Return the cells of a sheet, each row as it stands or as its cells."""
    numbered = (
        one if one.startswith("<row") else f'<row r="{number}">{one}</row>'
        for number, one in enumerate(rows, 1)
    )
    return f"<sheetData>{''.join(numbered)}</sheetData>"


def said(address: str, text: str) -> str:
    """Return a cell with a string written in place."""
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def number(address: str, value: str, style: int = 0) -> str:
    """Return a cell with a number."""
    return f'<c r="{address}" s="{style}"><v>{value}</v></c>'

"""A PDF file drawn by hand: text at positions in the fonts every reader has, lines, pictures.

Chinese text takes STSong-Light, whose characters a reader knows without the font being embedded.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842  # A4 in points


@dataclass
class Sheet:
    """One page; positions are from its upper left corner."""

    parts: list[str] = field(default_factory=list)
    picture: bool = False

    def text(
        self, left: float, top: float, text: str, size: float = 10.5, font: str = "F1"
    ) -> None:
        """Print a text, its upper edge at `top`."""
        foot = HEIGHT - top - size * 0.88
        code = text.encode("utf-16-be").hex()
        self.parts.append(f"BT /{font} {size} Tf {left} {foot} Td <{code}> Tj ET")

    def line(self, left: float, top: float, right: float, bottom: float) -> None:
        """Draw a line."""
        self.parts.append(f"{left} {HEIGHT - top} m {right} {HEIGHT - bottom} l S")

    def grid(self, columns: list[float], rows: list[float]) -> None:
        """Draw the rules of a table."""
        for row in rows:
            self.line(columns[0], row, columns[-1], row)
        for column in columns:
            self.line(column, rows[0], column, rows[-1])


_FONT = "<< /Type /Font /Subtype /Type0 /BaseFont"
_CHARACTERS = "<< /Type /Font /Subtype /CIDFontType0 /BaseFont"
_OBJECTS = (
    "<< /Type /Catalog /Pages 2 0 R >>",
    "",
    f"{_FONT} /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    f"{_CHARACTERS} /STSong-Light /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
    "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    # F2 does not say which characters its shapes are, F3 says that they are what is written.
    f"{_FONT} /Unnamed /Encoding /Identity-H /DescendantFonts [7 0 R] >>",
    f"{_CHARACTERS} /Unnamed /DW 1000 /FontDescriptor 5 0 R "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
    f"{_FONT} /Mapped /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 9 0 R >>",
)
_SAME = (
    b"1 begincodespacerange <0000> <ffff> endcodespacerange "
    b"1 beginbfrange <0000> <ffff> <0000> endbfrange"
)
_GRAY = "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray"
_PICTURE = 99


def pdf(*sheets: Sheet, compressed: bool = True) -> bytes:
    """Return the file."""
    bodies = [text.encode() for text in _OBJECTS] + [_stream(_SAME, "", False)]
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(sheets)))
    bodies[1] = f"<< /Type /Pages /Count {len(sheets)} /Kids [{kids}] >>".encode()
    for number, sheet in enumerate(sheets):
        bodies += _page(sheet, 11 + 2 * number, compressed)
    numbered = list(enumerate(bodies, 1))
    picture = _stream(b"\xff\x00\x00\xff", f"{_GRAY} /BitsPerComponent 8", False)
    return _file([*numbered, (_PICTURE, picture)])


def _page(sheet: Sheet, content: int, compressed: bool) -> tuple[bytes, bytes]:
    image = f"/XObject << /P {_PICTURE} 0 R >>" if sheet.picture else ""
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
        f"/Contents {content} 0 R "
        f"/Resources << /Font << /F1 3 0 R /F2 6 0 R /F3 8 0 R >> {image} >> >>"
    )
    drawn = "\n".join(sheet.parts)
    if sheet.picture:
        drawn += f"\nq {WIDTH} 0 0 {HEIGHT} 0 0 cm /P Do Q"
    return page.encode(), _stream(drawn.encode(), "", compressed)


def _stream(data: bytes, more: str, compressed: bool) -> bytes:
    body = zlib.compress(data) if compressed else data
    kind = "/Filter /FlateDecode" if compressed else ""
    return f"<< /Length {len(body)} {kind} {more} >>\nstream\n".encode() + body + b"\nendstream"


def _file(numbered: list[tuple[int, bytes]]) -> bytes:
    made = b"%PDF-1.5\n"
    places: dict[int, int] = {}
    for number, body in numbered:
        places[number] = len(made)
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    count = max(places) + 1
    lines = [
        f"{places[n]:010} 00000 n \n" if n in places else "0000000000 65535 f \n"
        for n in range(count)
    ]
    table = f"xref\n0 {count}\n{''.join(lines)}trailer\n<< /Size {count} /Root 1 0 R >>\n"
    return made + f"{table}startxref\n{len(made)}\n%%EOF\n".encode()

"""Files of every kind with the same invented table, some of them broken."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

from tests.ingest.read.drawn_pdf import Sheet, pdf
from tests.ingest.read.office_files import docx, row, said, sheet_data, table, xlsx

HEAD = ("序号", "申报单位", "项目名称", "涉及典型场景实例", "备注")
SCENES = (
    "质量管控—在线智能检测—轮毂缺陷判读",
    "仓储物流—智能仓储—冷链立体库",
    "生产作业—人机协同作业—同台拧紧",
)
COLUMNS = [40.0, 70.0, 190.0, 300.0, 520.0, 560.0]
ROWS_OF_A_PAGE = 20
BROKEN = 20  # one file in so many is cut off in the middle

Rows = list[tuple[str, ...]]


def rows_of(number: int) -> Rows:
    """Return 20 to 60 rows, others for each number."""
    drawn = random.Random(number)
    rows: Rows = [HEAD]
    for one in range(1, drawn.randint(21, 61)):
        scene = drawn.choice(SCENES)
        rows.append((str(one), f"江城示范机械{number}厂", f"智能工厂项目{one}", scene, ""))
    return rows


def as_docx(rows: Rows) -> bytes:
    """Return a Word document."""
    return docx(table(*(row(*one) for one in rows)))


def as_xlsx(rows: Rows) -> bytes:
    """Return a workbook."""
    written = (
        "".join(said(f"{'ABCDE'[column]}{number}", text) for column, text in enumerate(one))
        for number, one in enumerate(rows, 1)
    )
    return xlsx(sheet_data(*written))


def as_pdf(rows: Rows) -> bytes:
    """Return a ruled table over as many pages as it takes."""
    sheets = []
    for first in range(0, len(rows), ROWS_OF_A_PAGE):
        part = rows[first : first + ROWS_OF_A_PAGE]
        sheet = Sheet()
        sheet.grid(COLUMNS, [60.0 + 36 * number for number in range(len(part) + 1)])
        for number, texts in enumerate(part):
            for left, text in zip(COLUMNS, texts, strict=False):
                sheet.text(left + 3, 64 + 36 * number, text)
        sheets.append(sheet)
    return pdf(*sheets)


def as_csv(rows: Rows) -> bytes:
    """Return values between commas, as Excel in China writes them."""
    return "\r\n".join(",".join(one) for one in rows).encode("gb18030")


def as_html(rows: Rows) -> bytes:
    """Return a page with a table."""
    lines = ("<tr>" + "".join(f"<td>{text}" for text in one) for one in rows)
    return f"<meta charset=utf-8><h1>名单</h1><table>{''.join(lines)}</table>".encode()


def as_markdown(rows: Rows) -> bytes:
    """Return a table of Markdown."""
    lines = [f"| {' | '.join(one)} |" for one in rows]
    return "\n".join(["# 名单", "", lines[0], "|---" * len(HEAD) + "|", *lines[1:]]).encode()


def as_text(rows: Rows) -> bytes:
    """Return running text."""
    return "\n".join(f"{one[1]}建设{one[2]}，应用{one[3]}。" for one in rows).encode()


KINDS: dict[str, tuple[Callable[[Rows], bytes], int]] = {  # how many of a thousand
    "docx": (as_docx, 250),
    "xlsx": (as_xlsx, 250),
    "pdf": (as_pdf, 200),
    "csv": (as_csv, 100),
    "html": (as_html, 100),
    "txt": (as_text, 50),
    "md": (as_markdown, 50),
}


def mixed() -> list[tuple[str, bytes]]:
    """Return a thousand files of mixed kinds in a mixed order."""
    made = []
    for ending, (write, count) in KINDS.items():
        for number in range(count):
            data = write(rows_of(number))
            kept = data[: len(data) // 2] if number % BROKEN == 0 else data
            made.append((f"{number}.{ending}", kept))
    random.Random(1).shuffle(made)
    return made


def scan(lines: int = 45) -> bytes:
    """Return a page of A4 at 200 dots to the inch with a table of two lines a row."""
    from PIL import Image, ImageDraw, ImageFont

    letters = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 29)
    page = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(page)
    lefts = [80, 180, 620, 1000, 1570]
    tops = [150 + 90 * number for number in range(lines // 2 + 1)]
    for left in lefts:
        draw.line((left, tops[0], left, tops[-1]), fill="black", width=3)
    for top in tops:
        draw.line((lefts[0], top, lefts[-1], top), fill="black", width=3)
    for number, top in enumerate(tops[:-1]):
        scene = SCENES[number % len(SCENES)].replace("—", "—\n", 1)
        for left, text in zip(
            lefts, (str(number), "江城示范机械", "智能工厂", scene), strict=False
        ):
            draw.multiline_text((left + 10, top + 4), text, fill="black", font=letters)
    file = io.BytesIO()
    page.save(file, "PNG")
    return file.getvalue()

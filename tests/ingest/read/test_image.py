import io
import socket
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Document
from ingest.read.limits import LIMITS, Limits
from ingest.read.page import Box
from ontology.errors import MissingPart, UnreadableFile

pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
from PIL import Image, ImageChops, ImageDraw, ImageFont

from ingest.read import recognise
from ingest.read.image import read
from ingest.read.reader import read_document
from ingest.read.recognise import Recognised, spread

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
)
COLUMNS = [40, 140, 480, 800]
ROWS = [100, 160, 220, 280]
TEXTS = [["序号", "申报单位", "级别"], ["1", "江城示范机械", "先进级"], ["2", "江城电子", "卓越级"]]


@pytest.fixture(scope="module")
def scan() -> Image.Image:
    """Return a small table as a scanner sees it."""
    font = next((path for path in FONTS if Path(path).exists()), None)
    if font is None:
        pytest.skip("no Chinese font to draw a scan with; fonts-noto-cjk has one")
    picture = Image.new("RGB", (840, 320), "white")
    draw = ImageDraw.Draw(picture)
    letters = ImageFont.truetype(font, 32)
    draw.text((240, 30), "智能工厂推荐汇总表", fill="black", font=letters)
    for left in COLUMNS:
        draw.line((left, ROWS[0], left, ROWS[-1]), fill="black", width=3)
    for top in ROWS:
        draw.line((COLUMNS[0], top, COLUMNS[-1], top), fill="black", width=3)
    for top, row in zip(ROWS, TEXTS, strict=False):
        for left, text in zip(COLUMNS, row, strict=False):
            draw.text((left + 14, top + 6), text, fill="black", font=letters)
    return picture


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def squares(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.text if cell else "—" for cell in row] for row in table.rows()]


def test_a_scanned_table_is_read_cell_by_cell_without_a_network(
    scan: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    found = read("scan.png", saved(scan), LIMITS)
    assert squares(found) == TEXTS
    assert found.text == "智能工厂推荐汇总表"
    assert all(0.5 < cell.confidence < 1 for cell in found.tables[0].cells)
    assert [finding.code for finding in found.findings] == ["recognised"]


def test_a_tilted_page_under_a_red_seal_is_read_and_the_seal_is_told(scan: Image.Image) -> None:
    seal = Image.new("RGB", scan.size, "white")
    ImageDraw.Draw(seal).ellipse((420, 140, 620, 310), outline=(230, 40, 40), width=14)
    stamped = ImageChops.multiply(scan, seal)  # as ink over ink
    tilted = stamped.rotate(1.5, fillcolor="white", resample=Image.Resampling.BICUBIC)
    found = read("scan.jpg", saved(tilted, "JPEG"), LIMITS)
    assert squares(found) == TEXTS
    assert [finding.code for finding in found.findings] == ["recognised", "red_print_ignored"]


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_page_scanned_sideways_is_turned(scan: Image.Image, degrees: int) -> None:
    assert squares(read("scan.png", saved(scan.rotate(degrees, expand=True)), LIMITS)) == TEXTS


def test_a_page_on_its_head_is_turned(scan: Image.Image) -> None:
    assert squares(read("scan.png", saved(scan.rotate(180)), LIMITS)) == TEXTS


@pytest.mark.parametrize(
    "lens", [(1, 0.1, -30, 0, 1, 0, 0, 4e-4), (0.9, 0, 40, -0.06, 1, 20, -1e-4, 0)]
)
def test_a_table_photographed_from_the_side_is_squared(
    scan: Image.Image, lens: tuple[float, ...]
) -> None:
    page = Image.new("RGB", (1200, 600), "white")
    page.paste(scan, (80, 120))
    leaning = page.transform(
        page.size, Image.Transform.PERSPECTIVE, lens, Image.Resampling.BICUBIC, fillcolor="white"
    )
    assert squares(read("photo.png", saved(leaning), LIMITS)) == TEXTS


def test_a_scanned_page_of_a_pdf_file_is_recognised(scan: Image.Image) -> None:
    page = Image.new("RGB", (1000, 1400), "white")
    page.paste(scan, (80, 100))
    data = saved(page, "PDF")
    assert read_document("scan.pdf", data, Limits(recognised_pages=0)).blocks == ()
    found = read_document("scan.pdf", data)
    assert squares(found) == TEXTS
    assert found.tables[0].cells[0].place.page == 1


def test_without_the_extra_a_picture_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("rapidocr", "cv2"):
        monkeypatch.setitem(sys.modules, module, None)
    recognise._engine.cache_clear()
    with pytest.raises(MissingPart, match=r"pip install 'sfkg\[ocr\]'"):
        read("scan.png", saved(Image.new("L", (30, 30))), LIMITS)


def test_each_picture_of_a_file_is_a_page() -> None:
    file = io.BytesIO()
    blank = Image.new("L", (700, 700), 255)
    blank.save(file, "TIFF", save_all=True, append_images=[blank])
    codes = [(f.code, f.place.page) for f in read("scan.tiff", file.getvalue(), LIMITS).findings]
    assert codes == [
        ("recognised", 1), ("nothing_recognised", 1), ("recognised", 2), ("nothing_recognised", 2),
    ]  # fmt: skip


def test_a_picture_too_large_to_unfold_is_refused_before_it_is() -> None:
    data = saved(Image.new("1", (3000, 3000)))
    with pytest.raises(UnreadableFile, match="limit of 1000000 expanded bytes"):
        read("scan.png", data, Limits(expanded_bytes=1_000_000))


def test_characters_of_a_line_are_spread_by_their_width() -> None:
    signs = spread(Recognised("甲A乙", Box(0, 0, 255, 30), 0.9))
    assert [round(sign.box.right) for sign in signs] == [100, 155, 255]


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_damaged_picture_is_read_or_refused_as_unreadable(data: st.DataObject) -> None:
    whole = bytearray(saved(Image.new("RGB", (20, 20), "gray"), "PNG"))
    whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(UnreadableFile):
        read("scan.png", bytes(whole[: data.draw(st.integers(8, len(whole)))]), LIMITS)

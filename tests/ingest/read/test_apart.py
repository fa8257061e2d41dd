import functools
import zlib

import pytest

from ingest.read.limits import MEGABYTE, Limits
from ingest.read.reader import read_document
from ontology.errors import UnreadableFile
from tests.ingest.read.drawn_pdf import Sheet, pdf


def hello() -> bytes:
    sheet = Sheet()
    sheet.text(60, 100, "质量管控")
    return pdf(sheet)


def unfolding(times: int) -> bytes:
    """Return a file whose only page unfolds to so many times 64 MB."""
    block = b" " * 2**26
    packer = zlib.compressobj(9, wbits=-15)
    packed = (packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)) * times
    total = functools.reduce(lambda before, _: zlib.adler32(block, before), range(times), 1)
    content = b"\x78\xda" + packed + b"\x03\x00" + total.to_bytes(4, "big")
    plain = pdf(Sheet(), compressed=False)
    empty = b"<< /Length 0   >>\nstream\n\nendstream"
    assert plain.count(empty) == 1
    head = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(content)
    return plain.replace(empty, head + content + b"\nendstream")


def drawing_itself(depth: int) -> bytes:
    """Return a file whose forms each draw the next one ten times."""
    sheet = Sheet()
    sheet.parts.append("/P Do")
    forms = b""
    for number in range(depth):
        body = b"/P Do " * 10
        forms += (
            b"%d 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length %d "
            b"/Resources << /XObject << /P %d 0 R >> >> >>\nstream\n%s\nendstream\nendobj\n"
        ) % (200 + number, len(body), 201 + number, body)
    made = pdf(sheet, compressed=False).replace(b"/Font <<", b"/XObject << /P 200 0 R >> /Font <<")
    head, _, _ = made.partition(b"xref")
    return head + forms + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"


def test_a_pdf_file_is_read_in_another_process_and_comes_back_whole() -> None:
    assert read_document("list.pdf", hello()).text == "质量管控"


def test_a_file_that_unfolds_to_more_than_memory_is_refused_and_the_next_one_is_read() -> None:
    data = unfolding(8)  # 512 MB
    assert len(data) < 2**20
    with pytest.raises(UnreadableFile, match=r"^bomb\.pdf: .*memory"):
        read_document("bomb.pdf", data, Limits(memory_bytes=300 * MEGABYTE))
    assert read_document("list.pdf", hello()).text == "质量管控"


def test_a_file_that_draws_itself_without_end_is_stopped_and_the_next_one_is_read() -> None:
    with pytest.raises(UnreadableFile, match="more than 4 seconds"):
        read_document(
            "forms.pdf", drawing_itself(30), Limits(seconds=3, pages=1, recognised_pages=0)
        )
    assert read_document("list.pdf", hello()).text == "质量管控"

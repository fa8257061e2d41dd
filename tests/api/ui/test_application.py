"""The page that holds an application of annex 3 against the levels."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from tests import ingest

INVENTED = "138" + "0" * 8  # a number of nobody
CASTINGS = Path(ingest.__file__).parent / "annex3/applications/castings.md"


def test_what_was_drafted_from_an_application_is_never_shown_as_confirmed(
    client: TestClient,
) -> None:
    text = CASTINGS.read_text("utf-8")
    page = client.post("/levels/application", files={"file": ("castings.md", text.encode())}).text
    assert "尚未经企业确认" in page
    assert "不是评估、认定或评审结论" in page
    assert 'class="drawing"' in page
    assert "对照卓越级" in page
    assert "无不良信用记录 符合" in page
    assert "S17 在线智能检测" in page
    assert "statements." not in page


def test_the_way_to_the_level_stands_below_what_is_open(client: TestClient) -> None:
    text = CASTINGS.read_text("utf-8")
    page = client.post("/levels/application", files={"file": ("castings.md", text.encode())}).text
    open_at, way_at = page.index("对照卓越级"), page.index("通往卓越级")
    assert open_at < way_at < page.rindex("其他层级")


def test_contacts_of_an_application_are_not_on_the_page(client: TestClient) -> None:
    text = f"{CASTINGS.read_text('utf-8')}\n\n联系人：甲某，{INVENTED}\n"
    page = client.post("/levels/application", files={"file": ("a.md", text.encode())}).text
    assert INVENTED not in page


def test_no_file_and_one_that_cannot_be_read_are_told(client: TestClient) -> None:
    assert client.get("/levels/application").status_code == 200
    assert client.post("/levels/application").status_code == 422
    answer = client.post("/levels/application", files={"file": ("a.docx", b"PK\x03\x04 broken")})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_an_empty_file_lacks_all_parts_and_nothing_counts(client: TestClient) -> None:
    page = client.post("/levels/application", files={"file": ("a.txt", b" ")}).text
    assert 'role="alert"' in page or page.count("缺少") >= 4

"""The page that answers a question, read as HTML."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from html import unescape

import docx
import pytest
from fastapi.testclient import TestClient

from api.ui.pages.ask import EXAMPLES
from api.ui.pages.provider import EXAMPLES as OFFERS
from api.ui.upload import text_of
from api.ui.why_view import LONGEST_SHOWN, marked
from kg.match.explain import Reason
from ontology.errors import UnreadableFile
from ontology.sentence import Language

WHEELS = "轮毂表面缺陷靠人工目检，漏检多"
OFF_TOPIC = "明天食堂吃什么"


def shown(client: TestClient, text: str, **more: str) -> str:
    """Return the page that answers a text, without marks of HTML."""
    page = client.get("/", params={"q": text, **more})
    assert page.status_code == 200
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page.text)))


def test_a_scene_is_told_with_chance_words_and_decision(client: TestClient) -> None:
    page = client.get("/", params={"q": WHEELS}).text
    told = shown(client, WHEELS)
    assert "这段文字说的是“在线智能检测”。" in told
    assert "标注人员会接受该场景的概率：大于 99%" in told
    assert re.search(r"<mark>[^<]*缺陷[^<]*</mark>", page)
    assert "着色的词语支持“S17 在线智能检测”" in told


def test_everything_asked_for_follows_the_scene_in_order(client: TestClient) -> None:
    told = shown(client, WHEELS)
    heads = ["典型场景", "最相近的可比案例", "S17 在线智能检测 的解决方案", "已在案例中使用",
             "已发布的方案", "相关标准", "对层级的意义"]  # fmt: skip
    places = [told.index(head) for head in heads]
    assert places == sorted(places)
    assert "产品关键质量特性数字化检测" in told
    assert "先进级" in told


def test_target_figures_and_own_figures_are_called_so(client: TestClient) -> None:
    page = client.get("/", params={"q": WHEELS}).text
    assert re.search(r"目标值，任务期内要达到，不是成效</span>", page)
    assert re.search(r"成效，企业自述，未经核实</span>", page)
    assert "由标注人员判断" in page


def test_a_provisional_name_is_marked_wherever_the_scene_leads(client: TestClient) -> None:
    page = client.get("/", params={"q": "多品种小批量，换型太慢"}).text
    for found in re.finditer(r'<h3><a href="/thing/S12">.*?</h3>', page):
        assert "名称暂定" in found[0]
    assert "S12 产线柔性配置</a>" in page


def test_every_case_and_solution_has_its_source_a_click_away(client: TestClient) -> None:
    page = client.get("/", params={"q": WHEELS}).text
    cards = re.findall(r"<article.*?</article>", page, re.DOTALL)
    assert len(cards) > 8
    for card in cards:
        assert "出处：" in card
        assert re.search(r'rel="noreferrer nofollow external"|来源等级|官方文件', card)


def test_that_nothing_fits_is_an_answer_with_its_reason(client: TestClient) -> None:
    told = shown(client, OFF_TOPIC)
    assert "没有合适的典型场景，因为：" in told
    assert "更像工厂智能制造以外的话题" in told
    assert "仅按文字相似排序" in told
    assert "解决方案" not in told


def test_an_english_page_says_in_english_why_nothing_fits(client: TestClient) -> None:
    page = client.get("/", params={"q": OFF_TOPIC, "lang": "en"}).text
    assert "about something other than smart manufacturing" in page
    assert "更像工厂智能制造以外" not in page


def test_why_not_another_scene_is_told_with_words_for_and_against(client: TestClient) -> None:
    told = shown(client, WHEELS, scene="S19")
    assert "S19 设备运行监控 与 S17 在线智能检测 相比" in told
    assert "这段文字更像后者" in told


def test_why_not_of_a_scene_that_is_not_there_is_told_with_what_is_like_it(
    client: TestClient,
) -> None:
    page = client.get("/", params={"q": WHEELS, "scene": "S99"})
    assert page.status_code == 422
    assert "没有找到典型场景“S99”" in page.text
    assert WHEELS in page.text


def test_in_english_all_but_what_sources_say_is_english(client: TestClient) -> None:
    page = client.get("/", params={"q": WHEELS, "lang": "en"}).text
    assert "S17 Online intelligent inspection" in page
    assert "target to be reached, no result" in page
    assert "“Online intelligent inspection”" in page
    assert "出处" not in page


def test_a_text_too_long_and_an_empty_one_are_told_with_what_to_do(client: TestClient) -> None:
    page = client.post("/", files={"file": ("a.txt", ("检" * 200_001).encode())})
    assert page.status_code == 422
    assert "有 200001 个字符，最多 200000 个" in page.text
    assert "试一试" in client.post("/", data={"text": "  "}).text


def test_a_short_question_gets_an_address_that_can_be_opened_again(client: TestClient) -> None:
    went = client.post("/?lang=en", data={"text": WHEELS}, follow_redirects=False)
    assert went.status_code == 303
    address = went.headers["location"]
    assert address.startswith("/?q=%E8%BD%AE")
    assert address.endswith("&lang=en")
    assert "Online intelligent inspection" in client.get(address).text
    longer = client.post("/", data={"text": WHEELS * 20}, follow_redirects=False)
    assert longer.status_code == 200


def test_a_dropped_file_is_read_and_its_text_can_be_gone_on_with(client: TestClient) -> None:
    file = {"file": ("说明.txt", WHEELS.encode("gb18030"), "text/plain")}
    page = client.post("/", files=file)
    assert page.status_code == 200
    assert WHEELS in page.text
    assert "S17 在线智能检测" in page.text


def test_a_word_document_is_read_with_its_tables_in_order() -> None:
    document = docx.Document()
    document.add_paragraph(WHEELS)
    row = document.add_table(rows=1, cols=2).rows[0].cells
    row[0].text, row[1].text = "手段", "机器视觉"
    document.add_paragraph("漏检率下降。")
    stream = io.BytesIO()
    document.save(stream)
    assert text_of("说明.docx", stream.getvalue()) == f"{WHEELS}\n手段，机器视觉\n漏检率下降。"


def test_a_file_that_only_claims_to_be_a_document_is_told(client: TestClient) -> None:
    page = client.post(
        "/", files={"file": ("说明.docx", b"PK\x03\x04" + b"x" * 40, "application/msword")}
    )
    assert page.status_code == 422
    assert "文件“说明.docx”读不了。" in page.text


PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"


def test_a_file_that_cannot_be_read_is_told_by_kind(client: TestClient) -> None:
    page = client.post("/", files={"file": ("说明.exe", PROGRAM, "application/x-msdownload")})
    assert page.status_code == 422
    assert page.headers["content-type"].startswith("text/html")
    assert "文件“说明.exe”读不了。" in page.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_file_is_read_in_what_it_was_written_in(encoding: str) -> None:
    assert text_of("说明.TXT", WHEELS.encode(encoding)) == WHEELS


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no known kind"):
        text_of("a.txt", b"\xff\xff\x00\x81")


def test_contacts_in_a_dropped_file_are_masked() -> None:
    mobile = "138" + "0" * 8
    assert mobile not in text_of("说明.txt", f"{WHEELS}，联系人：甲某，{mobile}".encode())


def test_a_marked_text_keeps_every_character_in_order() -> None:
    spans = (Reason("缺陷", 4, 6, 1.0), Reason("人工", 7, 9, -0.5))
    pieces = marked(WHEELS, spans)
    assert "".join(piece.text for piece in pieces) == WHEELS
    assert [(piece.text, piece.side) for piece in pieces if piece.side] == [
        ("缺陷", "for"), ("人工", "against")
    ]  # fmt: skip


def test_of_a_long_text_only_what_is_around_the_marked_words_is_shown() -> None:
    text = "前" * LONGEST_SHOWN + "缺陷" + "后" * LONGEST_SHOWN
    pieces = marked(text, (Reason("缺陷", LONGEST_SHOWN, LONGEST_SHOWN + 2, 1.0),))
    assert [piece.text for piece in pieces][1] == "缺陷"
    assert sum(len(piece.text) for piece in pieces) < 200


def test_all_solutions_of_a_scene_are_a_click_away_from_the_first_ones(client: TestClient) -> None:
    page = client.get("/", params={"q": WHEELS}).text
    assert 'href="/solutions?scene=S17"' in page
    assert 'href="/clusters?kind=scene&amp;of=S17"' in page
    found: set[str] = set()
    for offset in (0, 12, 24):
        told = client.get("/solutions", params={"scene": "S17", "offset": offset}).text
        found |= set(re.findall(r'<h4><a href="/thing/([^"]+)"', told))
    answer = client.get("/v1/recommendations", params={"scene": "S17", "limit": 100}).json()
    (scene,) = answer["scenes"]
    assert found == {one["id"] for one in (*scene["used"], *scene["offered"])}
    assert client.get("/solutions", params={"scene": "S99"}).status_code == 422


@pytest.mark.parametrize(("path", "examples"), [("/", EXAMPLES), ("/provider", OFFERS)])
def test_examples_are_in_the_language_of_the_page_and_all_lead_to_a_scene(
    client: TestClient, path: str, examples: Mapping[Language, Sequence[str]]
) -> None:
    for language, told in examples.items():
        page = unescape(client.get(path, params={"lang": language}).text)
        matched = client.post("/v1/match", json={"texts": list(told)}).json()["results"]
        assert all(f">{one}</a>" in page for one in told)
        assert all(one["decision"] != "no_scene" for one in matched)


def test_where_no_scene_fits_an_offer_nothing_is_said_of_its_places(client: TestClient) -> None:
    page = client.get("/provider", params={"q": OFF_TOPIC}).text
    assert "更像工厂智能制造以外的话题" in page
    assert "来源中没有这些场景" not in page

"""Our own sentences in the language asked for: reasons, what would settle a condition, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.cli.main import main
from api.spoken import spoken
from kg.levels.wording import NO_CERTIFICATE

ENGLISH = {"Accept-Language": "en-GB,en;q=0.9,zh;q=0.5"}
HAN = re.compile(r"[\u4e00-\u9fff]+")
OFF_TOPIC = "明天食堂吃什么"
WHEELS = "用视觉相机在线检查轮毂表面缺陷，替代人工目检"
CHANGE = "多品种小批量，换型太慢"
PROFILE = {
    "industry": ["C36"],
    "scenes": ["S15", "2025-S24"],
    "texts": [WHEELS, CHANGE, OFF_TOPIC],
    "maturity": {"level": 2, "source": ""},
    "statements": {"B1-1": True, "B2-2": {"holds": False, "source": "list"}},
    "kpis": {
        "K01": {"value": 3},
        "K09": {"value": 35, "peers": {"province": {"average": 12, "source": "yearbook"}}},
    },
}
# What the answers say in so many words of ours; all else is quoted.
OURS = {"reason", "why", "settled_by", "note", "effects_note", "applied_note", "disclaimer"}
QUOTED = re.compile(r"“[^”]*”|\(原则上\)|\((?:in its words|source): [^)]*\)")


def told(answer: object) -> Iterator[str]:
    """Yield our own sentences of an answer, without what they quote."""
    if isinstance(answer, dict):
        for name, value in answer.items():
            if name in OURS and isinstance(value, str):
                yield QUOTED.sub("", value)
            yield from told(value)
    if isinstance(answer, list):
        for value in answer:
            yield from told(value)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/match", {"text": OFF_TOPIC}),
        ("/v1/match", {"text": "在线智能检测"}),
        ("/v1/match", {"texts": [OFF_TOPIC, "嗯", "39116-2020", "こんにちは"]}),
        ("/v1/match", {"text": f"{OFF_TOPIC}。\n{WHEELS}。", "mode": "document"}),
        ("/v1/why", {"text": OFF_TOPIC}),
        ("/v1/cases", {"text": WHEELS}),
        ("/v1/recommendations", {"text": OFF_TOPIC}),
        ("/v1/clusters", {"text": OFF_TOPIC}),
        ("/v1/levels/check", PROFILE),
        ("/v1/levels/check", PROFILE | {"complete": True, "scenes": ["S15"], "texts": []}),
        ("/v1/levels/check", {"factory": "宝山钢铁股份有限公司"}),
        ("/v1/fits?of=中控技术", None),
        ("/v1/levels/development", None),
        ("/v1/guide/coverage", None),
        ("/v1/clusters?scene=S17", None),
        ("/v1/clusters/whole", None),
    ],
)
def test_every_sentence_of_ours_is_english_for_who_asks_for_it(
    client: TestClient, path: str, body: dict[str, object] | None
) -> None:
    def ask(headers: dict[str, str]) -> list[str]:
        method = "GET" if body is None else "POST"
        return list(told(client.request(method, path, json=body, headers=headers).json()))

    english, chinese = ask(ENGLISH), ask({})
    assert len(english) == len(chinese)
    assert [HAN.findall(one) for one in english if HAN.search(one)] == []
    assert any(map(HAN.search, chinese))


def test_an_answer_says_its_language_and_that_it_hangs_on_who_asks(client: TestClient) -> None:
    for headers, language in ((ENGLISH, "en"), ({}, "zh-CN")):
        answer = client.post("/v1/match", json={"text": OFF_TOPIC}, headers=headers)
        assert answer.headers["Content-Language"] == language
        assert answer.headers["Vary"] == "Accept-Language"


def test_what_has_no_sentence_of_ours_stays_the_same_object() -> None:
    answer = (1, {"name": "宝山钢铁"}, ["a"])
    assert spoken(answer, "en") is answer
    assert spoken((NO_CERTIFICATE,), "en") == (NO_CERTIFICATE.en,)


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_the_command_line_tells_reasons_in_the_language_asked_for(
    packaged_data: Path, monkeypatch: pytest.MonkeyPatch, form: tuple[str, ...]
) -> None:
    monkeypatch.setenv("SFKG_DATA", str(packaged_data))
    result = CliRunner().invoke(main, ["--lang", "en", "match", OFF_TOPIC, *form])
    assert "something other than smart manufacturing" in result.output
    assert "更像工厂智能制造以外" not in result.output

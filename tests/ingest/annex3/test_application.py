"""The four parts of an application: where they stand, what is missing, what was left in."""

from __future__ import annotations

import pytest

from ingest.annex3.application import Application, read_application
from ingest.document import Severity
from ontology.conditions import load_conditions
from tests.ingest.annex3.documents import CONTACTS, application, document_of
from tests.ingest.annex3.test_quality import NAMES

BODY = "这里写的是这一部分的内容，" * 8
HEADINGS = (
    "申报单位基本信息", "智能工厂基本情况", "智能工厂场景建设情况", "智能工厂建设成效"
)  # fmt: skip


def read(text: str) -> Application:
    """Return a text as an application."""
    return read_application(document_of(text), load_conditions())


def states(found: Application) -> dict[int, str]:
    """Return the state of each part."""
    return {part.order: part.state for part in found.parts}


def codes(found: Application) -> set[str]:
    """Return the codes of what is to be said."""
    return {finding.code for finding in found.findings}


@pytest.mark.parametrize(
    "form", ["{}、", "第{}部分　", "第{}章 ", "（{}）", "# {}、", "{}. ", "{} "], ids=str
)
def test_the_parts_are_found_whatever_numbers_their_headings(form: str) -> None:
    numbers = "1234" if form in {"{}. ", "{} "} else "一二三四"
    text = "\n".join(
        f"{form.format(number)}{heading}\n{BODY}"
        for number, heading in zip(numbers, HEADINGS, strict=True)
    )
    assert states(read(text)) == dict.fromkeys((1, 2, 3, 4), "present")
    assert [part.begins and part.begins.line for part in read(text).parts] == [1, 3, 5, 7]


@pytest.mark.parametrize(
    ("order", "title"),
    [
        (1, "企业概况"), (1, "申报主体情况介绍"), (1, "公司简介"), (1, "基本信息表"),
        (2, "项目基本情况"), (2, "工厂概况"), (2, "智能工厂总体情况"),
        (3, "典型场景应用情况"), (3, "智能场景建设"), (3, "场景实施与集成"),
        (4, "建设效益"), (4, "成效与展望"), (4, "先进性与实施效果"),
    ],
)  # fmt: skip
def test_reworded_titles_are_known(order: int, title: str) -> None:
    found = read(f"一、{title}\n{BODY}")
    assert states(found)[order] == "present"
    assert [state for other, state in states(found).items() if other != order] == ["missing"] * 3


def test_a_table_of_contents_is_not_mistaken_for_the_parts() -> None:
    found = read_application(application("resin"), load_conditions())
    assert [part.begins and part.begins.line for part in found.parts] == [14, 23, 38, 58]


def test_parts_in_another_order_are_found_and_told() -> None:
    found = read_application(application("strip"), load_conditions())
    assert set(states(found).values()) == {"present"}
    assert "parts_in_other_order" in codes(found)


def test_the_results_within_part_two_are_not_part_four() -> None:
    text = f"一、企业概况\n{BODY}\n二、工厂概况\n1. 建设成效：{BODY}\n三、场景建设\n{BODY}"
    found = read(text)
    assert states(found)[4] == "missing"
    (missing,) = [one for one in found.findings if one.code == "part_missing"]
    assert missing.severity is Severity.ERROR
    assert "智能工厂建设成效" in missing.message


def test_a_part_of_a_few_words_is_nearly_empty() -> None:
    found = read(f"一、企业概况\n{BODY}\n二、工厂概况\n详见附件\n三、场景建设\n{BODY}")
    assert states(found)[2] == "nearly_empty"
    assert "part_nearly_empty" in codes(found)


@pytest.mark.parametrize("words", ["略", "无", "见附件", "待补充", "——", "/", "XX"])
def test_an_item_that_says_nothing_is_told(words: str) -> None:
    found = read(f"二、工厂概况\n1. 集成商：{words}\n2. 项目简介：{BODY}")
    item = next(one for one in found.parts[1].items if one.name == "集成商")
    assert item.state == "nearly_empty"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("填写说明：请用仿宋字体", "instruction_left_in"),
        ("三、场景建设（简述目标和内容，不超过3000字）", "instruction_left_in"),
        ("项目简介：请简要介绍项目建设背景。", "instruction_left_in"),
        ("企业性质：（请选择国有、民营、外资）", "instruction_left_in"),
        ("地址：江城市XX路", "placeholder_left_in"),
        ("企业名称：____", "placeholder_left_in"),
        ("企业性质：□国有 □民营 □外资", "box_not_ticked"),
    ],
)
def test_what_the_form_says_of_itself_is_told_where_it_is_left_in(line: str, code: str) -> None:
    found = [one for one in read(line).findings if one.code == code]
    assert [one.place.line for one in found] == [1]


@pytest.mark.parametrize("line", ["企业性质：□国有 ☑民营 □外资", "本项目采用300字节的报文。"])
def test_what_is_filled_in_is_not_told(line: str) -> None:
    assert codes(read(line)) & {"instruction_left_in", "box_not_ticked"} == set()


def test_titles_of_other_programmes_are_told_as_no_level() -> None:
    (found,) = [
        one for one in read("公司获评5G工厂和灯塔工厂。").findings if one.code == "other_programme"
    ]
    assert found.found == "5G工厂、灯塔工厂"


@pytest.mark.parametrize("name", NAMES)
def test_no_contact_is_left_in_an_application(name: str) -> None:
    told = repr(read_application(application(name), load_conditions()))
    assert [one for one in CONTACTS.values() if one in told] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_invented_application_but_the_one_without_part_four_has_an_error(name: str) -> None:
    found = read_application(application(name), load_conditions())
    errors = [one.code for one in found.findings if one.severity is Severity.ERROR]
    assert errors == (["part_missing"] if name == "kitchen" else [])

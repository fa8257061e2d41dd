"""The main tasks of the three kinds of users, from start to result, as they do them."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

WHEELS = "轮毂表面缺陷靠人工目检，漏检多"


@pytest.fixture(params=["page", "plain_page"], ids=["with script", "without script"])
def opened(request: pytest.FixtureRequest) -> Page:
    """A page, with script and without."""
    found: Page = request.getfixturevalue(request.param)
    return found


def test_a_manager_learns_which_scene_a_problem_is_and_who_solved_it(opened: Page) -> None:
    opened.goto("/")
    opened.get_by_label("用自己的话描述").fill(WHEELS)
    opened.get_by_role("button", name="查找").click()
    expect(opened.get_by_text("这段文字说的是“在线智能检测”。")).to_be_visible()
    expect(opened.get_by_role("heading", name="最相近的可比案例")).to_be_visible()
    opened.get_by_text("每个词起了多大作用").click()
    expect(opened.get_by_role("img").first).to_be_visible()
    opened.get_by_role("article").first.get_by_role("link").first.click()
    expect(opened.get_by_role("heading", level=1)).to_contain_text("AI带钢表面质量在线检测")


def test_an_example_answers_at_an_address_that_can_be_opened_again(opened: Page) -> None:
    opened.goto("/")
    opened.get_by_role("link", name="仓库找料慢，账实不符").click()
    address = opened.url
    assert "?q=" in address
    opened.goto("/")
    opened.goto(address)
    expect(opened.get_by_role("heading", name="典型场景", exact=True)).to_be_visible()


def test_a_manager_asks_why_another_scene_is_not_the_answer(opened: Page) -> None:
    opened.goto(f"/?q={WHEELS}")
    opened.get_by_label("为什么不是").select_option("S19")
    opened.get_by_role("button", name="看原因").click()
    expect(opened.get_by_text("这段文字更像后者：")).to_be_visible()


def test_a_file_is_read_instead_of_typing(opened: Page, tmp_path: Path) -> None:
    file = tmp_path / "说明.txt"
    file.write_text(WHEELS, "utf-8")
    opened.goto("/")
    opened.get_by_label("或选择文件").set_input_files(file)
    opened.get_by_role("button", name="查找").click()
    expect(opened.get_by_label("用自己的话描述")).to_have_value(WHEELS)
    expect(opened.get_by_text("这段文字说的是“在线智能检测”。")).to_be_visible()


def test_what_is_no_scene_is_said_to_be_none(opened: Page) -> None:
    opened.goto("/")
    opened.get_by_label("用自己的话描述").fill("明天食堂吃什么")
    opened.get_by_role("button", name="查找").click()
    expect(opened.get_by_text("没有合适的典型场景，因为：")).to_be_visible()


def test_a_long_text_is_kept_opened_again_and_dropped(opened: Page) -> None:
    opened.goto("/")
    opened.get_by_label("用自己的话描述").fill(f"{WHEELS}。" * 20)
    opened.get_by_role("button", name="查找").click()
    opened.get_by_role("button", name="保留这段文字").click()
    address = opened.get_by_role("link", name="再次打开的地址").get_attribute("href")
    assert address
    opened.goto(address)
    expect(opened.get_by_text("这段文字保留到")).to_be_visible()
    opened.get_by_role("button", name="现在删除").click()
    assert opened.goto(address).status == 404  # type: ignore[union-attr]


def test_a_long_document_is_waited_for_and_read_passage_by_passage(
    opened: Page, tmp_path: Path
) -> None:
    file = tmp_path / "汇编.txt"
    file.write_text("\n\n".join([WHEELS, "按订单自动排产，换型时间缩短一半。"] * 200), "utf-8")
    opened.goto("/")
    opened.get_by_label("或选择文件").set_input_files(file)
    opened.get_by_role("button", name="查找").click()
    done = opened.get_by_role("heading", name="文件中的典型场景")
    expect(done).to_be_visible(timeout=60_000)  # the page looks again by itself
    expect(opened.get_by_text("结果保留到")).to_be_visible()
    opened.get_by_role("link", name="下一页").first.click()
    expect(opened.locator("#p31")).to_be_visible()
    opened.get_by_role("button", name="现在删除").click()
    expect(opened.get_by_role("heading", name="您在做什么")).to_be_visible()


def test_a_compiler_narrows_cases_by_facet_map_and_year(opened: Page) -> None:
    opened.goto("/cases")
    opened.get_by_role("link", name="江苏：37 个案例").click()
    expect(opened.get_by_text("37 个案例符合条件")).to_be_visible()
    opened.get_by_role("link", name="质量管控").first.click()
    expect(opened.get_by_role("link", name="去掉：环节 质量管控")).to_be_visible()
    opened.get_by_role("link", name="去掉：地区 江苏省").click()
    expect(opened.get_by_text("36 个案例符合条件")).to_be_visible()


def test_a_compiler_compares_cases_and_takes_them_along(opened: Page, tmp_path: Path) -> None:
    opened.goto("/cases?scene=S17")
    boxes = opened.get_by_role("checkbox")
    for place in range(3):
        boxes.nth(place).check()
    opened.get_by_role("button", name="比较所选").click()
    expect(opened.get_by_role("columnheader")).to_have_count(3)
    with opened.expect_download() as taken:
        opened.get_by_role("button", name="Word 文档").click()
    taken.value.save_as(tmp_path / "cases.docx")
    assert len(docx.Document(str(tmp_path / "cases.docx")).tables) == 3
    with opened.expect_download() as taken:
        opened.get_by_role("button", name="Excel 表格").click()
    taken.value.save_as(tmp_path / "cases.xlsx")
    assert load_workbook(tmp_path / "cases.xlsx").worksheets[0].max_row == 4


def test_a_salesman_walks_from_a_solution_to_its_provider_and_on(opened: Page) -> None:
    opened.goto("/thing/MIIT2025-09")
    provider = opened.get_by_role("group").locator("a").filter(has_text="融硅思创")
    provider.first.click()
    expect(opened.get_by_role("heading", level=1)).to_contain_text("融硅思创")
    opened.get_by_role("link", name="还适合用在哪里").click()
    expect(opened.get_by_role("heading", level=1)).to_be_visible()
    assert "/provider?of=" in opened.url


def test_the_page_changes_its_language_and_keeps_the_question(opened: Page) -> None:
    opened.goto(f"/?q={WHEELS}")
    opened.get_by_role("link", name="English").click()
    expect(
        opened.get_by_text("This text speaks of “Online intelligent inspection”.")
    ).to_be_visible()
    opened.get_by_role("link", name="Cases", exact=True).click()
    expect(opened.get_by_role("heading", name="Cases", level=1)).to_be_visible()
    opened.get_by_role("link", name="中文").click()
    expect(opened.get_by_role("heading", name="案例", level=1)).to_be_visible()

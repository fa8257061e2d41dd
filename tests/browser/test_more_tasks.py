"""Tasks on guide, clusters, levels, providers and recommendation tables, from start to result."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

INVENTED = "138" + "0" * 8  # a number of nobody
ITEMS = "1. 仓储物流—在线智能检测—轮毂X光缺陷判读\n2. 质量管控—在线智能检测"
TITLES = (
    "序号",
    "申报单位",
    "项目（智能工厂）名称",
    "涉及典型场景实例（罗列）",
    "联系人",
    "联系方式（手机号）",
)


@pytest.fixture(params=["page", "plain_page"], ids=["with script", "without script"])
def opened(request: pytest.FixtureRequest) -> Page:
    """A page, with script and without."""
    found: Page = request.getfixturevalue(request.param)
    return found


def test_a_researcher_goes_from_a_cell_of_the_heat_map_to_its_cases(opened: Page) -> None:
    opened.goto("/")
    opened.get_by_role("link", name="场景指引", exact=True).click()
    cell = opened.locator("svg a[href*='industry='][href*='segment=']").first
    words = cell.locator("title").text_content() or ""
    (count,) = re.findall(r"：(\d+) 个案例", words)
    cell.click()
    expect(opened.get_by_text(f"{count} 个案例符合条件")).to_be_visible()


def test_a_manager_takes_the_standards_of_a_scene_along_as_a_file(
    opened: Page, tmp_path: Path
) -> None:
    opened.goto("/clusters")
    opened.get_by_label("名称或编号").fill("在线智能检测")
    opened.get_by_role("button", name="查看").first.click()
    expect(opened.get_by_role("heading", name="标准群：S17 在线智能检测")).to_be_visible()
    with opened.expect_download() as taken:
        opened.get_by_role("link", name="导出 Excel 表格").click()
    file = tmp_path / taken.value.suggested_filename
    taken.value.save_as(file)
    assert file.name == "scene-S17-standards.xlsx"
    assert load_workbook(file).worksheets[0].max_row > 10


def test_a_manager_checks_the_factory_and_prints_the_result_on_one_page(
    opened: Page, tmp_path: Path
) -> None:
    opened.goto("/levels")
    opened.get_by_label("做了什么").fill("用视觉相机在线检查轮毂表面缺陷，替代人工目检")
    opened.get_by_label("目标层级").select_option("L4")
    opened.get_by_role("button", name="对照通知").click()
    expect(opened.get_by_text("计入的场景：S17 在线智能检测")).to_be_visible()
    drawing = opened.get_by_role("group").filter(has=opened.locator("title", has_text="领航级"))
    expect(drawing.first).to_be_visible()
    printed = opened.pdf(path=tmp_path / "levels.pdf", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_a_provider_finds_where_a_described_solution_fits(opened: Page) -> None:
    opened.goto("/provider")
    opened.get_by_label("或者描述方案能做什么").fill("用工业相机在线判读铸件表面缺陷")
    opened.get_by_role("button", name="查看").last.click()
    expect(opened.get_by_text("由文字描述匹配").first).to_be_visible()
    expect(opened.get_by_text("不说明谁缺少方案")).to_be_visible()


def test_a_compiler_hands_in_a_table_and_gets_it_back_put_right(
    opened: Page, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(("卓越级智能工厂项目推荐汇总表",))
    sheet.append(TITLES)
    sheet.append((1, "江城示范机械有限公司", "变速箱智能工厂", ITEMS, "甲某", INVENTED))
    file = tmp_path / "推荐表.xlsx"
    book.save(file)
    opened.goto("/annex4")
    opened.get_by_label("推荐汇总表（附件4）").set_input_files(file)
    opened.get_by_role("button", name="检查").click()
    expect(opened.get_by_text("场景不属于所填环节")).to_be_visible()
    expect(opened.get_by_text("缺少实例名")).to_be_visible()
    assert INVENTED not in opened.content()
    with opened.expect_download() as taken:
        opened.get_by_role("link", name="下载改好的 Excel").click()
    assert taken.value.suggested_filename == "推荐表 改好.xlsx"
    taken.value.save_as(tmp_path / "back.xlsx")
    back = load_workbook(tmp_path / "back.xlsx").worksheets[0]
    cells = [str(cell.value) for row in back.iter_rows() for cell in row if cell.value]
    assert any("1. 质量管控—在线智能检测—轮毂X光缺陷判读" in cell for cell in cells)
    assert not any(INVENTED in cell for cell in cells)

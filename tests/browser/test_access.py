"""Pages by keyboard alone, on a phone, and what axe finds in them."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

WHEELS = "轮毂表面缺陷靠人工目检，漏检多"
PAGES = {
    "ask": "/",
    "answer": f"/?q={WHEELS}",
    "no scene": "/?q=明天食堂吃什么",
    "cases": "/cases",
    "found": f"/cases?q={WHEELS}",
    "compare": "/compare?pick=instance-0af704096b8f&pick=instance-2561d2a7244c",
    "solutions": "/solutions?scene=S17",
    "scene": "/thing/S17",
    "solution": "/thing/MIIT2025-09",
    "guide": "/guide",
    "clusters": "/clusters",
    "cluster": "/clusters?kind=scene&of=S17",
    "levels": "/levels",
    "ladder": "/levels?scene=S15&scene=S17&target=L3",
    "application": "/levels/application",
    "providers": "/provider",
    "fits": "/provider?of=中控技术",
    "annex 4": "/annex4",
    "data": "/data",
    "fault": "/thing/S99",
}
SERIOUS = {"serious", "critical"}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing_serious_and_no_page_is_wider_than_a_phone(page: Page, path: str) -> None:
    page.goto(path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found = Axe().run(page).response
        assert len(found["passes"]) > 10
        assert serious(found["violations"]) == [], scheme
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def serious(violations: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return rule and first place of each violation that keeps somebody from using a page."""
    return [
        (one["id"], one["nodes"][0]["html"][:200]) for one in violations if one["impact"] in SERIOUS
    ]


def test_a_question_is_asked_and_its_first_case_opened_by_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("用自己的话描述")).to_be_focused()
    page.keyboard.type(WHEELS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("这段文字说的是“在线智能检测”。")).to_be_visible()
    first = page.get_by_role("article").first.get_by_role("link").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("AI带钢")


def test_the_drawing_is_walked_by_keyboard(page: Page) -> None:
    page.goto("/thing/MIIT2025-09")
    links = page.get_by_role("group").locator("a")
    drawn = [links.nth(place).get_attribute("href") for place in range(links.count())]
    assert len(set(drawn)) > 2
    links.first.focus()
    walked = []
    for _ in drawn:
        walked.append(page.evaluate("document.activeElement.getAttribute('href')"))
        page.keyboard.press("Tab")
    assert walked == drawn
    links.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{drawn[0]}")


def test_a_printed_answer_leaves_out_what_is_only_for_the_screen(
    browser: Browser, site: str
) -> None:
    page = browser.new_page(base_url=site, locale="zh-CN")
    page.goto(f"/?q={WHEELS}")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_role("button", name="查找")).to_have_count(0)
    expect(page.get_by_role("heading", name="相关标准")).to_be_visible()
    page.close()

"""A real browser on the packaged knowledge base, served by a thread of this process.

Left out, with the reason, where no Chromium or no Playwright is installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

playwright_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tools.serving import CHROMIUM, FLAGS, serving  # noqa: E402

PATIENCE_MS = 15_000
WIDE = (1280, 900)


@pytest.fixture(scope="session")
def site(packaged_data: Path) -> Iterator[str]:
    """The address of the pages."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM}")
    with serving(packaged_data) as address:
        yield address


@pytest.fixture(scope="session")
def browser(site: str) -> Iterator[Browser]:
    """A browser for all tests."""
    assert site
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page of a reader of Chinese, with script; nothing but the site may be asked for."""
    yield from _page(browser, site, script=True)


@pytest.fixture
def plain_page(browser: Browser, site: str) -> Iterator[Page]:
    """The same without script."""
    yield from _page(browser, site, script=False)


def _page(browser: Browser, site: str, script: bool) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site,
        locale="zh-CN",
        java_script_enabled=script,
        viewport={"width": WIDE[0], "height": WIDE[1]},
        accept_downloads=True,
    )
    context.set_default_timeout(PATIENCE_MS)
    opened = context.new_page()
    elsewhere: list[str] = []
    faults: list[str] = []
    opened.on("request", lambda asked: elsewhere.append(asked.url))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert [address for address in elsewhere if not address.startswith(site)] == []
    assert [fault for fault in faults if "404" not in fault and "422" not in fault] == []

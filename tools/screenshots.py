"""Pictures of every page: two widths, two languages, light and dark; for people to look at.

python -m tools.screenshots [--only cases] [--folder build/screenshots]
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

from tools.serving import CHROMIUM, FLAGS, serving

PATIENCE_MS = 120_000  # other work may be going on
WIDTHS = {"phone": 390, "wide": 1280}
QUESTION = quote("轮毂表面缺陷靠人工目检，漏检多")
SEVERAL = quote("多品种小批量，换型太慢，停线时间长")
PICKED = "pick=instance-0af704096b8f&pick=instance-2561d2a7244c&pick=instance-26daddf37c58"
# By the name of the picture.
PAGES = {
    "ask": "/",
    "ask-answer": f"/?q={QUESTION}",
    "ask-candidates": f"/?q={SEVERAL}",
    "ask-no-scene": f"/?q={quote('明天食堂吃什么')}",
    "cases": "/cases",
    "cases-found": f"/cases?q={QUESTION}&industry=C36",
    "cases-none": "/cases?scene=S17&year_from=1990&year_to=1991",
    "compare": f"/compare?{PICKED}",
    "solutions": "/solutions?scene=S17",
    "scene": "/thing/S17",
    "scene-provisional": "/thing/S12",
    "case": "/thing/I008",
    "solution": "/thing/MIIT2025-09",
    "organisation": f"/thing/{quote('中控技术')}",
    "standard": f"/thing/{quote('GB/T 39116-2020')}",
    "enterprise": f"/thing/{quote('宝山钢铁股份有限公司')}",
    "factory": "/thing/factory-00d355a6bdce",
    "guide": "/guide",
    "guide-2025": "/guide?edition=2025",
    "clusters": "/clusters",
    "cluster": "/clusters?kind=scene&of=S17",
    "cluster-area": "/clusters?kind=area&of=A03",
    "cluster-none": "/clusters?kind=scene&of=S99",
    "levels": "/levels",
    "levels-ladder": "/levels?scene=S15&scene=S17&target=L3",
    "levels-enterprise": f"/levels?factory={quote('宝山钢铁股份有限公司')}",
    "levels-application": "/levels/application",
    "fits": "/provider",
    "fits-found": f"/provider?of={quote('中控技术')}",
    "fits-described": f"/provider?q={QUESTION}",
    "annex4": "/annex4",
    "data": "/data",
    "not-there": "/thing/S99",
}


def main() -> None:
    """Take the pictures that are asked for."""
    parser = argparse.ArgumentParser(description="Pictures of every page")
    parser.add_argument("--folder", type=Path, default=Path("build/screenshots"))
    parser.add_argument("--only", default="", help="only pages whose name begins so")
    parser.add_argument("--data", type=Path, help="data folder; built anew where none is given")
    given = parser.parse_args()
    with _data(given.data) as data, serving(data) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for (width, pixels), language, scheme in itertools.product(
            WIDTHS.items(), ("zh", "en"), ("light", "dark")
        ):
            page = browser.new_page(
                viewport={"width": pixels, "height": 900},
                color_scheme="dark" if scheme == "dark" else "light",
                locale="zh-CN" if language == "zh" else "en-GB",
            )
            page.set_default_timeout(PATIENCE_MS)
            for name, path in PAGES.items():
                if name.startswith(given.only):
                    page.goto(f"{address}{path}")
                    file = given.folder / f"{name}-{width}-{language}-{scheme}.png"
                    page.screenshot(path=file, full_page=True)
                    print(file)
            page.close()
        browser.close()


@contextmanager
def _data(given: Path | None) -> Iterator[Path]:
    """Yield a data folder with the packaged knowledge base."""
    if given is not None:
        yield given
        return
    from ingest.pipeline import build
    from kg.index.holder import publish
    from kg.index.snapshot import IndexPlan
    from kg.match import packaged_model
    from kg.store.open import open_store

    with tempfile.TemporaryDirectory() as folder:
        with open_store(f"sqlite:///{folder}/graph.sqlite") as store:
            build(store)
            publish(store, IndexPlan(Path(folder) / "snapshots", packaged_model()))
        yield Path(folder)


if __name__ == "__main__":
    main()

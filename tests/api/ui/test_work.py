"""Long work: answered at once where it is quick, else behind an address that tells its progress."""

from __future__ import annotations

import datetime
import io
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openpyxl import Workbook, load_workbook

from api.slots import Slots, go_on
from api.ui.kept import KeptTexts
from api.ui.pages.annex4 import ROWS_SHOWN
from api.ui.work import LIFETIME, MOST_KEPT, Work, Workshop
from ontology.errors import Busy, Deserted, InvalidValue, UnknownId

START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
SENTENCES = (
    "用视觉相机在线检查轮毂表面缺陷，替代人工目检。",
    "空压机轴承装振动传感器，提前两天预警故障。",
    "按订单自动排产，换型时间缩短一半。",
    "明天食堂吃红烧肉。",
)
LONG = "\n\n".join(SENTENCES * 60)  # of more passages than a page shows


class Bench:
    """A workshop in a folder with a clock that is set by hand."""

    def __init__(self, folder: Path) -> None:
        self.now = START
        self.begun = KeptTexts(folder / "work", lambda: self.now, LIFETIME)
        self.shop = self.opened()
        self.release = threading.Event()

    def opened(self) -> Workshop:
        """Return the workshop as the service opens it when it starts."""
        return Workshop(Slots(2, 40), self.begun, lambda: self.now)

    def held_up(self, patience: float = 0.2) -> Work[str]:
        """Begin a work that waits to be released."""
        found = self.shop.soon("document", "a.txt", self._wait, lambda _: True, patience)
        assert isinstance(found, Work)
        return found

    def _wait(self) -> str:
        while not self.release.wait(0.01):
            go_on(3, 12)
        return "done"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A workshop of its own, closed at the end."""
    made = Bench(tmp_path)
    yield made
    made.release.set()
    made.shop.close()


def test_what_is_quick_and_short_is_answered_at_once_and_not_kept(
    bench: Bench, tmp_path: Path
) -> None:
    assert bench.shop.soon("document", "", lambda: "done", lambda one: one == "done") == "done"
    assert not list(tmp_path.rglob("*.json"))


def test_what_is_quick_but_long_to_show_is_kept(bench: Bench) -> None:
    work = bench.shop.soon("annex4", "", lambda: "rows", lambda _: False)
    assert isinstance(work, Work)
    found = bench.shop.find(work.token)
    assert found is not None
    assert found.result() == "rows"


def test_what_takes_long_tells_how_far_it_is_and_then_its_result(bench: Bench) -> None:
    work = bench.held_up()
    found = bench.shop.find(work.token)
    assert found is not None
    assert (found.finished(), found.share, found.waiting) == (False, 0.25, False)
    bench.release.set()
    assert found.finished(5)
    assert found.result() == "done"


def test_a_fault_is_raised_where_it_is_asked_for(bench: Bench) -> None:
    def fail() -> str:
        raise InvalidValue("text", "", "is empty")

    with pytest.raises(InvalidValue):
        bench.shop.soon("document", "", fail, lambda _: True)


def test_nobody_guesses_an_address_and_nothing_of_the_work_is_written_down(
    bench: Bench, tmp_path: Path
) -> None:
    work = bench.held_up()
    assert len(work.token) == 32
    (file,) = tmp_path.rglob("*.json")
    assert work.token not in file.name
    assert "a.txt" not in file.read_text("utf-8")
    with pytest.raises(UnknownId):
        bench.shop.find("x" * 32)


def test_after_a_restart_work_is_said_to_be_lost_until_its_time_is_over(bench: Bench) -> None:
    token = bench.held_up().token
    again = bench.opened()
    assert again.find(token) is None
    bench.now = START + LIFETIME
    with pytest.raises(UnknownId):
        again.find(token)
    with pytest.raises(UnknownId):
        bench.shop.find(token)


def test_what_is_given_up_is_computed_no_further(bench: Bench) -> None:
    work = bench.held_up()
    bench.shop.drop(work.token)
    assert isinstance(work.future.exception(5), Deserted)
    with pytest.raises(UnknownId):
        bench.shop.find(work.token)


def test_a_workshop_that_was_closed_has_given_all_up_and_takes_on_new_work(bench: Bench) -> None:
    work = bench.held_up()
    bench.shop.close()
    assert isinstance(work.future.exception(5), Deserted)
    assert bench.shop.soon("document", "", lambda: "done", lambda _: True) == "done"


def test_there_is_an_end_to_how_much_is_kept(bench: Bench) -> None:
    works = [bench.held_up(0) for _ in range(MOST_KEPT)]
    with pytest.raises(Busy):
        bench.held_up(0)
    bench.release.set()
    assert all(one.finished(5) for one in works)
    assert bench.held_up(0)
    assert bench.shop.find(works[0].token) is None  # the oldest that was done


@pytest.fixture
def shop(client: TestClient) -> Workshop:
    """The workshop of the service."""
    return cast("Workshop", cast("FastAPI", client.app).state.workshop)


def sent_to(client: TestClient, path: str, name: str, content: bytes) -> str:
    """Hand in a file and return the address that it is answered at."""
    hurry = {"Prefer": "wait=0"}
    answer = client.post(
        path, files={"file": (name, content)}, headers=hurry, follow_redirects=False
    )
    assert answer.status_code == 303
    return str(answer.headers["location"])


def finished(shop: Workshop, address: str) -> None:
    """Wait until the work behind an address is done."""
    work = shop.find(address.rpartition("/")[2])
    assert work is not None
    assert work.finished(60)


def test_a_long_document_is_read_passage_by_passage_behind_its_address(
    client: TestClient, shop: Workshop
) -> None:
    address = sent_to(client, "/", "申报书.txt", LONG.encode())
    finished(shop, address)
    page = client.get(address).text
    assert "S17 在线智能检测" in page
    assert re.search(r"分成 \d+ 段，涉及典型场景", page)
    assert 'href="/work/' in page
    second = client.get(f"{address}?offset=30&lang=en").text
    assert '<li id="p31">' in second
    assert "No typical scene fits" in second
    assert len(page.encode()) < 150_000
    client.post(f"{address}/drop")
    assert client.get(address).status_code == 404


def test_work_under_way_renews_its_page_without_script(client: TestClient, shop: Workshop) -> None:
    release = threading.Event()

    def wait() -> bool:
        go_on(3, 12)
        return release.wait(30)

    work = shop.soon("document", "申报书.txt", wait, lambda _: True, 0)
    assert isinstance(work, Work)
    deadline = time.monotonic() + 10
    while work.share is None and time.monotonic() < deadline:
        time.sleep(0.01)
    page = client.get(f"/work/{work.token}").text
    release.set()
    assert '<meta http-equiv="refresh" content="2">' in page
    assert "共 12 段，已判断 3 段" in page
    assert "结果保留到" in page
    shop.drop(work.token)


def test_a_restart_is_told_as_what_it_is(client: TestClient) -> None:
    data = cast("FastAPI", client.app).state.settings.data
    token = KeptTexts(data / "work", lifetime=LIFETIME).keep("annex4").token
    answer = client.get(f"/work/{token}", params={"lang": "en"})
    assert answer.status_code == 410
    assert "The service was restarted" in answer.text
    assert client.get(f"/work/{'x' * 32}").status_code == 404


def table(rows: int) -> bytes:
    """Return a recommendation table of so many rows as a workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["卓越级智能工厂项目推荐汇总表"])
    sheet.append(["序号", "申报单位", "项目名称", "涉及典型场景实例（罗列）"])
    for row in range(1, rows + 1):
        items = (f"1. 质量管控—在线智能检测—{row} 号线轮毂判读\n"
                 f"2. 仓储物流—智能仓诸—{row} 号立体库")  # fmt: skip
        sheet.append([row, f"江城示范{row}机械有限公司", f"智能工厂{row}", items])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_long_table_is_shown_in_pages_and_its_files_have_addresses(
    client: TestClient, shop: Workshop
) -> None:
    rows = 3 * ROWS_SHOWN
    address = sent_to(client, "/annex4", "推荐表.xlsx", table(rows))
    finished(shop, address)
    pages = [client.get(address, params={"offset": n}).text for n in range(0, rows, ROWS_SHOWN)]
    assert max(len(page.encode()) for page in pages) < 120_000
    for row in range(1, rows + 1):
        assert sum(f"江城示范{row}机械有限公司" in page for page in pages) >= 1
    assert all("data:application" not in page for page in pages)
    (file,) = re.findall(r'href="(/work/[^"]+/file/xlsx)"', pages[0])
    sheet = load_workbook(io.BytesIO(client.get(file).content)).worksheets[0]
    told = [str(cell) for line in sheet.iter_rows(values_only=True) for cell in line if cell]
    assert any(f"江城示范{rows}机械有限公司" in cell for cell in told)
    assert client.get(file.replace("xlsx", "pdf")).status_code in {404, 422}

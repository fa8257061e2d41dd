"""Files in the graph: once, wholly or not at all, the later stage instead of the earlier one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.imports.importer import FileReport, Importer, Outcome
from ingest.packaged.library import FOLDER
from ingest.pipeline import build, remove
from kg.store.open import open_store
from kg.store.protocol import GraphStore, LoadState
from ontology.errors import UnreadableFile
from tests.world import JIANGCHENG, NANHU, factory, instance, load_world, organisation

PROJECT = Path(__file__).parents[3]
NOTICE = "江苏省工业和信息化厅关于2025年先进级智能工厂名单的公示"
FINAL = "江苏省工业和信息化厅关于公布2025年先进级智能工厂名单的通知"
NEW = "新增样例机械有限公司"
PHONE = "138" + "0" * 8
ROWS = ((JIANGCHENG, "变速箱智能工厂"), (NEW, "主轴智能工厂"))


def listed(title: str, rows: tuple[tuple[str, str], ...] = ROWS) -> bytes:
    """Return a public list as a page."""
    cells = "".join(
        f"<tr><td>{number}</td><td>{enterprise}</td><td>{name}</td></tr>"
        for number, (enterprise, name) in enumerate(rows, 1)
    )
    header = "<tr><td>序号</td><td>企业名称</td><td>工厂名称</td></tr>"
    return f"<html><body><p>{title}</p><table>{header}{cells}</table></body></html>".encode()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as opened:
        load_world(opened)
        yield opened


def take(store: GraphStore, data: bytes, file: str = "名单.html", dry: bool = False) -> FileReport:
    return Importer(store, dry=dry).take(file, data)


def imported(store: GraphStore) -> list[LoadState]:
    return [state for state in store.sources() if state.source.id.startswith("list-")]


def told(report: FileReport) -> set[tuple[str, str]]:
    return {(change.how, change.id) for change in report.changes.things}


def test_a_list_is_a_source_of_its_own_beside_the_others(store: GraphStore) -> None:
    before = {state.source.id for state in store.sources()}
    report = take(store, listed(FINAL))
    assert report.outcome is Outcome.NEW
    assert {state.source.id for state in store.sources()} == {*before, report.source}
    assert told(report) == {
        ("added", organisation(NEW)),
        ("added", factory(NEW, "主轴智能工厂")),
        ("changed", factory(JIANGCHENG, "变速箱智能工厂")),
    }
    (said,) = store.records([factory(NEW, "主轴智能工厂")])
    assert [link.end for link in said.links] == ["L2", organisation(NEW)]


def test_what_a_dry_run_tells_is_what_the_import_does(store: GraphStore) -> None:
    before = store.state()
    expected = take(store, listed(FINAL), dry=True)
    assert store.state() == before
    assert take(store, listed(FINAL)) == expected
    assert len(store.records(source=expected.source)) == expected.changes.records_added


@pytest.mark.parametrize("file", ["名单.html", "名单(1).html", "另一个名字.htm"])
def test_the_same_list_again_changes_nothing_whatever_its_name(
    store: GraphStore, file: str
) -> None:
    take(store, listed(FINAL))
    before = store.state()
    assert take(store, listed(FINAL), file).outcome is Outcome.UNCHANGED
    assert store.state() == before


def test_a_newer_version_changes_exactly_what_differs(store: GraphStore) -> None:
    take(store, listed(FINAL))
    report = take(store, listed(FINAL, ((NANHU, "空调智能工厂"), ROWS[0])))
    assert report.outcome is Outcome.CHANGED
    assert told(report) == {
        ("removed", organisation(NEW)),
        ("removed", factory(NEW, "主轴智能工厂")),
        ("changed", factory(NANHU, "空调智能工厂")),
    }
    assert store.get([organisation(NEW)]) == ()
    assert len(imported(store)) == 1


def test_a_final_list_takes_the_place_of_the_notice_and_never_adds_to_it(
    store: GraphStore,
) -> None:
    notice = take(store, listed(NOTICE))
    final = take(store, listed(FINAL, ROWS[:1]))
    assert final.replaced == (notice.source,)
    assert [state.source.id for state in imported(store)] == [final.source]
    assert store.get([organisation(NEW)]) == ()


def test_a_notice_that_comes_after_the_final_list_changes_nothing(store: GraphStore) -> None:
    final = take(store, listed(FINAL))
    before = store.state()
    notice = take(store, listed(NOTICE))
    assert (notice.outcome, notice.instead) == (Outcome.SUPERSEDED, final.source)
    assert store.state() == before


def test_an_import_cut_off_before_the_earlier_stage_was_deleted_is_finished_by_the_next(
    store: GraphStore,
) -> None:
    notice = take(store, listed(NOTICE))
    earlier = store.records(source=notice.source)
    source = imported(store)[0].source
    take(store, listed(FINAL))
    store.load(source, earlier)  # as where the importer was killed between its two steps
    take(store, listed(FINAL))
    assert notice.source not in {state.source.id for state in store.sources()}


def test_lists_of_two_batches_stand_beside_each_other(store: GraphStore) -> None:
    take(store, listed(FINAL.replace("名单", "名单（第一批）")))
    take(store, listed(FINAL.replace("名单", "名单（第二批）")))
    assert len(imported(store)) == 2


def test_a_rebuild_keeps_what_was_imported(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as store:
        build(store)
        packaged = store.state().graph_hash
        report = take(store, listed(FINAL))
        with_import = store.state().graph_hash
        build(store)
        assert store.state().graph_hash == with_import
        remove(store, "factories")
        build(store)
        assert store.state().graph_hash == with_import
        remove(store, report.source)
        assert store.state().graph_hash == packaged


def test_a_table_of_the_packaged_layout_is_a_source_under_its_files_name(
    store: GraphStore,
) -> None:
    rows = (FOLDER / "factories.csv").read_bytes().splitlines(keepends=True)[:4]
    first = take(store, b"".join(rows), "工厂 (1).csv")
    newer = take(store, b"".join(rows[:3]), "工厂.csv")
    assert first.source == newer.source
    assert (first.rows, newer.rows) == (3, 2)
    assert newer.changes.records_added == 0
    assert newer.changes.count("removed") > 0


def test_what_is_held_back_of_such_a_table_is_told_in_both_languages(store: GraphStore) -> None:
    header, first, *_ = (FOLDER / "standard_roles.csv").read_bytes().splitlines(keepends=True)
    report = take(store, header + first + b"GB/T 1,test,\n", "roles.csv")
    (found,) = report.findings
    assert found.message.startswith("role未能收录：不在terminology、")
    assert found.message.en.startswith("role is none of terminology, ")
    assert (found.place.row, found.found) == (3, "test")


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02", "今天食堂吃什么".encode(), b"PK\x03\x04broken", b"a,b\n1,2\n"]
)
def test_what_is_no_list_is_refused_by_name_and_leaves_nothing(
    store: GraphStore, data: bytes
) -> None:
    before = store.state()
    with pytest.raises(UnreadableFile, match=r"^什么\.dat: "):
        take(store, data, "什么.dat")
    assert store.state() == before


def test_a_notice_without_its_list_is_told_and_nobody_is_imported(store: GraphStore) -> None:
    before = store.state()
    page = f"<html><body><p>{FINAL}</p><p>共42家，名单见附件。</p></body></html>".encode()
    report = take(store, page)
    assert report.outcome is Outcome.EMPTY
    assert "notice_without_list" in {finding.code for finding in report.findings}
    assert store.state() == before


def test_one_content_under_two_names_is_read_once(store: GraphStore) -> None:
    importer = Importer(store)
    importer.take("名单.html", listed(FINAL))
    again = importer.take("名单(1).html", listed(FINAL))
    assert (again.outcome, again.instead) == (Outcome.REPEATED, "名单.html")


def filed(scene: str, year: int = 2025) -> bytes:
    """Return a recommendation table as a page."""
    titles = ("序号", "申报单位", "项目（智能工厂）名称", "涉及典型场景实例（罗列）", "联系人",
              "联系方式（手机号）")  # fmt: skip
    row = ("1", NEW, "主轴智能工厂", scene, "甲某", PHONE)
    table = "".join(
        f"<tr>{''.join(f'<td>{text}</td>' for text in cells)}</tr>" for cells in (titles, row)
    )
    title = "<p>卓越级智能工厂项目推荐汇总表</p><p>推荐单位（盖章）：江苏省工业和信息化厅</p>"
    return f"<html><body>{title}<table>{table}</table><p>{year}年3月1日</p></body></html>".encode()


SCENE = "1. 质量管控—在线智能检测—主轴裂纹判读"


def test_a_recommendation_table_says_what_applicants_claim_and_awards_nothing(
    store: GraphStore,
) -> None:
    report = take(store, filed(SCENE))
    assert report.source.startswith("annex4-")
    (record,) = store.records([instance(NEW, "主轴裂纹判读")])
    assert record.method == "claimed"
    assert store.edges([factory(NEW, "主轴智能工厂")], ["AT_LEVEL"]) == ()


def test_no_contact_of_a_filing_is_in_the_graph_or_the_report(store: GraphStore) -> None:
    report = take(store, filed(f"{SCENE}（联系人：甲某，{PHONE}）"))
    said = repr([record.to_dict() for record in store.records(source=report.source)])
    for text in (said, repr(report)):
        assert PHONE not in text
        assert "甲某" not in text


def test_a_filing_handed_in_again_replaces_itself_and_that_of_another_year_does_not(
    store: GraphStore,
) -> None:
    first = take(store, filed(SCENE))
    again = take(store, filed("1. 质量管控—在线智能检测—主轴划痕判读"), "改后.html")
    assert (again.source, again.outcome) == (first.source, Outcome.CHANGED)
    assert told(again) == {
        ("removed", instance(NEW, "主轴裂纹判读")),
        ("added", instance(NEW, "主轴划痕判读")),
    }
    assert take(store, filed(SCENE, 2026)).source != first.source


KILLED = """
import sys
from ingest.imports.importer import Importer
from kg.store.open import open_store
with open_store(sys.argv[1]) as store:
    print("begun", flush=True)
    Importer(store).take("名单.html", open(sys.argv[2], "rb").read())
"""


@pytest.mark.parametrize("delay_seconds", [0.3, 0.8])
def test_an_import_killed_at_any_moment_is_wholly_there_or_not(
    tmp_path: Path, delay_seconds: float
) -> None:
    rows = tuple((f"第{number}样例有限公司", "甲厂") for number in range(600))
    page, url = tmp_path / "page.html", f"sqlite:///{tmp_path / 'graph.sqlite'}"
    page.write_bytes(listed(FINAL, rows))
    command = [sys.executable, "-c", KILLED, url, str(page)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE) as importing:
        assert importing.stdout is not None
        importing.stdout.readline()
        try:
            importing.wait(delay_seconds)
        except subprocess.TimeoutExpired:
            importing.kill()
    with open_store(url) as store:
        assert store.state().records in (0, 1200)
        assert take(store, page.read_bytes()).outcome in (Outcome.NEW, Outcome.UNCHANGED)
        assert store.state().records == 1200

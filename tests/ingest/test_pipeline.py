"""The packaged build: deterministic, repeatable, complete, and free of what it must not hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.packaged.library import FOLDER, Library
from ingest.packaged.registry import built_entries, read_registry
from ingest.pipeline import BuildReport, SourceReport, build, packaged_sources, remove
from kg.ids import made_id, name_key
from kg.records import Node, Record, check_record
from kg.store.open import open_store
from kg.store.protocol import GraphStore, Has
from ontology.errors import UnknownId
from ontology.schema import schema
from tests.ingest.changed import TABLES, copied, rows_of, shuffled, with_cell

SOURCES = ("guide_2024", "guide_2025", "crosswalk", "programme", "classification",
           "instances", "factories", "solutions", "standards", "standard_roles")  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[GraphStore, BuildReport]]:
    path = tmp_path_factory.mktemp("built") / "graph.sqlite"
    with open_store(f"sqlite:///{path}") as store:
        yield store, build(store)


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return [record for source in packaged_sources() for record in source.read().records]


def everything(store: GraphStore, label: str) -> tuple[Node, ...]:
    page = store.find(label, limit=10_000)
    assert len(page.nodes) == page.total
    return page.nodes


def test_a_second_build_reads_no_row_and_changes_nothing(
    built: tuple[GraphStore, BuildReport],
) -> None:
    store, first = built
    token = store.state().token
    told: list[SourceReport] = []
    second = build(store, told.append)
    assert [report.id for report in told] == list(SOURCES)
    assert not second.changed
    assert all(report.rows_in is None for report in second.sources)
    assert (second.graph_hash, store.state().token) == (first.graph_hash, token)


def test_shuffled_rows_give_the_same_graph(
    built: tuple[GraphStore, BuildReport], tmp_path: Path
) -> None:
    folder = copied(tmp_path, **{name: shuffled(399) for name in TABLES})
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as store:
        again = build(store, folder=folder)
    assert all(source.changed for source in again.sources)
    assert again.graph_hash == built[1].graph_hash


@pytest.mark.parametrize("source_id", SOURCES)
def test_a_source_that_is_removed_and_built_again_leaves_the_same_graph(
    built: tuple[GraphStore, BuildReport], source_id: str
) -> None:
    store, first = built
    remove(store, source_id)
    assert store.state().graph_hash != first.graph_hash
    again = build(store)
    assert [report.id for report in again.sources if report.changed] == [source_id]
    assert (again.graph_hash, again.labels) == (first.graph_hash, first.labels)


def test_removing_a_source_that_is_not_there_says_so(
    built: tuple[GraphStore, BuildReport],
) -> None:
    with pytest.raises(UnknownId, match="no source 'instance'"):
        remove(built[0], "instance")


def test_a_changed_row_reloads_its_source_alone(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as store:
        first = build(store)
        folder = copied(tmp_path, standards=with_cell("GB/T 39116-2020", "year", "2021"))
        second = build(store, folder=folder)
    assert [report.id for report in second.sources if report.changed] == ["standards"]
    assert second.graph_hash != first.graph_hash
    assert second.labels == first.labels


def test_every_record_fits_the_schema_and_says_where_it_is_from(records: list[Record]) -> None:
    for record in records:
        check_record(record, schema())
        assert record.properties or record.links, record.locator
    assert {record.source for record in records} == set(SOURCES)


def test_every_link_ends_at_a_thing_that_is_described(records: list[Record]) -> None:
    described = {record.subject: record.label for record in records}
    for record in records:
        for link in record.links:
            pair = (record.label, described[link.end])
            assert pair in schema().relation(link.relation).pairs


def test_counts_are_those_of_the_tables(built: tuple[GraphStore, BuildReport]) -> None:
    labels = built[1].labels
    factories = {
        (row["enterprise"], row["factory_name"] or row["city"]) for row in rows_of("factories")
    }
    products = [row for row in rows_of("suppliers") if row["product"]]
    assert labels["Instance"] == len(rows_of("instances")) == 323
    assert labels["Standard"] == len(rows_of("standards")) == 340
    assert labels["Solution"] == len(rows_of("solutions")) + len(products)
    assert labels["Factory"] == len(factories)
    assert (labels["Scene"], labels["Segment"], labels["Area"]) == (80, 15 + 8, 5)
    assert (labels["Level"], labels["Kpi"]) == (4, 20)


def test_relations_are_as_many_as_the_tables_say(built: tuple[GraphStore, BuildReport]) -> None:
    relations = built[1].relations
    solutions = rows_of("solutions")
    assert relations["FOR_SCENE"] == sum(len(row["scenes"].split(";")) for row in solutions)
    cases = rows_of("instances")
    named = [row["scene_label_alternative"] for row in cases if row["scene_label_alternative"]]
    alternatives = sum(len(names.split(";")) for names in named)
    # Five alternatives are in the 2024 edition the same scene as the primary one.
    assert relations["IN_SCENE"] == len(cases) + alternatives - 5
    levels = Counter(row["programme_level"] for row in rows_of("factories"))
    gradient = sum(levels[name] for name in ("lead", "excellent", "advanced", "basic"))
    assert relations["AT_LEVEL"] == gradient == 73
    covered = [
        {*filter(None, row["segments"].split(";")), *(f"2025 {name}" for name in
         filter(None, row["scenes"].split(";")))}
        for row in rows_of("standards")
    ]  # fmt: skip
    assert relations["COVERS"] == sum(map(len, covered))


def test_organisations_are_one_node_for_each_full_name(
    built: tuple[GraphStore, BuildReport],
) -> None:
    renamed = {row["as_found"]: row["name"] for row in rows_of("organisation_names")}
    found = [row["enterprise"] for name in ("instances", "factories") for row in rows_of(name)]
    found += [part for row in rows_of("solutions") for part in row["provider"].split(";")]
    found += [row["organisation"] for row in rows_of("suppliers")]
    names = {name_key(renamed.get(name, name)) for name in found if renamed.get(name, name)}
    assert built[1].labels["Organisation"] == len(names)


@pytest.mark.parametrize(
    "name", ["格力电器（珠海金湾）有限公司", "中节能太阳能科技（镇江）有限公司"]
)
def test_an_organisation_in_two_tables_is_one_node_with_two_roles(
    built: tuple[GraphStore, BuildReport], name: str
) -> None:
    store = built[0]
    (node,) = store.get([made_id("org", name)])
    assert node.texts("roles") == ("enterprise", "provider")
    assert len({record.source for record in store.records([node.id])}) > 1


def test_a_supplier_of_a_case_and_the_provider_of_a_solution_are_one_by_name(
    built: tuple[GraphStore, BuildReport],
) -> None:
    node = made_id("org", "华为")
    touching = Counter(edge.relation for edge in built[0].edges([node], direction="in"))
    supplied = [row["vendor_or_solution"].split(";") for row in rows_of("instances")]
    assert touching["SUPPLIED_BY"] == sum("华为" in names for names in supplied) == 8
    assert touching["PROVIDED_BY"] == 1


def test_removing_the_solutions_takes_only_the_role_that_they_gave(tmp_path: Path) -> None:
    name = made_id("org", "格力电器（珠海金湾）有限公司")
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as store:
        build(store)
        remove(store, "solutions")
        (node,) = store.get([name])
    assert node.texts("roles") == ("enterprise",)


def test_targets_and_claims_never_appear_as_effects(records: list[Record]) -> None:
    for record in records:
        told = set(record.properties) & {"effects", "targets", "claims", "replication_claim"}
        if told == {"effects"}:
            assert (record.label, record.method) == ("Instance", "reported")
        elif "targets" in told:
            assert (record.label, record.method, told) == ("Solution", "target", {"targets"})
        elif told:
            assert (record.label, record.method) == ("Solution", "claimed")


def test_nothing_assigned_or_inferred_stands_in_a_record_of_a_surer_method(
    records: list[Record],
) -> None:
    weak = {"assigned": "assigned", "inferred": "inferred"}
    for record in records:
        for link in record.links:
            basis = str(link.properties.get("basis", ""))
            if basis in weak:
                assert record.method in ("assigned", "inferred"), record.locator


def test_no_title_of_another_programme_becomes_a_level(
    built: tuple[GraphStore, BuildReport],
) -> None:
    store = built[0]
    gradient = store.find("Factory", [Has("programme", ("gradient_2024",))], limit=1000)
    reached = store.edges([node.id for node in everything(store, "Factory")], ["AT_LEVEL"], "out")
    assert {edge.start for edge in reached} == {node.id for node in gradient.nodes}
    for edge in reached:
        (level,) = store.get([edge.end])
        assert str(edge.properties["as_found"]).startswith(level.name)


def test_no_table_holds_a_personal_telephone_number_or_mail_address() -> None:
    mobile = re.compile(r"(?<![0-9A-Za-z/_.-])1[3-9]\d{9}(?![0-9])")
    office = re.compile(r"(?<!\d)0\d{2,3}[-—]\d{7,8}(?!\d)")
    mail = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
    for path in sorted((*FOLDER.glob("*.csv"), *FOLDER.glob("*.yaml"))):
        text = path.read_text(encoding="utf-8")
        for pattern in (mobile, office, mail):
            assert pattern.findall(text) == [], path.name


def test_packaged_tables_are_plain_utf8_with_unix_line_ends() -> None:
    for path in sorted(FOLDER.glob("*.csv")):
        content = path.read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in content
        assert content.endswith(b"\n")


def test_published_ids_stay_and_built_ids_are_published() -> None:
    built = {entry.id: entry.label for entry in built_entries()}
    published = {entry.id: entry for entry in read_registry()}
    assert set(built) - set(published) == set(), "run python -m ingest.packaged.registry"
    for entry in published.values():
        assert built.get(entry.replaced_by or entry.id) == entry.label, entry


def test_sources_are_described_with_their_terms() -> None:
    for packaged in Library().sources():
        source = packaged.source
        assert all((source.title, source.kind, source.date, source.terms, source.content))

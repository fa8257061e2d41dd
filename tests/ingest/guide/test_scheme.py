"""The guide of an industry: a scheme of its own whose mapping to ours is proposed and no more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.guide.outline import Outline, read_outline
from ingest.guide.scheme import Likely, draft_scheme, map_scheme, sssom
from kg.records import check_record
from kg.scenes import family
from kg.store.open import open_store
from ontology.errors import InvalidValue
from ontology.schema import schema
from tests.ingest.guide.texts import document, paragraph
from tests.world import load_world

TITLE = "样例行业场景指引"
SURE = Likely("S17", "在线智能检测", 0.97, sure=True)
UNSURE = Likely("S16", "人机协同作业", 0.55, sure=False)
SAID = {"带钢表面在线检测": SURE, "机械臂协同扒渣": UNSURE, "食堂智能点餐": None}


@pytest.fixture(scope="module")
def outline() -> Outline:
    return read_outline(
        document(
            paragraph("一、炼钢"), paragraph("1. 带钢表面在线检测"), paragraph("相机看带钢。"),
            paragraph("2. 机械臂协同扒渣"), paragraph("人和机械臂一起。"),
            paragraph("二、后勤"), paragraph("1. 食堂智能点餐"), paragraph("推荐菜品。"),
        )
    )  # fmt: skip


def propose(texts: Sequence[str]) -> list[Likely | None]:
    return [SAID[text.partition("。")[0]] for text in texts]


def test_a_sure_scene_is_close_an_unsure_one_related_and_none_is_none(outline: Outline) -> None:
    mappings = map_scheme(outline, TITLE, propose)
    assert [(one.predicate, one.to) for one in mappings if one.to] == [
        ("closeMatch", SURE), ("relatedMatch", UNSURE)]  # fmt: skip
    assert [one.scene.name for one in mappings if one.to is None] == ["食堂智能点餐"]


def test_every_record_fits_the_schema_and_every_mapping_is_marked_proposed(
    outline: Outline,
) -> None:
    source, records = draft_scheme(outline, TITLE, map_scheme(outline, TITLE, propose))
    for record in records:
        check_record(record, schema())
        assert record.source == source.id
    mapped = [(record, link) for record in records for link in record.links
              if link.relation == "MAPS_TO"]  # fmt: skip
    assert len(mapped) == 2
    assert {(record.method, link.properties["basis"]) for record, link in mapped} == {
        ("inferred", "proposed")
    }


def test_what_is_only_proposed_is_no_counterpart_in_answers(
    outline: Outline, tmp_path: Path
) -> None:
    source, records = draft_scheme(outline, TITLE, map_scheme(outline, TITLE, propose))
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as store:
        load_world(store)
        before = family(store, "S17").members
        store.load(source, records)
        assert store.state().relations["MAPS_TO"] == 2
        assert family(store, "S17").members == before


def test_the_table_of_mappings_says_that_nobody_checked_them(outline: Outline) -> None:
    lines = sssom(TITLE, map_scheme(outline, TITLE, propose)).splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    columns = {name: at for at, name in enumerate(rows[0])}
    told = [(row[columns["subject_label"]], row[columns["object_id"]], row[columns["comment"]])
            for row in rows[1:]]  # fmt: skip
    assert told == [
        ("带钢表面在线检测", "scene:S17", "proposed"),
        ("机械臂协同扒渣", "scene:S16", "proposed"),
        ("食堂智能点餐", "sssom:NoTermFound", "proposed"),
    ]


@pytest.mark.parametrize("title", ["2024", "", " ", "……"])
def test_a_scheme_has_a_name_and_no_year_for_one(title: str, outline: Outline) -> None:
    with pytest.raises(InvalidValue, match="no name of a guide"):
        map_scheme(outline, title, propose)

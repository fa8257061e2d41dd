"""A broken graph gives the finding that says what to do; a sound one gives none."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from ontology.check import Finding, check
from ontology.errors import InvalidFile

MOBILE = "138" + "0" * 8  # of the form only, and spelt so that a search for numbers passes by

PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix schema: <https://schema.org/> .
@prefix sf: <urn:sfkg:term:> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <urn:sfkg:> .
"""
SOUND = """
:A03 a sf:Area ; skos:prefLabel "生产作业" ; sf:order 3 .
:E07 a sf:Segment ; skos:prefLabel "质量管控" ; sf:edition "2024" ; sf:order 7 ;
    sf:nameStatus "attested" ; sf:inArea :A03 .
:S17 a sf:Scene ; skos:prefLabel "在线智能检测" ; sf:edition "2024" ; sf:order 17 ;
    sf:nameStatus "attested" ; sf:inSegment :E07 .
:C a sf:Industry ; skos:prefLabel "制造业" ; skos:notation "C" .
:C36 a sf:Industry ; skos:prefLabel "汽车制造业" ; skos:notation "C36" ; sf:within :C .
:hubei a sf:Place ; skos:prefLabel "湖北省" ; skos:notation "420000" .
:maker a org:Organization ; skos:prefLabel "江城示范机械有限公司" .
:case a sf:Instance ; skos:prefLabel "轮毂X光缺陷判读" ; sf:ofEnterprise :maker ; sf:inScene :S17 ;
    sf:inIndustry :C36 ; sf:inPlace :hubei ; sf:year 2024 ; sf:grade "B" .
:plant a sf:Factory ; sf:ofEnterprise :maker .
:code a sf:Standard ; skos:prefLabel "智能制造能力成熟度模型" ; skos:notation "GB/T 39116-2020" ;
    sf:standardLevel "national" ; sf:status "in force" .
:link a sf:Link ; rdf:subject :case ; rdf:predicate sf:inScene ; rdf:object :S17 ;
    sf:basis "assigned" .
"""


def findings(text: str) -> tuple[Finding, ...]:
    return check(Graph().parse(data=PREFIXES + text, format="turtle"))


def broken(before: str, after: str) -> tuple[Finding, ...]:
    assert before in SOUND
    return findings(SOUND.replace(before, after, 1))


def test_a_sound_graph_gives_no_finding() -> None:
    assert findings(SOUND) == ()


def test_an_empty_graph_gives_no_finding() -> None:
    assert findings("") == ()


def test_checking_leaves_the_graph_as_it_was() -> None:
    graph = Graph().parse(data=PREFIXES + SOUND, format="turtle")
    before = set(graph)
    check(graph)
    assert set(graph) == before


def test_a_finding_names_what_where_and_what_to_do_in_both_languages() -> None:
    assert broken('skos:prefLabel "质量管控" ; ', "") == (
        Finding(
            "violation",
            "urn:sfkg:E07",
            "skos:prefLabel",
            "",
            "缺少名称，或同一语言有两个名称：每个对象应有且只有一个名称。 "
            "The name is missing, or there are two in one language: give exactly one name.",
        ),
    )


@pytest.mark.parametrize(
    ("before", "after", "focus", "words"),
    [
        ('"attested" ; sf:inS', '"sure" ; sf:inS', "S17", "attested or provisional"),
        ('"2024" ; sf:order 17', '"2023" ; sf:order 17', "S17", "2024 or 2025"),
        ('"2024" ; sf:order 17', '"2025" ; sf:order 17', "S17", "different editions"),
        ("sf:inSegment :E07", 'skos:note "x"', "S17", "exactly one segment"),
        ("; sf:inArea :A03", "", "E07", "footnotes 1-5"),
        ("sf:year 2024", 'sf:year "2024年"', "case", "from 1900 to 2100"),
        ('sf:grade "B"', 'sf:grade "D"', "case", "A, B or C"),
        ("sf:inScene :S17 ;\n", "sf:inScene :E07 ;\n", "E07", "typical scene"),
        ("sf:inScene :S17 ;\n", "sf:inScene :S99 ;\n", "S99", "known thing"),
        ("sf:inPlace :hubei", "sf:inPlace :maker", "maker", "place"),
        ("sf:Factory ; sf:ofEnterprise :maker", "sf:Factory", "plant", "exactly one enterprise"),
        ('"C36" ; sf:within :C', '"C36"', "C36", "below a section"),
        ('"C36" ; sf:within :C', '"36" ; sf:within :C', "C36", "GB/T 4754"),
        ('"C36" ; sf:within :C', '"C36" ; sf:within :hubei', "C36", "under an industry"),
        ('"420000"', '"42"', "hubei", "six-digit"),
        ('skos:notation "GB/T 39116-2020" ;', "", "code", "exactly one code"),
        ('"national"', '"nation"', "code", "must be national"),
        ('sf:basis "assigned"', 'sf:basis "official"', "link", "basis"),
        ("rdf:object :S17 ;", "", "link", "one end"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_where_it_is(
    before: str, after: str, focus: str, words: str
) -> None:
    found = [one for one in broken(before, after) if words in one.message]
    assert [(one.severity, one.focus) for one in found] == [("violation", f"urn:sfkg:{focus}")]


def test_a_mobile_number_in_a_note_is_found() -> None:
    found = broken(":plant a", f':plant skos:note "联系人手机 {MOBILE}" ; a')
    assert [one.message.split(": ")[-1] for one in found] == [
        "personal contacts do not belong in the graph; remove it."
    ]


def test_figures_that_are_no_mobile_number_are_left_alone() -> None:
    assert broken(":plant a", ':plant skos:note "产值 138000000000 元，编号 20138000" ; a') == ()


def test_a_circle_of_industries_is_found_at_each_of_them() -> None:
    found = broken('skos:notation "C" .', 'skos:notation "C" ; sf:within :C36 .')
    circle = [one.focus for one in found if "break the circle" in one.message]
    assert circle == ["urn:sfkg:C", "urn:sfkg:C36"]


def test_a_standard_that_replaces_itself_is_found() -> None:
    found = broken('sf:status "in force"', 'sf:status "replaced" ; dcterms:replaces :code')
    assert [one.focus for one in found] == ["urn:sfkg:code"]


def test_what_may_be_right_is_a_warning_and_comes_after_violations() -> None:
    found = findings(
        ':one a sf:Instance ; skos:prefLabel "无企业无场景" ; sf:grade "E" .'
        ':two a sf:Standard ; skos:notation "GB/T 1-2020" ; sf:status "valid" .'
    )
    assert [(one.severity, one.path) for one in found] == [
        ("violation", "sf:grade"),
        ("warning", "sf:inScene"),
        ("warning", "sf:ofEnterprise"),
        ("warning", "sf:status"),
        ("warning", "skos:prefLabel"),
    ]


def test_shapes_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "shapes.ttl"
    wrong.write_text("a b", encoding="utf-8")
    with pytest.raises(InvalidFile, match=r"shapes\.ttl cannot be read"):
        check(Graph(), wrong)

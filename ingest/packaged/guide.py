"""The guide editions as records: names by how well they are attested, our summaries apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.packaged.origin import Origin, Properties
from kg.records import Link, Method, Record
from ontology.guide import Guide, GuideSource, Mapping, Scene, Segment

CROSSWALK = "crosswalk"
# No source gives the order of these editions, nor which scenes a segment holds; both are assumed
# until the text itself is imported.
ASSUMED_ORDER = ("2024",)
# Of an edition: our reconstruction of it, of which an imported text has retired something.
RECONSTRUCTED = "暂定"


def source_of(edition: str) -> str:
    """Return the source id of an edition."""
    return f"guide_{edition}"


def map_guide(guide: Guide) -> tuple[Record, ...]:
    """Return the records of one edition's segments and scenes."""
    return (
        *(record for segment in guide.segments for record in _segment(guide, segment)),
        *(record for scene in guide.scenes for record in _scene(guide, scene)),
        *(_retired(guide, scene) for scene in guide.retired),
    )


def map_crosswalk(mappings: Iterable[Mapping]) -> tuple[Record, ...]:
    """Return one record for each mapping between scenes of two editions.

    Names of editions before 2025 are no scenes of their own here; they stay other names.
    """
    return tuple(
        Origin(CROSSWALK, f"crosswalk.sssom.tsv#{mapping.subject}>{mapping.object}").record(
            "Scene",
            mapping.subject,
            "assigned",
            {},
            [
                Link(
                    "MAPS_TO",
                    mapping.object,
                    {"predicate": mapping.predicate, "confidence": mapping.confidence},
                )
            ],
        )
        for mapping in mappings
        if mapping.subject_edition == "2025"
    )


def _origin(guide: Guide, key: str, url: str = "") -> Origin:
    place = guide.title if guide.is_official else f"{guide.edition}.ttl"
    return Origin(source_of(guide.edition), f"{place}#{key}", url, guide.edition)


def _segment(guide: Guide, segment: Segment) -> Iterator[Record]:
    method, url = _attestation(guide, segment.sources, segment.name_status)
    origin = _origin(guide, segment.id, url)
    stated, own = _ordered(guide, segment.order)
    stated |= _named(segment)
    own |= {"name_en": segment.name_en, "note": _texts(segment.note)}
    links = [Link("IN_AREA", segment.area)] if segment.area else []
    yield origin.record("Segment", segment.id, method, stated, links)
    yield origin.unseen().record("Segment", segment.id, "assigned", own)


def _scene(guide: Guide, scene: Scene) -> Iterator[Record]:
    method, url = _attestation(guide, scene.sources, scene.name_status)
    origin = _origin(guide, scene.id, url)
    stated, own = _ordered(guide, scene.order)
    stated |= _named(scene) | {"guide_text": scene.summary if scene.summary_source else ""}
    other_names = dict.fromkeys(alias.text for alias in scene.aliases if alias.text != scene.name)
    own |= {
        "name_en": scene.name_en,
        "other_names": tuple(other_names),
        "summary": "" if scene.summary_source else scene.summary,
        "keywords": scene.keywords,
        "note": (*_texts(scene.note), *_candidates(scene)),
    }
    within = [Link("IN_SEGMENT", scene.segment)]
    assumed = _is_assumed(guide)
    yield origin.record("Scene", scene.id, method, stated, () if assumed else within)
    yield origin.unseen().record("Scene", scene.id, "assigned", own, within if assumed else ())


def _retired(guide: Guide, scene: Scene) -> Record:
    """Return a scene that we held and the text lacks: of our reconstruction alone, and what it is
    now.
    """
    others = (*(alias.text for alias in scene.aliases), *scene.candidates)
    names = dict.fromkeys(one for one in others if one != scene.name)
    into = scene.replaced_by
    predicate = "broadMatch" if len(into) == 1 else "relatedMatch"
    said: Properties = {
        "name": scene.name,
        "name_status": "provisional",
        "edition": f"{guide.edition} {RECONSTRUCTED}",
        "order": scene.order,
        "other_names": tuple(names),
        "summary": "" if scene.summary_source else scene.summary,
        "keywords": scene.keywords,
        "note": ("导入的指引文本中没有这个场景。",),
    }
    links = [Link("IN_SEGMENT", scene.segment)]
    links += [Link("MAPS_TO", one, {"predicate": predicate}) for one in into]
    return _origin(guide, scene.id).unseen().record("Scene", scene.id, "assigned", said, links)


def _named(part: Segment | Scene) -> Properties:
    return {"name": part.name, "name_status": part.name_status, "edition": part.edition}


def _ordered(guide: Guide, order: int) -> tuple[Properties, Properties]:
    """Return the order as stated by the sources or, where none states it, as our own."""
    ordered: Properties = {"order": order}
    return ({}, ordered) if _is_assumed(guide) else (ordered, {})


def _is_assumed(guide: Guide) -> bool:
    return guide.edition in ASSUMED_ORDER and not guide.is_official


def _attestation(guide: Guide, sources: Iterable[str], status: str) -> tuple[Method, str]:
    """Return who attests a name, and the first address where that was read."""
    if status != "attested":
        return "inferred", ""
    found = [guide.source(source) for source in sources]
    official = [source for source in found if _is_official(source)]
    chosen = next((source for source in (official or found) if source.urls), None)
    return "official" if official else "reported", chosen.urls[0] if chosen else ""


def _is_official(source: GuideSource) -> bool:
    return source.reliability.startswith("official")


def _candidates(scene: Scene) -> tuple[str, ...]:
    if scene.name_status == "attested" or not scene.candidates:
        return ()
    return (f"可能的正式名称：{'、'.join(scene.candidates)}",)


def _texts(text: str) -> tuple[str, ...]:
    return (text,) if text else ()

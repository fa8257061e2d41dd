"""The page at `/provider`: where a solution, a provider's offer or a described one fits next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Query, Response

from api.answers import LONGEST_TEXT, fits_and_places
from api.deps import LONGEST_VALUE, Offset, TheDesk, TheSlots
from api.desk import Desk, going_on
from api.errors import status_of
from api.fit_answers import described_fits
from api.slots import Turn
from api.ui.drawings.matrix import Count, Line, matrix
from api.ui.drawings.svg import Caption
from api.ui.faults import told
from api.ui.reader import Reader, TheReader
from api.ui.rendering import render
from kg.entities import Ref
from kg.fits import WEIGHTS, FitPlace
from ontology.errors import SmartFactoryError
from ontology.sentence import Language

router = APIRouter(include_in_schema=False)
SHOWN, DRAWN = 15, 200  # fits on a page, and in the drawing
MOST_PROVIDERS = 40  # to choose from
EXAMPLES: Mapping[Language, tuple[str, ...]] = {
    "zh": (
        "用工业相机和深度学习在线判读铸件表面缺陷",
        "按能耗和电价自动调整空压站和冷站的运行",
    ),
    "en": (
        "Industrial cameras and deep learning judge surface defects of castings",
        "Adjusts compressors and chillers by use of energy and the price of power",
    ),
}
EMPTY = {"of": "", "text": "", "industry": "", "fault": None, "answer": None, "providers": ()}


@router.get("/provider")
def provider(
    desk: TheDesk,
    slots: TheSlots,
    reader: TheReader,
    of: Annotated[str, Query(max_length=LONGEST_VALUE)] = "",
    q: Annotated[str, Query(max_length=LONGEST_TEXT)] = "",
    offset: Offset = 0,
) -> Response:
    """Show where a named or shortly described solution fits, else what can be chosen."""
    if q.strip():
        return _described(desk, slots, reader, q, "")
    if not of.strip():
        return _page(reader, {"providers": most_offering(desk)})
    with slots.taken():
        answer, places = fits_and_places(desk, of, SHOWN, offset)
    values = {"of": of, "answer": answer, "items": answer.items, "offset": offset}
    return _page(reader, values | {"drawn": _drawn(reader, places[:DRAWN])})


@router.post("/provider")
def provider_of_text(
    desk: TheDesk,
    slots: TheSlots,
    reader: TheReader,
    text: Annotated[str, Form()] = "",
    industry: Annotated[str, Form()] = "",
) -> Response:
    """Show where a described solution fits."""
    return _described(desk, slots, reader, text, industry)


def _described(desk: Desk, slots: Turn, reader: Reader, text: str, industry: str) -> Response:
    values: dict[str, object] = {"text": text[:LONGEST_TEXT], "industry": industry}
    within = [industry.strip()] if industry.strip() else []
    try:
        with slots.taken():
            answer = described_fits(desk, text, within)
    except SmartFactoryError as error:
        more = {"fault": told(reader, error), "providers": most_offering(desk)}
        return _page(reader, values | more, status_of(error))
    found = {"answer": answer, "items": answer.items, "offset": 0}
    return _page(reader, values | found | {"drawn": _drawn(reader, answer.places[:DRAWN])})


def _page(reader: Reader, values: dict[str, object], status: int = 200) -> Response:
    more = {
        "active": "provider",
        "shown": SHOWN,
        "weights": WEIGHTS,
        "examples": EXAMPLES[reader.language],
    }
    return render("provider.html", reader, EMPTY | more | values, status)


@going_on
def most_offering(desk: Desk) -> tuple[tuple[Ref, int], ...]:
    """Return the providers of most solutions, with how many they have."""
    counted = desk.read.count("Solution", (), "PROVIDED_BY")[:MOST_PROVIDERS]
    names = {node.id: Ref.of(node) for node in desk.read.get([str(one) for one, _ in counted])}
    return tuple((names[str(one)], count) for one, count in counted)


def _drawn(reader: Reader, items: Sequence[FitPlace]) -> str:
    scenes = {fit.scene.id: Line(fit.scene.id, _scene(reader, fit)) for fit in items}
    industries = {
        fit.industry.id: Line(fit.industry.id, reader.name(fit.industry)) for fit in items
    }
    counts = {
        (fit.industry.id, fit.scene.id): Count(
            fit.enterprises,
            reader.say(
                "provider.cell", scene=_scene(reader, fit), industry=reader.name(fit.industry),
                n=fit.enterprises,
            ),
            reader.link("/cases", scene=fit.scene.id, industry=fit.industry.id),
        )
        for fit in items
    }  # fmt: skip
    caption = Caption("fits", reader.say("provider.drawn"), reader.say("provider.drawn_text"))
    columns = [scenes[one] for one in sorted(scenes)]
    return matrix(caption, list(industries.values()), columns, counts)


def _scene(reader: Reader, fit: FitPlace) -> str:
    return f"{fit.scene.id} {reader.name(fit.scene)}"

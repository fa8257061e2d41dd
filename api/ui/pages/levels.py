"""The page at `/levels`: which conditions of the notice a factory meets, on a ladder to print."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.deps import Industries, Scenes, TheDesk, TheSlots
from api.desk import Desk
from api.errors import status_of
from api.level_answers import LevelsAnswer, check_profile
from api.profile_form import LONGEST_NAME, ProfileForm
from api.slots import Turn
from api.ui.faults import told
from api.ui.ladder_view import drawn_ladder
from api.ui.pages.levels_form import Filled, filled, profile_of
from api.ui.reader import Reader, TheReader
from api.ui.rendering import render
from kg.levels.profile import stated_conditions
from ontology.conditions import Condition, load_conditions
from ontology.errors import SmartFactoryError

router = APIRouter(include_in_schema=False)
Name = Annotated[str, Query(max_length=LONGEST_NAME)]


@router.get("/levels")
def levels(  # noqa: PLR0913 - each is a parameter of the address
    desk: TheDesk,
    slots: TheSlots,
    reader: TheReader,
    factory: Name = "",
    target: Name = "",
    industry: Industries = [],  # noqa: B006 - FastAPI copies defaults
    scene: Scenes = [],  # noqa: B006
    part: Annotated[bool, Query(description="The scenes are not all that is covered")] = False,
) -> Response:
    """Show the form and, where the address says something of a factory, its check."""
    given = Filled(factory, target, industry, scene, complete=bool(scene) and not part)
    return _page(desk, slots, reader, given)


@router.post("/levels")
def levels_of_form(
    desk: TheDesk,
    slots: TheSlots,
    reader: TheReader,
    form: Annotated[Filled, Depends(filled)],
) -> Response:
    """Check what the form says."""
    return _page(desk, slots, reader, form)


def _page(desk: Desk, slots: Turn, reader: Reader, form: Filled) -> Response:
    values = _form_values(desk, form)
    if form.says_nothing:
        return render("levels.html", reader, values | {"answer": None, "fault": None})
    try:
        profile = profile_of(form)
        with slots.taken():
            answer = check_profile(desk, profile)
    except SmartFactoryError as error:
        fault = {"answer": None, "fault": told(reader, error)}
        return render("levels.html", reader, values | fault, status_of(error))
    found = _answer_values(reader, answer, profile, form)
    return render("levels.html", reader, values | {"fault": None} | found)


def _form_values(desk: Desk, form: Filled) -> dict[str, object]:
    conditions = load_conditions()
    return {
        "active": "levels",
        "form": form,
        "conditions": conditions,
        "stated": stated_conditions(conditions),
        "checks": {
            one.id: one.check for clause in conditions.clauses() for one in clause.conditions
        },
        "guide": desk.guide,
    }


def _answer_values(
    reader: Reader, answer: LevelsAnswer, profile: ProfileForm, form: Filled
) -> dict[str, object]:
    target = answer.next.level if answer.next else ""
    aimed = next((one for one in answer.levels if one.id == target), answer.levels[-1])
    return {
        "answer": answer,
        "aimed": aimed,
        "ladder": drawn_ladder(reader, answer.levels, target),
        "stated": _of_level(aimed.id, form),
        "address": form.address if form.fits_an_address else None,
    }


def _of_level(level: str, form: Filled) -> list[Condition]:
    """Return the conditions to state for the level aimed at, and those that were stated."""
    every = stated_conditions(load_conditions())
    return [one for one in every if level in one.levels or one.id in form.statements]

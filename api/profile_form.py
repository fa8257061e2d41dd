"""A factory's profile as it comes in: by HTTP or from a file of the command line."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, Strict, ValidationError
from pydantic.config import JsonDict

from api.answers import MOST_TEXTS
from kg.levels.profile import Figure, Peers, Statement
from ontology.conditions import Scope
from ontology.errors import InvalidFile, InvalidValue

LONGEST_NAME, LONGEST_SOURCE, MOST_SCENES = 200, 500, 200
Name = Annotated[str, Field(max_length=LONGEST_NAME)]
Source = Annotated[str, Field(max_length=LONGEST_SOURCE)]
EXAMPLE: JsonDict = {
    "industry": ["C36"],
    "scenes": ["S15", "S17", "S21"],
    "texts": ["用视觉相机在线检查轮毂表面缺陷，替代人工目检"],
    "maturity": {"level": 2, "source": "2025 年评估报告"},
    "kpis": {
        "K09": {
            "value": 35,
            "source": "2025 年统计",
            "peers": {"province": {"average": 12, "source": "省统计公报"}},
        }
    },
    "statements": {"B1-1": {"holds": True, "source": "规上企业名录"}},
}


class PeersForm(BaseModel):
    """What the peers of one scope reach; without a source it settles nothing."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)
    average: float | None = Field(None, description="Average of the peers")
    leading: float | None = Field(None, description="What the leaders of the peers reach")
    source: Source = ""


class FigureForm(BaseModel):
    """The factory's own figure of an indicator and those of its peers; larger is better."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)
    value: float | None = None
    source: Source = ""
    peers: dict[Scope, PeersForm] = {}


class MaturityForm(BaseModel):
    """The maturity level assessed by GB/T 39117 against GB/T 39116, and that of peers."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)
    level: Annotated[int, Strict()] | None = Field(None, description="1 to 5")
    source: Source = ""
    peers: dict[Scope, PeersForm] = {}


class StatementForm(BaseModel):
    """Whether the enterprise says that a condition holds, and what shows it."""

    model_config = ConfigDict(extra="forbid")
    holds: Annotated[bool, Strict()]
    source: Source = ""


class ProfileForm(BaseModel):
    """A factory, as far as it is known: whatever is left out is unknown and never held against it.

    `scenes` are all that the factory covers unless `complete` is false; texts add to them, and
    alone, like the cases that sources tell of a known `factory`, they are a part of it.
    """

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})
    factory: Name = Field("", description="Id or name of a factory or enterprise of the graph")
    industry: list[Name] = Field([], max_length=50, description="GB/T 4754 code or name")
    scenes: list[Name] | None = Field(
        None, max_length=MOST_SCENES, description="Covered scenes, by id or name"
    )
    texts: list[str] | None = Field(
        None, max_length=MOST_TEXTS, description="What was done, each text a scene"
    )
    complete: Annotated[bool, Strict()] | None = Field(
        None, description="Whether scenes and texts are all that is covered"
    )
    maturity: MaturityForm | None = None
    kpis: dict[Name, FigureForm] = Field({}, description="By indicator, K01 to K20 or its name")
    statements: dict[Name, StatementForm | Annotated[bool, Strict()]] = Field(
        {}, description="By condition; GET /v1/levels/statements lists them"
    )
    target: Name = Field("", description="Level to aim at; usually the next one")


def read_form(written: str, name: str) -> ProfileForm:
    """Return the profile that a JSON text holds; raise InvalidFile or InvalidValue with the place.

    `name` is what the text is called where it is no JSON at all.
    """
    try:
        return ProfileForm.model_validate_json(written)
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        if first["type"] == "json_invalid":
            raise InvalidFile(f"{name} is no valid JSON: {first['msg']}") from None
        given = first.get("input")
        shown = given if isinstance(given, str | int | float) else type(given).__name__
        raise InvalidValue(place or name, shown, first["msg"]) from None


def figure(form: FigureForm) -> Figure:
    """Return the form as a figure."""
    return Figure(form.value, form.source, _peers(form.peers))


def maturity(form: MaturityForm) -> Figure:
    """Return the maturity level as a figure."""
    level = None if form.level is None else float(form.level)
    return Figure(level, form.source, _peers(form.peers))


def _peers(forms: dict[Scope, PeersForm]) -> dict[Scope, Peers]:
    return {scope: Peers(one.average, one.leading, one.source) for scope, one in forms.items()}


def statement(form: StatementForm | bool) -> Statement:
    """Return the form as a statement; a bare true or false has no source."""
    return Statement(form) if isinstance(form, bool) else Statement(form.holds, form.source)

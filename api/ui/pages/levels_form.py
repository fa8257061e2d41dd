"""The form of the level check: what its fields hold, and the profile that they come to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Annotated

from fastapi import Form

from api.profile_form import ProfileForm, read_form
from ontology.errors import InvalidValue

Text = Annotated[str, Form()]
Several = Annotated[list[str], Form()]
LONGEST_ADDRESS = 1500  # characters of names; longer ones do not belong into an address
KPI_FIELDS = ("value", "source", "scope", "average", "leading", "peers")


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in; what is left empty is unknown.

    `figures` holds for each indicator its KPI_FIELDS, `statements` "yes" or "no" by condition.
    """

    factory: str = ""
    target: str = ""
    industry: Sequence[str] = ()
    scenes: Sequence[str] = ()
    complete: bool = False
    texts: str = ""
    maturity: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    statements: Mapping[str, str] = field(default_factory=dict)
    statement_source: str = ""

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing to check."""
        told = (self.factory.strip(), self.scenes, self.texts.strip(), self.maturity.get("level"))
        return not any((*told, self.statements, self.figures))

    @property
    def fits_an_address(self) -> bool:
        """Whether the whole of it can stand in an address that is opened again."""
        more = (self.texts.strip(), self.maturity.get("level"), self.statements, self.figures)
        length = sum(map(len, (self.factory, self.target, *self.industry, *self.scenes)))
        return not any(more) and length < LONGEST_ADDRESS

    @property
    def address(self) -> Mapping[str, str | Sequence[str]]:
        """The parameters of that address."""
        part = "true" if self.scenes and not self.complete else ""
        return {
            "factory": self.factory,
            "target": self.target,
            "industry": self.industry,
            "scene": self.scenes,
            "part": part,
        }


def filled(  # noqa: PLR0913 - each is a field of the form
    factory: Text = "",
    target: Text = "",
    industry: Text = "",
    scene: Several = [],  # noqa: B006 - FastAPI copies defaults
    complete: Annotated[bool, Form()] = False,
    texts: Text = "",
    maturity_level: Text = "",
    maturity_source: Text = "",
    kpi: Several = [],  # noqa: B006
    kpi_value: Several = [],  # noqa: B006
    kpi_source: Several = [],  # noqa: B006
    kpi_scope: Several = [],  # noqa: B006
    kpi_average: Several = [],  # noqa: B006
    kpi_leading: Several = [],  # noqa: B006
    kpi_peers: Several = [],  # noqa: B006
    statement: Several = [],  # noqa: B006
    statement_source: Text = "",
) -> Filled:
    """Return the form as it was sent; the fields of an indicator come as one row of columns."""
    columns = (kpi_value, kpi_source, kpi_scope, kpi_average, kpi_leading, kpi_peers)
    rows = zip_longest(*columns, fillvalue="")
    figures = {
        name: dict(zip(KPI_FIELDS, row, strict=True))
        for name, row in zip(kpi, rows, strict=False)
        if row[0].strip()
    }
    said = [one.partition("=") for one in statement if one]
    return Filled(
        factory.strip(),
        target.strip(),
        [one for one in [industry.strip()] if one],
        scene,
        complete,
        texts,
        {"level": maturity_level.strip(), "source": maturity_source.strip()},
        figures,
        {name: answer for name, _, answer in said},
        statement_source.strip(),
    )


def profile_of(form: Filled) -> ProfileForm:
    """Return the profile that a form comes to; raise InvalidValue naming the field."""
    texts = [line.strip() for line in form.texts.splitlines() if line.strip()]
    profile: dict[str, object] = {
        "factory": form.factory,
        "target": form.target,
        "industry": list(form.industry),
        "kpis": {name: _figure(name, row) for name, row in form.figures.items()},
        "statements": {
            name: {"holds": answer == "yes", "source": form.statement_source}
            for name, answer in form.statements.items()
        },
    }
    if form.scenes:
        profile |= {"scenes": list(form.scenes), "complete": form.complete}
    if texts:
        profile["texts"] = texts
    if level := form.maturity.get("level"):
        number = int(level) if level.isdigit() else level
        profile["maturity"] = {"level": number, "source": form.maturity.get("source", "")}
    return read_form(json.dumps(profile), "form")


def _figure(name: str, row: Mapping[str, str]) -> dict[str, object]:
    """Return the figure of an indicator and, where one is given, that of its peers."""
    figure: dict[str, object] = {
        "value": _number(f"kpis.{name}.value", row["value"]),
        "source": row["source"],
    }
    average, leading = (
        _number(f"kpis.{name}.{side}", row[side]) for side in ("average", "leading")
    )
    if average is not None or leading is not None:
        peers = {"average": average, "leading": leading, "source": row["peers"]}
        figure["peers"] = {row["scope"]: peers}
    return figure


def _number(place: str, written: str) -> float | None:
    """Return a number as people write it, None for an empty field."""
    text = written.strip().replace(",", "").replace("，", "").removesuffix("%")
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise InvalidValue(place, written, "is no number") from None

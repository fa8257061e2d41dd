"""What a document states, one claim each, with its words, its place and whether it is so yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.document import Place
from kg.effects.effect import Effect

# achieved: it is so, by the text's words; planned: it is to be done; target: a figure to be
# reached; open: the text does not say.
Standing = Literal["achieved", "planned", "target", "open"]
Part = Literal["total", "equipment", "software"]
Role = Literal["integrator", "supplier"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What one place of a document states; `words` are exactly what it says.

    `because` are the words that decide the standing, "" where nothing does. `confidence` is our
    estimate that the claim was read right: higher beside a label of a form than in a sentence,
    lower where a heading or the build period decides the standing.
    """

    words: str
    place: Place
    standing: Standing
    because: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Investment(Claim):
    """Money put in, in ten thousand yuan (万元)."""

    part: Part
    amount: float


@dataclass(frozen=True, slots=True)
class BuildPeriod(Claim):
    """From when to when the factory was or is built, as year or year and month."""

    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Integrator(Claim):
    """An organisation that integrated or supplied what was built."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class KpiStatement(Claim):
    """A figure of one of the notice's indicators, read as statements of cases are."""

    kpi: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class Count(Claim):
    """A number of things that conditions of a level speak of; it fulfils none of them."""

    thing: str
    number: float
    unit: str


@dataclass(frozen=True, slots=True)
class Maturity(Claim):
    """A level of GB/T 39116, 智能制造能力成熟度."""

    level: int


@dataclass(frozen=True, slots=True)
class Award(Claim):
    """A level of this programme that the applicant says it has or seeks."""

    level: str


@dataclass(frozen=True, slots=True)
class Claims:
    """All claims of a document by kind, each in the order of the document."""

    investments: tuple[Investment, ...] = ()
    periods: tuple[BuildPeriod, ...] = ()
    integrators: tuple[Integrator, ...] = ()
    kpis: tuple[KpiStatement, ...] = ()
    counts: tuple[Count, ...] = ()
    maturity: tuple[Maturity, ...] = ()
    awards: tuple[Award, ...] = ()

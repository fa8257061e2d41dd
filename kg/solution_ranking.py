"""What makes a solution replicable, and how what is only offered fits: readable contributions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.index.lexical import Lexical
from kg.ranking import (
    DIGITS,
    GRADES,
    YEARS_UNTIL_OLD,
    Asker,
    industry_steps,
    level_nearness,
)
from kg.records import Node
from kg.scenes import NEARNESS
from ontology.classification import industry_line

# Used elsewhere counts most: a solution that works for its own maker has not been replicated.
USED_WEIGHTS: Mapping[str, float] = {
    "enterprises": 0.5, "industry": 0.25, "level": 0.1, "recency": 0.06, "grade": 0.05,
    "effects": 0.04,
}  # fmt: skip
# After the kind of publication, which goes first: an official list before a claim.
OFFERED_WEIGHTS: Mapping[str, float] = {"scene": 0.4, "text": 0.35, "industry": 0.25}
SHORTEST_NAME = 2  # characters by which a firm can be told in the name of another


@dataclass(frozen=True, slots=True)
class Use:
    """One instance that used something: its node, enterprise, industries and levels (ids)."""

    instance: Node
    enterprise: Node | None
    industries: tuple[str, ...]
    levels: tuple[str, ...]

    @property
    def owner(self) -> str:
        """The id of the enterprise, that of the instance where it is unknown."""
        return self.enterprise.id if self.enterprise else self.instance.id


def outside(uses: Sequence[Use], providers: Sequence[Node]) -> int:
    """Count the distinct enterprises that are not of a provider's own group."""
    return len(
        {
            use.owner
            for use in uses
            if not any(of_one_group(use.enterprise, provider) for provider in providers)
        }
    )


def of_one_group(one: Node | None, other: Node) -> bool:
    """Tell whether two organisations are the same or one is named in the other's name.

    No source of the graph states groups; 海尔 in 海尔智家股份有限公司 is as far as names go.
    """
    if one is None:
        return False
    if one.id == other.id:
        return True
    names = [(node.name, *node.texts("other_names")) for node in (one, other)]
    return any(
        len(short) >= SHORTEST_NAME and short in long
        for first, second in (names, names[::-1])
        for short in first
        for long in second
    )


def used_contributions(
    uses: Sequence[Use], providers: Sequence[Node], asker: Asker, newest: int
) -> dict[str, float]:
    """Return what speaks for a solution that instances used, each in [0, 1]."""
    steps = industry_steps(asker.industry)
    years = [year for use in uses if (year := use.instance.year())]
    return {
        "enterprises": saturated(outside(uses, providers)),
        "industry": max((_industry_nearness(use.industries, steps) for use in uses), default=0.0),
        "level": max(
            (level_nearness(level, own)
             for use in uses for level in use.levels for own in asker.level),
            default=0.0,
        ),
        "recency": max(0.0, 1 - (newest - max(years)) / YEARS_UNTIL_OLD) if years else 0.0,
        "grade": max((GRADES.get(use.instance.text("grade"), 0.0) for use in uses), default=0.0),
        "effects": float(any(use.instance.texts("effects") for use in uses)),
    }  # fmt: skip


def saturated(count: int) -> float:
    """Return how much so many enterprises say, in [0, 1): the first ones most."""
    return 1 - 1 / (1 + count)


def offered_contributions(
    correspondence: str, industries: Iterable[str], likeness: float, asker: Asker
) -> dict[str, float]:
    """Return how what is offered fits: its scene, its words, its industry, each in [0, 1]."""
    loosest = len(NEARNESS) - 1
    return {
        "scene": 1 - NEARNESS.index(correspondence) / loosest,
        "text": likeness,
        "industry": _industry_nearness(tuple(industries), industry_steps(asker.industry)),
    }


def likeness(text: str, offered: Sequence[str]) -> list[float]:
    """Return how alike in words each text is to the asker's, in [0, 1]; 0 without a text."""
    if not text or not offered:
        return [0.0] * len(offered)
    return [float(one) for one in Lexical.from_texts(offered).similarity(text)]


def weighed(contributions: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the score of contributions."""
    return round(sum(weights[name] * value for name, value in contributions.items()), DIGITS)


def _industry_nearness(industries: Sequence[str], steps: Mapping[str, float]) -> float:
    """Return how near the nearest of the industries, or what it stands under, is."""
    return max(
        (steps.get(value, 0.0) for own in industries for value in industry_line(own)), default=0.0
    )

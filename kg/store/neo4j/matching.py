"""Conditions as Cypher: names come from the schema, everything a user says is a parameter."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.store.conditions import bound, filterable_property, holdable, sayable
from kg.store.neo4j.schema import HOLDS, MISSING, THING, VALUE
from kg.store.protocol import Between, Condition, Has, Linked, StartsWith
from ontology.schema import (
    LARGEST_INTEGER,
    SMALLEST_INTEGER,
    Label,
    Property,
    Scalar,
    Schema,
)

Parameters = Mapping[str, object]
ValuesOf = Callable[[Label, Property], Sequence[Scalar]]
MOST_PREFIXES = 8  # that an index is asked for one by one


@dataclass(frozen=True, slots=True)
class Part:
    """A condition in Cypher: patterns that bind more than node `n`, or a test of it alone."""

    pattern: str = ""
    test: str = ""
    parameters: Parameters = field(default_factory=dict)


NOTHING = Part(test="false")


@dataclass(frozen=True, slots=True)
class Match:
    """The nodes `n` of a label that meet all conditions."""

    label: str
    parts: tuple[Part, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no thing can meet the conditions."""
        return NOTHING in self.parts

    @property
    def has_patterns(self) -> bool:
        """Whether a node may be matched several times, once per way to meet the conditions."""
        return any(part.pattern for part in self.parts)

    @property
    def parameters(self) -> dict[str, object]:
        """The values of all conditions."""
        return {name: value for part in self.parts for name, value in part.parameters.items()}

    def clauses(self, *more: str) -> str:
        """Return the MATCH clauses; `more` are further tests of `n`."""
        tests = [*more, *(part.test for part in self.parts if part.test)]
        where = f" WHERE {' AND '.join(tests)}" if tests else ""
        patterns = "".join(f"\nMATCH {part.pattern}" for part in self.parts if part.pattern)
        return f"MATCH (n:{self.label}){where}{patterns}"


def match(
    schema: Schema, label: Label, conditions: Sequence[Condition], values_of: ValuesOf
) -> Match:
    """Return the nodes that meet all conditions.

    `values_of` tells the values that there are of a property: a text that Neo4j would order
    otherwise than by code point is compared with them here.
    """
    parts = tuple(
        _part(schema, label, condition, f"c{number}", values_of)
        for number, condition in enumerate(conditions)
    )
    return Match(label.name, parts)


def _part(
    schema: Schema, label: Label, condition: Condition, name: str, values_of: ValuesOf
) -> Part:
    if isinstance(condition, Linked):
        return _linked(condition, schema, name)
    prop = filterable_property(label, condition.property)
    if isinstance(condition, Has):
        test = _has(condition.values, prop, name)
    elif isinstance(condition, StartsWith):
        test = _starts_with(condition, prop, name)
    else:
        test = _between(condition, prop, name, lambda: values_of(label, prop))
    return _placed(test, label, prop, name)


# In the tests below `{value}` stands for the property, or for one of its values.


def _placed(part: Part, label: Label, prop: Property, name: str) -> Part:
    """Return the test asked of a node's property, or of the values that are held beside it."""
    if part == NOTHING:
        return part
    if not prop.many:
        return Part(test=part.test.format(value=f"n.{prop.name}"), parameters=part.parameters)
    value = f"v_{name}"
    pattern = (
        f"(n)-[:{HOLDS}]->({value}:{VALUE}) WHERE {value}.of = '{label.name}.{prop.name}' "
        f"AND {part.test.format(value=f'{value}.value')}"
    )
    return Part(pattern=pattern, parameters=part.parameters)


def _has(values: Sequence[Scalar], prop: Property, name: str) -> Part:
    held = [as_stored(value) for value in holdable(prop, values)]
    return Part(test=f"{{value}} IN ${name}", parameters={name: held}) if held else NOTHING


def _starts_with(condition: StartsWith, prop: Property, name: str) -> Part:
    prefixes = sayable(condition.prefixes) if prop.kind in {"string", "date"} else []
    if not prefixes:
        return NOTHING
    if len(prefixes) > MOST_PREFIXES:
        test = f"any(prefix IN ${name} WHERE {{value}} STARTS WITH prefix)"
        return Part(test=test, parameters={name: prefixes})
    names = {f"{name}_{number}": prefix for number, prefix in enumerate(prefixes)}
    return Part(
        test=f"({' OR '.join(f'{{value}} STARTS WITH ${one}' for one in names)})",
        parameters=names,
    )


def _between(
    condition: Between, prop: Property, name: str, values: Callable[[], Sequence[Scalar]]
) -> Part:
    if any(
        limit is not None and bound(prop, limit) is None
        for limit in (condition.low, condition.high)
    ):
        return NOTHING
    if misordered(condition.low) or misordered(condition.high):
        return _has([value for value in values() if _lies_between(value, condition)], prop, name)
    tests, parameters = ["{value} IS NOT NULL"], {}
    for side, limit, sign in (("low", condition.low, ">="), ("high", condition.high, "<=")):
        if limit is not None:
            tests.append(f"{{value}} {sign} ${name}_{side}")
            parameters[f"{name}_{side}"] = _limit(prop, limit, is_low=side == "low")
    return Part(test=" AND ".join(tests), parameters=parameters)


def _lies_between(value: Scalar, condition: Between) -> bool:
    low, high = condition.low, condition.high
    return (low is None or value >= low) and (high is None or value <= high)  # type: ignore[operator]


def misordered(text: object) -> bool:
    """Return whether Neo4j may order a text otherwise than by code point.

    It compares parameters by UTF-16 unit, in which U+E000 and beyond stand above the planes
    beyond the first, which begin with a surrogate.
    """
    return isinstance(text, str) and max(text, default="") > "\ud7ff"


def _limit(prop: Property, limit: Scalar, *, is_low: bool) -> Scalar:
    """Return a limit as a value of the property's own kind that divides its values alike."""
    if prop.kind not in {"integer", "number"} or isinstance(limit, str):
        return limit
    if prop.kind == "number":
        return _number(limit, is_low=is_low)
    if isinstance(limit, float) and not math.isfinite(limit):
        limit = 2**64 if limit > 0 else -(2**64)
    whole = math.ceil(limit) if is_low else math.floor(limit)
    if not SMALLEST_INTEGER <= whole <= LARGEST_INTEGER:
        return math.copysign(math.inf, whole)
    return whole


def _number(limit: Scalar, *, is_low: bool) -> float:
    if isinstance(limit, float):
        return limit + 0.0
    limit = int(limit)  # within 64 bits, so it is no number too large
    number = float(limit)
    if is_low and number < limit:
        return math.nextafter(number, math.inf)
    if not is_low and number > limit:
        return math.nextafter(number, -math.inf)
    return number


def as_stored(value: Scalar) -> Scalar:
    """Return a value as the store keeps it: an index takes 0.0 and -0.0 for two."""
    return value + 0.0 if isinstance(value, float) else value


def _linked(condition: Linked, schema: Schema, name: str) -> Part:
    relation = schema.relation(condition.relation).name
    ids = sayable(condition.ids)
    if not ids:
        return NOTHING
    left, right = ("-", "->") if condition.direction == "out" else ("<-", "-")
    end = f"e_{name}"
    pattern = (
        f"(n){left}[:{relation}]{right}({end}:{THING}) "
        f"WHERE {end}.id IN ${name} AND NOT {end}:{MISSING}"
    )
    return Part(pattern=pattern, parameters={name: ids})

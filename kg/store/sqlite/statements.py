"""Conditions as SQL: names come from the schema, everything a user says is a bound parameter."""

# ruff: noqa: S608  (only names from the schema are written into SQL, values are parameters)
from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.store.conditions import bound, filterable_property, holdable, sayable
from kg.store.protocol import Between, Condition, Has, Linked, StartsWith
from ontology.schema import Label, Property, Scalar, Schema

Parameter = str | int | float | None
NOTHING = "0"
OF_RELATIONS = "AND edge.relation IN (SELECT value FROM json_each(:relations))"


@dataclass(frozen=True, slots=True)
class Where:
    """A condition in SQL over node `n`, with its parameters."""

    sql: str
    parameters: tuple[Parameter, ...] = ()


def as_list(values: Iterable[Scalar]) -> str:
    """Return values as the JSON that `json_each(?)` takes apart, whatever their number."""
    return json.dumps(list(values), ensure_ascii=False)


def where(schema: Schema, label: Label, conditions: Sequence[Condition]) -> Where:
    """Return the condition that a node has the label and meets all conditions."""
    parts = [Where(f"n.label = '{label.name}'")]
    parts += [_condition(schema, label, condition) for condition in conditions]
    return Where(
        " AND ".join(part.sql for part in parts),
        tuple(parameter for part in parts for parameter in part.parameters),
    )


def _condition(schema: Schema, label: Label, condition: Condition) -> Where:
    if isinstance(condition, Linked):
        return _linked(condition, schema)
    prop = filterable_property(label, condition.property)
    if isinstance(condition, Has):
        return _has(condition, prop, label)
    if isinstance(condition, Between):
        return _between(condition, prop, label)
    return _starts_with(condition, prop, label)


def held(label: Label, prop: Property) -> str:
    """Return the SQL that only rows of one property of one label meet."""
    return f"held.label = '{label.name}' AND held.property = '{prop.name}'"


def _has(condition: Has, prop: Property, label: Label) -> Where:
    values = holdable(prop, condition.values)
    is_number = prop.kind == "number"
    given = as_list(map(repr, values) if is_number else values)
    value = "exact(value)" if is_number else "value"
    return Where(
        f"n.key IN (SELECT node FROM held WHERE {held(label, prop)} "
        f"AND held.value IN (SELECT {value} FROM json_each(?)))",
        (given,),
    )


def _between(condition: Between, prop: Property, label: Label) -> Where:
    sql, parameters = [held(label, prop)], []
    for limit, sign in ((condition.low, ">="), (condition.high, "<=")):
        if limit is None:
            continue
        comparable = bound(prop, limit)
        if comparable is None:
            return Where(NOTHING)
        sql.append(f"held.value {sign} ?")
        parameters.append(comparable)
    return Where(f"n.key IN (SELECT node FROM held WHERE {' AND '.join(sql)})", tuple(parameters))


def _starts_with(condition: StartsWith, prop: Property, label: Label) -> Where:
    if prop.kind not in {"string", "date"}:
        return Where(NOTHING)
    ranges = [[prefix, _after(prefix)] for prefix in sayable(condition.prefixes)]
    # A range, because an index serves ranges. Where there is no text beyond all with the prefix,
    # the empty blob ends it: SQLite orders blobs after all texts.
    sql = (
        "n.key IN (SELECT held.node FROM json_each(?) AS prefix "
        f"CROSS JOIN held ON {held(label, prop)} "
        "AND held.value >= json_extract(prefix.value, '$[0]') "
        "AND held.value < coalesce(json_extract(prefix.value, '$[1]'), x''))"
    )
    return Where(sql, (json.dumps(ranges, ensure_ascii=False),))


def _after(prefix: str) -> str | None:
    """Return the smallest text beyond all that start with the prefix."""
    kept = prefix.rstrip("\U0010ffff")
    if not kept:
        return None
    following = ord(kept[-1]) + 1
    return kept[:-1] + chr(0xE000 if following == 0xD800 else following)


def _linked(condition: Linked, schema: Schema) -> Where:
    relation = schema.relation(condition.relation).name
    near, far = ("start", "end") if condition.direction == "out" else ("end", "start")
    # CROSS JOIN keeps the order written: from the few ids given to their edges.
    sql = (
        f"n.key IN (SELECT edge.{near} FROM json_each(?) AS wanted "
        "CROSS JOIN node AS other ON other.id = wanted.value AND other.label IS NOT NULL "
        f"CROSS JOIN edge ON edge.{far} = other.key AND edge.relation = '{relation}')"
    )
    return Where(sql, (as_list(sayable(condition.ids)),))

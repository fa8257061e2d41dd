"""The YAML file of the notice's conditions, read into Conditions."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from ontology.conditions import (
    LEVEL_IDS,
    Citation,
    Clause,
    Column,
    Comparison,
    Condition,
    Conditions,
    Document,
    Encouraged,
    Kind,
    Kpi,
    Level,
    Material,
    NoticeDate,
    NoticePlace,
    PrintedExample,
    Quota,
    RecommendingKind,
    RecommendingUnit,
    TableForm,
)
from ontology.errors import InvalidFile

Row = Mapping[str, Any]
Made = TypeVar("Made")
BASE = NoticePlace(2, "一、基础要求")
APPLICATION = NoticePlace(0, "二、2024年度卓越级智能工厂培育工作", "（一）申报条件")
DUTIES = NoticePlace(0, "二、2024年度卓越级智能工厂培育工作", "（二）组织实施")
CONTENT, RESULTS = "（一）建设内容", "（二）建设成效"


def read_conditions(path: Path) -> Conditions:
    """Read all conditions of a YAML file, or raise InvalidFile."""
    import yaml

    try:
        return _conditions(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise InvalidFile(f"{path.name} cannot be read: {fault}") from fault
    except (KeyError, TypeError, AttributeError) as fault:
        raise InvalidFile(f"{path.name} lacks or mistakes an entry: {fault}") from fault


def _conditions(data: Row) -> Conditions:
    return Conditions(
        document=_made(Document, data["document"]),
        levels=tuple(_level(row) for row in data["levels"]),
        base=tuple(_clause(row, "base", BASE) for row in data["base_requirements"]),
        application=tuple(
            _clause(row, "application", APPLICATION, levels=("L3",))
            for row in data["application_conditions"]
        ),
        duties=tuple(
            _clause(row, "duty", DUTIES, levels=("L3",)) for row in data["application_duties"]
        ),
        encouraged=_made(Encouraged, data["encouraged"]),
        kpis=tuple(_made(Kpi, {**row, "order": n}) for n, row in enumerate(data["kpis"], start=1)),
        quotas=tuple(_made(Quota, row) for row in data["quotas"]),
        dates=tuple(_made(NoticeDate, row) for row in data["dates"]),
        units=tuple(_made(RecommendingUnit, row) for row in data["recommending_units"]),
        unit_kinds=tuple(_made(RecommendingKind, row) for row in data["recommending_kinds"]),
        materials=tuple(_made(Material, row) for row in data["application_materials"]),
        table=_table(data["recommendation_table"]),
        cited=tuple(_made(Citation, row) for row in data["cited"]),
    )


def _level(row: Row) -> Level:
    content = NoticePlace(2, row["part"], CONTENT)
    results = NoticePlace(2, row["part"], RESULTS)
    own = (row["id"],)
    return Level(
        **{key: row[key] for key in ("id", "name", "name_en", "order", "summary")},
        place=NoticePlace(2, row["part"]),
        floor=_floor(row["floor"], content, own),
        content=tuple(_clause(item, "content", content, levels=own) for item in row["content"]),
        results=tuple(_clause(item, "result", results, levels=own) for item in row["results"]),
    )


def _floor(row: Row, place: NoticePlace, levels: tuple[str, ...]) -> Clause:
    condition = Condition(
        id=row["id"],
        clause=row["id"],
        text=row["words"],
        place=place,
        kind="floor",
        levels=levels,
        check="coverage",
        strictness=row["strictness"],
        areas=tuple(row["areas"]),
    )
    return Clause(row["id"], row["text"], place, (condition,))


def _clause(
    row: Row, kind: Kind, where: NoticePlace, levels: tuple[str, ...] = LEVEL_IDS
) -> Clause:
    place = dataclasses.replace(where, item=row["item"])
    given = {"clause": row["id"], "place": place, "kind": kind, "area": row.get("area")}
    return Clause(
        id=row["id"],
        text=row["text"],
        place=place,
        conditions=tuple(
            _condition({"levels": levels, **given, **part}) for part in row["conditions"]
        ),
        heading=row.get("heading", ""),
        area=row.get("area"),
    )


def _condition(row: Row) -> Condition:
    comparison = row.get("comparison")
    return _made(Condition, {**row, "comparison": Comparison(**comparison) if comparison else None})


def _table(row: Row) -> TableForm:
    return _made(
        TableForm,
        {
            **row,
            "columns": [_made(Column, column) for column in row["columns"]],
            "example": _made(PrintedExample, row["example"]),
        },
    )


def _made(kind: type[Made], row: Row) -> Made:
    """Build a dataclass from a row; lists become tuples, an unknown key is a TypeError."""
    return kind(**{key: tuple(one) if isinstance(one, list) else one for key, one in row.items()})

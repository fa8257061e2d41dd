"""The recommending unit of a table: its kind, and with it how many projects it may recommend."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.text import squeeze
from ontology.conditions import Conditions, UnitKind

# Endings that a province drops in speech: 广西壮族自治区 is 广西, 内蒙古自治区 is 内蒙古.
_ENDINGS = re.compile(r"(?:壮族|回族|维吾尔)?自治区\Z|省\Z|市\Z")
_CENTRAL = re.compile(
    r"\A(?:中国|国家|中央).*(?:集团|公司|院)|(?:[（(]?集团[）)]?|总公司)(?:有限(?:责任)?公司|股份有限公司)?\Z|集团公司\Z"
    r"|\A中国[\u4e00-\u9fff]{2,4}\Z"
)
_SAID = re.compile(r"中央企业|央企")
_COMPANY = re.compile(r"公司|集团")


@dataclass(frozen=True, slots=True)
class Unit:
    """A recommending unit: as written, its kind and id where they are known."""

    written: str
    kind: UnitKind | None
    id: str | None = None


def unit_of(written: str, conditions: Conditions) -> Unit:
    """Return the recommending unit that a text names.

    Planned cities come before the provinces they lie in; a company is a central enterprise where
    its name begins with no province, as the notice names none of them.
    """
    text = squeeze(written)
    if _SAID.search(text):
        return Unit(written, "central_enterprise")
    units = sorted(conditions.units, key=lambda unit: unit.kind != "planned_city")
    if "兵团" in text:
        corps = next(unit for unit in units if unit.kind == "corps")
        return Unit(written, corps.kind, corps.id)
    company = _COMPANY.search(text) is not None
    for unit in units:
        if unit.kind == "corps":
            continue
        short = _ENDINGS.sub("", unit.name)
        named = unit.name in text or (
            short in text if unit.kind == "planned_city" else text.startswith(short)
        )
        if named and not company and not _is_lower(text, unit.name, short):
            return Unit(written, unit.kind, unit.id)
    local = any(text.startswith(_ENDINGS.sub("", unit.name)) for unit in units)
    if (company or text.startswith("中国")) and _CENTRAL.search(text) and not local:
        return Unit(written, "central_enterprise")
    return Unit(written, None)


def _is_lower(text: str, name: str, short: str) -> bool:
    """Tell whether a text goes on with a city or county of the province: these recommend nobody."""
    rest = text.partition(name if name in text else short)[2]
    return (
        re.match(r"[\u4e00-\u9fff]{1,6}(?:市|州|县|区|盟)(?!委|政府)", rest.removeprefix("省"))
        is not None
    )

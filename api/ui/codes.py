"""What the codes of answers are called: Chinese from `api.words`, English beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from api import words
from ontology.sentence import Language

ENGLISH = Path(__file__).parent / "codes_en.yaml"
CHINESE: Mapping[str, Mapping[str, str]] = {
    "decision": words.DECISIONS,
    "contribution": words.CONTRIBUTION,
    "fit_basis": words.FIT_BASIS,
    "word": words.WORD_KIND,
    "effect_kind": words.EFFECT_KIND,
    "verdict": words.VERDICT,
    "basis_of_coverage": words.BASIS_OF_COVERAGE,
    "taught": words.TAUGHT,
    "name_status": words.NAME_STATUS,
    "basis": words.BASIS,
    "method": words.METHOD,
    "correspondence": words.CORRESPONDENCE,
    "status": words.STATUS,
    "currency": words.CURRENCY,
    "standard_role": words.STANDARD_ROLE,
    "closeness": words.CLOSENESS,
    "overlap": words.OVERLAP,
    "conflict": words.CONFLICT,
    "related": words.RELATED,
    "planned_related": words.PLANNED_RELATED,
    "degree": words.DEGREE,
    "standard_level": words.STANDARD_LEVEL,
    "has": words.HAS,
    "severity": words.SEVERITY,
    "finding": words.FINDING,
    "recommending_kind": words.RECOMMENDING_KIND,
    "source_kind": words.SOURCE_KIND,
    "text_kind": words.TEXT_KIND,
    **{f"property.{name}": table for name, table in words.VALUES.items()},
}


@cache
def english() -> Mapping[str, Mapping[str, str]]:
    """Return the English words by table and code."""
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(ENGLISH.read_text(encoding="utf-8"))
    return found


def told(language: Language, table: str, code: str) -> str:
    """Return the words for a code; a value that is no code is told as it is."""
    tables = CHINESE if language == "zh" else english()
    return tables.get(table, {}).get(code, code)

"""The column titles of recommendation tables: which column of the form each of them is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from ingest.annex4.words import load_words
from kg.text import squeeze

ORDER, APPLICANT, PROJECT, INSTANCES = "order", "applicant", "project", "instances"
CONTACT, PHONE, SEGMENT, SCENE, INSTANCE = "contact", "phone", "segment", "scene", "instance"
UNIT, OTHER_CONTACT, EXTRA = "unit", "other_contact", "extra"
PERSONAL = frozenset({CONTACT, PHONE, OTHER_CONTACT})
LEAST_CONTAINED = 3  # characters; a shorter title must be the whole cell
LONGEST_TITLE = 30
_PATH = re.compile(r"[\s/／（）()\[\]【】:：、*★\-—_]+")
DECISIVE = frozenset({APPLICANT, PROJECT, INSTANCES, SCENE, INSTANCE})


@lru_cache(maxsize=4096)
def title_role(written: str) -> tuple[str, str] | None:
    """Return the column that a title names and the title it was known by, None where it is none."""
    key = _PATH.sub("", squeeze(written))
    if not key or len(key) > LONGEST_TITLE:
        return None
    roles = _roles()
    if role := roles.get(key):
        return role, key
    for title in sorted(roles, key=len, reverse=True):
        if len(title) >= LEAST_CONTAINED and title in key and len(key) <= 3 * len(title):
            return roles[title], title
    return None


@cache
def _roles() -> Mapping[str, str]:
    return {title: role for role, titles in load_words().titles.items() for title in titles}

"""Organisations as rows mention them: one node per full name, never merged by similarity.

Remarks and sites that the tables put behind a full name are taken off by a list that is kept by
hand; an enterprise that a source describes without naming it becomes no organisation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.packaged.origin import Origin
from ingest.tables import Cells, Layout, read_table
from kg.ids import made_id
from kg.records import Method, Record

NAMES = Layout("organisation_names.csv", "as_found", ("as_found", "name", "other_name", "reason"))
SUPPLIERS = Layout("suppliers.csv", "as_found", ("as_found", "organisation", "product", "reason"))
ENTERPRISE, PROVIDER = "enterprise", "provider"
# A name without a letter, digit or character of a script identifies nothing.
_SOMETHING = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation as one cell names it; `name` is "" where the source names none."""

    name: str
    as_found: str
    other_name: str = ""

    @property
    def id(self) -> str:
        """The id, made of the full name."""
        return made_id("org", self.name)

    @property
    def remark(self) -> str:
        """What the cell says beyond the name, as a note in the language of the tables."""
        if self.as_found in (self.name, ""):
            return ""
        return f"{'企业（表中写法）' if self.name else '企业未具名（表中写法）'}：{self.as_found}"


@dataclass(frozen=True, slots=True)
class Supplier:
    """What a string of the supplier column names: an organisation, a product, both or neither."""

    organisation: str
    product: str
    reason: str


@dataclass(frozen=True, slots=True)
class Organisations:
    """The two lists kept by hand: names with remarks, and suppliers."""

    names: Mapping[str, Organisation]
    suppliers: Mapping[str, Supplier]

    @classmethod
    def from_tables(cls, names: bytes, suppliers: bytes) -> Organisations:
        """Return the lists from the content of their files."""
        named = (Cells(row) for row in read_table(names, NAMES).rows)
        split = (Cells(row) for row in read_table(suppliers, SUPPLIERS).rows)
        return cls(
            {
                cells.row.key: Organisation(
                    cells.text("name"), cells.row.key, cells.text("other_name")
                )
                for cells in named
            },
            {
                cells.row.key: Supplier(
                    cells.text("organisation"), cells.text("product"), cells.text("reason")
                )
                for cells in split
            },
        )

    def read(self, as_found: str) -> Organisation:
        """Return the organisation that a string names."""
        if known := self.names.get(as_found):
            return known
        return Organisation(as_found if _SOMETHING.search(as_found) else "", as_found)


def mention(
    origin: Origin, cells: Cells, named: Organisation, part: str, method: Method
) -> Iterable[Record]:
    """Return the record that says that this row mentions the organisation, none if it names none.

    `part` is enterprise or provider: what the row has the organisation be.
    """
    if not named.name:
        return ()
    other_names = (named.other_name,) if named.other_name else ()
    properties = {
        "name": named.name,
        "other_names": other_names,
        "roles": (part,),
    }
    return (origin.record("Organisation", named.id, method, properties),)

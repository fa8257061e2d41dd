"""What each standard is for among those that belong together: the role we assign it."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.packaged.standards import NO_STANDARD
from ingest.packaged.vocabulary import Vocabulary
from ingest.tables import Cells, Layout, Mapped, Table, map_rows
from kg.ids import standard_id
from kg.records import Record
from ontology.errors import InvalidValue
from ontology.schema import STANDARD_ROLES

SOURCE = "standard_roles"
LAYOUT = Layout("standard_roles.csv", "code", ("code", "role", "second"))


def map_roles(table: Table, _: Vocabulary) -> Mapped:
    """Return the records of the roles."""
    return map_rows(table, _role)


def _role(cells: Cells) -> Iterator[Record]:
    try:
        subject = standard_id(cells.row.key)
    except InvalidValue:
        cells.hold("", cells.row.key, NO_STANDARD)
        return
    found = {
        "role": cells.choice("role", STANDARD_ROLES),
        "second_role": cells.choice("second", STANDARD_ROLES),
    }
    yield Record(
        source=SOURCE,
        locator=cells.row.locator,
        subject=subject,
        label="Standard",
        properties={name: role for name, role in found.items() if role},
        method="assigned",
    )

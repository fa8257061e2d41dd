"""What can be said of a recommendation table: every code, how much it matters, never a contact."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.contacts import masked, masked_sentence
from ingest.document import Finding, Place, Severity
from ontology.sentence import Sentence

_ERRORS = (
    "wrong_segment", "example_left_in", "instance_missing", "enterprise_missing",
    "quota_exceeded", "contact_misplaced", "no_table",
)  # fmt: skip
_WARNINGS = (
    "mixed_editions", "order_reversed", "several_scenes", "over_long", "placeholder",
    "damaged_text", "duplicate_in_table", "numbering", "date_instead_of_text", "project_missing",
    "level_conflict", "group_count_wrong", "contact_shape", "number_lost", "struck_out",
    "hidden_row", "formula_without_value",
)  # fmt: skip
_NOTICES = (
    "other_edition", "name_not_attested", "misspelt_name", "segment_not_known",
    "role_words_left_in", "bare_instance", "unknown_leading_part", "heading_used",
    "duplicate_in_graph", "taken_from_above", "short_name", "old_name", "name_and_factory",
    "other_programme", "recommending_unit_unknown", "drawing_ignored", "not_data", "no_scene",
)  # fmt: skip
SEVERITIES: Mapping[str, Severity] = {
    **dict.fromkeys(_ERRORS, Severity.ERROR),
    **dict.fromkeys(_WARNINGS, Severity.WARNING),
    **dict.fromkeys(_NOTICES, Severity.NOTICE),
}
LONGEST_QUOTE = 120
DAMAGED = Sentence("此处有字符丢失或变成了乱码", "characters were lost or changed here")


def remark(
    code: str,
    place: Place,
    message: Sentence,
    found: str = "",
    proposal: str | None = None,
    severity: Severity | None = None,
) -> Finding:
    """Return the finding of a code, of its usual severity; contacts in its texts are masked."""
    return Finding(
        code,
        severity or SEVERITIES[code],
        place,
        masked_sentence(message),
        masked(found)[:LONGEST_QUOTE],
        None if proposal is None else masked(proposal),
    )

"""The codes of findings and the severity that each must have."""

from __future__ import annotations

from ingest.document import Severity

ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE

_BY_SEVERITY = {
    ERROR: "wrong_segment example_left_in instance_missing enterprise_missing quota_exceeded "
    "contact_misplaced",
    WARNING: "mixed_editions order_reversed several_scenes over_long placeholder damaged_text "
    "duplicate_in_table numbering date_instead_of_text project_missing level_conflict "
    "group_count_wrong contact_shape number_lost struck_out hidden_row formula_without_value",
    NOTICE: "wrong_segment other_edition name_not_attested misspelt_name segment_not_known "
    "role_words_left_in bare_instance unknown_leading_part heading_used duplicate_in_graph "
    "taken_from_above short_name old_name name_and_factory other_programme "
    "recommending_unit_unknown drawing_ignored not_data no_scene",
}

# wrong_segment is an error only where both names are attested, so it has two.
SEVERITIES: dict[str, frozenset[Severity]] = {
    code: frozenset(one for one, codes in _BY_SEVERITY.items() if code in codes.split())
    for codes in _BY_SEVERITY.values()
    for code in codes.split()
}

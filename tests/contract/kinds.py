"""A schema of its own for the contract: a property of every kind, single and many-valued."""

from __future__ import annotations

from ontology.schema import Kind, Label, Property, Relation, Schema


def _property(name: str, kind: Kind, *, many: bool = False, filterable: bool = True) -> Property:
    return Property(name, f"sf:{name}", name, name, kind, many, filterable)


PROPERTIES = (
    _property("text", "string"),
    _property("texts", "string", many=True),
    _property("whole", "integer"),
    _property("wholes", "integer", many=True),
    _property("ratio", "number"),
    _property("ratios", "number", many=True),
    _property("flag", "boolean"),
    _property("flags", "boolean", many=True),
    _property("day", "date"),
    _property("days", "date", many=True),
    _property("aside", "string", filterable=False),
)
OF_EDGES = (
    _property("basis", "string"),
    _property("marks", "string", many=True),
    _property("confidence", "number"),
)
KINDS = Schema(
    (
        Label("Thing", "things", "sf:Thing", "物", "thing", ("text",), PROPERTIES),
        Label("Group", "groups", "sf:Group", "组", "group", ("text",), PROPERTIES),
    ),
    (
        Relation(
            "NEXT", "sf:next", "次", "next", (("Thing", "Thing"), ("Thing", "Group")), OF_EDGES
        ),
        Relation("WITHIN", "sf:within", "在", "within", (("Thing", "Group"), ("Group", "Group"))),
    ),
)

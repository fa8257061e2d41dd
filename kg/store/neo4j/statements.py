"""The questions as Cypher, one constant each; braces are filled from the schema alone.

Every question collects its answer into one list, `rows`, so that what follows is read after it.
"""

from __future__ import annotations

from typing import Final

from kg.store.neo4j.schema import GATE, MISSING, RECORD, SOURCE, STATE, THING, VALUE
from ontology.schema import Schema

GET: Final = f"""
MATCH (n:{THING}) WHERE n.id IN $ids AND NOT n:{MISSING}
WITH collect([labels(n), properties(n)]) AS rows"""

FIND: Final = """
CALL () {{ {all_of_them} RETURN count({distinct}n) AS total }}
CALL () {{
    {beyond}
    WITH {distinct}n ORDER BY n.id LIMIT $limit
    RETURN collect([labels(n), properties(n)]) AS page
}}
WITH collect([total, page]) AS rows"""

COUNT_VALUES: Final = """
{matched}
WITH {distinct}n
{taking} n.{name} AS value
WITH value, count(*) AS total
WITH collect([value, total]) AS rows"""

# Without conditions the values held beside the things tell it, and the degree of each is stored.
# An index over two properties serves only where both are asked for.
COUNT_HELD: Final = f"""
MATCH (value:{VALUE}) WHERE value.of = $of AND value.value IS NOT NULL
WITH value.value AS value, COUNT {{ (value)<--() }} AS total
WITH collect([value, total]) AS rows"""

COUNT_ENDS: Final = f"""
{{matched}}
WITH {{distinct}}n
MATCH (n)-[:{{relation}}]->(there)
WITH there, count(*) AS total WHERE NOT there:{MISSING}
WITH collect([there.id, total]) AS rows"""

VALUES: Final = """
MATCH (n:{label}) WHERE n.{name} IS NOT NULL
UNWIND n.{name} AS value
WITH collect(DISTINCT value) AS rows"""

EDGES_OUT: Final = f"""
MATCH (here:{THING})-[edge:{{relations}}]->(there)
WHERE here.id IN $ids AND NOT there:{MISSING}
"""
EDGES_IN: Final = f"""
MATCH (here)-[edge:{{relations}}]->(there:{THING})
WHERE there.id IN $ids AND NOT there:{MISSING}
"""
EDGES_BOTH: Final = f"""
MATCH (n:{THING})-[edge:{{relations}}]-() WHERE n.id IN $ids
WITH DISTINCT edge, startNode(edge) AS here, endNode(edge) AS there WHERE NOT there:{MISSING}
"""
ALL_EDGES: Final = """
WITH collect([here.id, type(edge), there.id, properties(edge)]) AS rows"""
FIRST_EDGES: Final = """
WITH edge, type(edge) AS relation, here.id AS here, there.id AS there
ORDER BY relation, here, there LIMIT $limit
WITH collect([here, relation, there, properties(edge)]) AS rows"""

NEIGHBOURS: Final = f"""
MATCH (near:{THING}) WHERE near.id IN $near
MATCH (near)-[:{{relations}}]-(far) WHERE NOT far:{MISSING}
WITH near.id AS near, collect(DISTINCT far.id) AS far
WITH collect([near, far]) AS rows"""
NEIGHBOURS_AMONG: Final = f"""
MATCH (near:{THING}) WHERE near.id IN $near
MATCH (far:{THING}) WHERE far.id IN $far AND NOT far:{MISSING}
MATCH (near)-[:{{relations}}]-(far)
WITH near.id AS near, collect(DISTINCT far.id) AS far
WITH collect([near, far]) AS rows"""

RECORDS: Final = f"""
MATCH (record:{RECORD}) WHERE record.subject IN $subjects
WITH collect([record.subject, record.id, record.content]) AS rows"""

# An index over two properties serves only where both are asked for.
RECORDS_OF_SOURCE: Final = f"""
MATCH (record:{RECORD}) WHERE record.source IN $sources AND record.generation >= 0
WITH collect([record.subject, record.id, record.content]) AS rows"""

SOURCES: Final = f"""
MATCH (source:{SOURCE})
WITH collect(properties(source)) AS rows"""

STANDS: Final = f"""
MATCH (state:{STATE}) MATCH (known:{GATE})
WITH collect([state.token, state.snapshot, known.hashed, known.graph_hash]) AS rows"""

RECORD_IDS: Final = f"""
MATCH (record:{RECORD}) WHERE record.id IS NOT NULL
WITH collect(record.id) AS rows"""

LABEL_TOTAL: Final = "MATCH (n:{name}) RETURN '{name}' AS name, 'label' AS kind, count(n) AS total"
RELATION_TOTAL: Final = (
    "MATCH ()-[edge:{name}]->() RETURN '{name}' AS name, 'relation' AS kind, count(edge) AS total"
)
# Things that no record describes are few, so their edges are taken off instead of looking at all.
HIDDEN_TOTAL: Final = (
    f"MATCH (:{MISSING})<-[edge:{{relations}}]-() "
    "RETURN type(edge) AS name, 'hidden' AS kind, count(edge) AS total"
)
# Not beside the token: writers hold that node for long.
NOTE_HASH: Final = f"""
MATCH (known:{GATE}) SET known.hashed = $token, known.graph_hash = $graph_hash RETURN true"""


def totals(schema: Schema) -> str:
    """Return the question how many things each label and edges each relation has."""
    parts = [LABEL_TOTAL.format(name=label.name) for label in schema.labels]
    parts += [RELATION_TOTAL.format(name=relation.name) for relation in schema.relations]
    if schema.relations:
        parts.append(HIDDEN_TOTAL.format(relations=relation_types(schema)))
    every = "\nUNION ALL ".join(parts)
    return f"CALL () {{ {every} }}\nWITH collect([kind, name, total]) AS rows"


def relation_types(schema: Schema, relations: tuple[str, ...] = ()) -> str:
    """Return relation types as a pattern names them; () means every one of the schema."""
    return "|".join(dict.fromkeys(relations) or (relation.name for relation in schema.relations))

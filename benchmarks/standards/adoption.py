"""Invented standards and who applies them, for a graph of any size; alike on every machine."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.build.synthetic import SEED
from kg.ids import content_hash
from kg.records import Link, Record, Source
from kg.store.loading import load_source
from kg.store.paging import pages_of
from kg.store.protocol import GraphStore
from ontology.schema import STANDARD_ROLES

STANDARDS, GROUPS, SCENES = 2_000, 40, 40
SHARE = 5  # every fifth case names the standards it applies
TOPICS = (
    "视觉检测",
    "能源管理",
    "数据字典",
    "功能安全",
    "仓储物流",
    "排产优化",
    "设备维护",
    "数字孪生",
)


def load_adoption(store: GraphStore) -> None:
    """Add the standards, and who applies them, to an invented graph."""
    load_source(store, _source("standards"), _standards())
    load_source(store, _source("adoption"), _adoption(store))


def _source(name: str) -> Source:
    content = content_hash([SEED, name, STANDARDS, GROUPS, SHARE])
    return Source(f"synthetic-{name}", f"Invented {name}", "table", content=content)


def _code(number: int) -> str:
    return f"GB-T-{number}-2020"


def _standards() -> Iterator[Record]:
    chance = random.Random(f"{SEED}-standards")
    for number in range(STANDARDS):
        links = [Link("COVERS", f"S{chance.randint(1, SCENES):02}", {"basis": "assigned"})]
        links += [Link("COVERS", f"E{chance.randint(1, 15):02}", {"basis": "assigned"})]
        if number % 10 == 9:
            links.append(Link("REPLACES", _code(number - 1), {"basis": "stated"}))
        yield Record(
            source="synthetic-standards",
            locator=f"row {number}",
            subject=_code(number),
            label="Standard",
            properties={
                "code": f"GB/T {number}-2020",
                "name": f"{TOPICS[number % GROUPS % len(TOPICS)]}技术要求第{number}部分",
                "level": "national",
                "role": STANDARD_ROLES[number % len(STANDARD_ROLES)],
                "status": "in force",
                "year": 2020,
            },
            links=tuple(links),
            method="published",
        )


def _adoption(store: GraphStore) -> Iterator[Record]:
    """Let every fifth case apply five standards of a group and one of any."""
    chance = random.Random(f"{SEED}-adoption")
    number = 0
    for page in pages_of(store, "Instance", 1000):
        for node in page[::SHARE]:
            group = number % GROUPS
            own = chance.sample(range(group, STANDARDS, GROUPS), 5)
            number += 1
            yield Record(
                source="synthetic-adoption",
                locator=node.id,
                subject=node.id,
                label="Instance",
                links=tuple(
                    Link("APPLIES", _code(one), {"basis": "stated"})
                    for one in sorted({*own, chance.randrange(STANDARDS)})
                ),
                method="reported",
            )

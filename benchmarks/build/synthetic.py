"""An invented graph of any size, alike on every machine: enterprises, places, scenes, solutions.

Counts per thing follow the packaged tables as far as they can be judged: a few scenes, industries
and provinces hold much, most enterprises one instance, a third of the instances name a supplier.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from kg.ids import content_hash, made_id
from kg.records import Link, Record, Source
from ontology.classification import industry_id, place_id
from ontology.schema import Value

SEED = 20241028
VERSION = 1  # of this generator; figures of different versions do not compare
SYLLABLES = "江海南北东西山河天地金木石云星辰华瑞泰恒宏盛达远新安康宁丰泽博"
TRADES = ("机械", "电子", "纺织", "铸造", "家电", "化工", "汽车零部件", "制药", "食品", "装备")
MEANS = ("视觉检测", "协同拧紧", "快速换型", "能耗优化", "排产", "追溯", "预测维护", "立体仓储",
         "数字孪生", "工艺寻优")  # fmt: skip
TECHNOLOGIES = ("机器视觉", "数字孪生", "5G", "边缘计算", "知识图谱", "大模型", "RFID", "MES",
                "APS")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many things of each kind a graph of so many instances has."""

    instances: int

    @property
    def enterprises(self) -> int:
        """Two instances per enterprise on average."""
        return max(1, self.instances // 2)

    @property
    def solutions(self) -> int:
        """One solution per twenty instances."""
        return max(1, self.instances // 20)

    @property
    def providers(self) -> int:
        """Two solutions per provider on average."""
        return max(1, self.solutions // 2)

    @property
    def factories(self) -> int:
        """Every second enterprise has a factory in a list."""
        return max(1, self.enterprises // 2)


class Drawing:
    """Draws from a list so that few are drawn often and most seldom (a power law)."""

    def __init__(self, chance: random.Random, things: list[str], exponent: float) -> None:
        self._chance = chance
        self._things = things
        weights = (1 / (rank + 1) ** exponent for rank in range(len(things)))
        self._bounds = list(accumulate(weights))

    def one(self) -> str:
        """Return one thing."""
        return self._chance.choices(self._things, cum_weights=self._bounds)[0]


def sources(instances: int) -> Iterator[tuple[Source, Iterator[Record]]]:
    """Return every source of the graph with its records, made while they are read."""
    sizes = Sizes(instances)
    for name, make in (
        ("guide", _guide),
        ("codes", _codes),
        ("solutions", _solutions),
        ("factories", _factories),
        ("cases", _cases),
    ):
        content = content_hash([VERSION, SEED, name, instances])
        source = Source(f"synthetic-{name}", f"Invented {name}", "table", content=content)
        yield source, make(sizes, random.Random(f"{SEED}-{name}"))


def _scenes() -> list[str]:
    return [f"S{number:02}" for number in range(1, 41)]


def _industry_codes() -> list[str]:
    return [f"C{number}" for number in range(1300, 4340, 5)]


def _place_codes() -> list[str]:
    return [f"{province}{city:02}00" for province in range(11, 45) for city in range(1, 13)]


def _enterprise_names(sizes: Sizes) -> list[str]:
    return [f"{_word(number)}{TRADES[number % 10]}有限公司" for number in range(sizes.enterprises)]


def _provider_names(sizes: Sizes) -> list[str]:
    return [f"{_word(number)}智能科技有限公司" for number in range(sizes.providers)]


def _solution_ids(sizes: Sizes) -> list[str]:
    return [made_id("solution", f"{number}") for number in range(sizes.solutions)]


def _word(number: int) -> str:
    """Return an invented name; another for every number."""
    word = ""
    for _ in range(4):
        number, place = divmod(number, len(SYLLABLES))
        word += SYLLABLES[place]
    return word


def _guide(sizes: Sizes, chance: random.Random) -> Iterator[Record]:
    for number in range(1, 16):
        properties: dict[str, Value] = {"name": f"环节{number}", "edition": "2024", "order": number}
        yield _row("guide", f"E{number:02}", "Segment", properties)
    for number, scene in enumerate(_scenes(), 1):
        properties = {"name": f"场景{number}", "edition": "2024", "order": number}
        yield _row("guide", scene, "Scene", properties,
                   Link("IN_SEGMENT", f"E{number % 15 + 1:02}"))  # fmt: skip
    for number in range(1, 5):
        yield _row("guide", f"level-{number}", "Level", {"name": f"{number}级", "order": number})


def _codes(sizes: Sizes, chance: random.Random) -> Iterator[Record]:
    for division in sorted({code[:3] for code in _industry_codes()}):
        yield _row("codes", industry_id(division), "Industry", {"name": division, "code": division})
    for code in _industry_codes():
        yield _row("codes", industry_id(code), "Industry", {"name": code, "code": code},
                   Link("WITHIN", industry_id(code[:3])))  # fmt: skip
    for province in sorted({code[:2] + "0000" for code in _place_codes()}):
        yield _row("codes", place_id(province), "Place", {"name": province, "code": province})
    for code in _place_codes():
        yield _row("codes", place_id(code), "Place", {"name": code, "code": code},
                   Link("WITHIN", place_id(code[:2] + "0000")))  # fmt: skip


def _solutions(sizes: Sizes, chance: random.Random) -> Iterator[Record]:
    providers = Drawing(chance, _provider_names(sizes), 0.7)
    scenes = Drawing(chance, _scenes(), 0.8)
    for number, key in enumerate(_solution_ids(sizes)):
        provider = providers.one()
        yield _organisation("solutions", number, provider, "provider")
        yield _row(
            "solutions", key, "Solution",
            {"name": f"{_word(number)}{MEANS[number % 10]}解决方案", "keys": (f"V{number}",),
             "kind": chance.choice(("系统解决方案", "工业软件", "装备")),
             "year": chance.randint(2019, 2026), "claims": (f"效率提升{number % 60}%",)},
            Link("PROVIDED_BY", made_id("org", provider)),
            Link("FOR_SCENE", scenes.one(), {"basis": "published"}),
        )  # fmt: skip


def _factories(sizes: Sizes, chance: random.Random) -> Iterator[Record]:
    industries = Drawing(chance, _industry_codes(), 0.9)
    places = Drawing(chance, _place_codes(), 0.9)
    for number, enterprise in enumerate(_enterprise_names(sizes)[: sizes.factories]):
        year = chance.randint(2022, 2026)
        yield _organisation("factories", number, enterprise, "enterprise")
        yield _row(
            "factories", made_id("factory", enterprise), "Factory",
            {"name": f"{enterprise}智能工厂", "year": year, "programme": ("gradient",)},
            Link("OF_ENTERPRISE", made_id("org", enterprise)),
            Link("IN_INDUSTRY", industry_id(industries.one()), {"basis": "assigned"}),
            Link("IN_PLACE", place_id(places.one())),
            Link("AT_LEVEL", f"level-{chance.choices((1, 2, 3, 4), (60, 30, 8, 2))[0]}",
                 {"year": year}),
        )  # fmt: skip


def _cases(sizes: Sizes, chance: random.Random) -> Iterator[Record]:
    enterprises = Drawing(chance, _enterprise_names(sizes), 0.5)
    industries = Drawing(chance, _industry_codes(), 0.9)
    places = Drawing(chance, _place_codes(), 0.9)
    scenes = Drawing(chance, _scenes(), 0.8)
    solutions = Drawing(chance, _solution_ids(sizes), 0.9)
    for number in range(sizes.instances):
        enterprise = enterprises.one()
        name = f"{_word(number)}{MEANS[number % 10]}"
        yield _organisation("cases", number, enterprise, "enterprise")
        yield _row(
            "cases", made_id("instance", enterprise, name), "Instance",
            {"name": name, "keys": (f"I{number}",), "year": chance.randint(2018, 2026),
             "grade": chance.choice(("A", "B", "B", "C")),
             "description": f"{enterprise}针对{name}中人工多、节拍慢、质量波动大的问题，"
                            f"部署{chance.choice(TECHNOLOGIES)}，打通设备与系统数据，实现闭环管控。",
             "technologies": tuple(chance.sample(TECHNOLOGIES, 2)),
             "effects": (f"效率提升{chance.randint(5, 80)}%",)},
            Link("OF_ENTERPRISE", made_id("org", enterprise)),
            Link("IN_SCENE", scenes.one(), {"basis": "assigned", "rank": "primary"}),
            Link("IN_INDUSTRY", industry_id(industries.one()), {"basis": "assigned"}),
            Link("IN_PLACE", place_id(places.one())),
            *([Link("USES", solutions.one(), {"basis": "published"})]
              if chance.random() < 1 / 3 else []),
        )  # fmt: skip


def _organisation(source: str, number: int, name: str, part: str) -> Record:
    return Record(
        source=f"synthetic-{source}",
        locator=f"row {number}",
        subject=made_id("org", name),
        label="Organisation",
        properties={"name": name, "roles": (part,)},
    )


def _row(
    source: str, subject: str, label: str, properties: dict[str, Value], *links: Link
) -> Record:
    return Record(
        source=f"synthetic-{source}",
        locator=subject,
        subject=subject,
        label=label,
        properties=properties,
        links=links,
        method="reported",
        grade="B",
        url="https://example.org/",
        date="2025-01-01",
    )

"""A tiny readable programme as records: two segments, four scenes, five factories, eight instances.

Enterprises, providers and figures are invented; scenes, standards and codes are real. Every
function returns what one source says; `load_world` loads them all.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.ids import content_hash, made_id, standard_id
from kg.records import Link, Record, Source
from kg.store.protocol import GraphWrite
from ontology.classification import industry_id, place_id
from ontology.schema import Value

JIANGCHENG = "江城示范机械有限公司"
HAIBIN = "海滨样例电子有限公司"
BEIYUAN = "北原试用纺织有限公司"
NANHU = "南湖虚拟家电有限公司"
XISHAN = "西山假定铸造有限公司"
EYESIGHT = "明目视觉科技有限公司"
ARMS = "联手机器人有限公司"

INDUSTRIES = {"C": "制造业", "C34": "通用设备制造业", "C17": "纺织业",
              "C38": "电气机械和器材制造业", "C39": "计算机、通信和其他电子设备制造业"}  # fmt: skip
PLACES = {"320000": "江苏省", "320500": "苏州市", "330000": "浙江省", "440000": "广东省"}
LEVELS = {"level-1": "基础级", "level-2": "先进级", "level-3": "卓越级", "level-4": "领航级"}


def organisation(name: str) -> str:
    """Return the id of an organisation."""
    return made_id("org", name)


def factory(enterprise: str, name: str = "") -> str:
    """Return the id of a factory."""
    return made_id("factory", enterprise, name)


def instance(enterprise: str, name: str) -> str:
    """Return the id of an instance."""
    return made_id("instance", enterprise, name)


def solution(name: str, provider: str) -> str:
    """Return the id of a solution."""
    return made_id("solution", name, provider)


def guide() -> list[Record]:
    """The 2024 guide: area, segments 生产作业 and 质量管控, their scenes, levels, codes."""
    return [
        _guide("Area", "A03", {"name": "生产作业", "order": 3}),
        _guide("Segment", "E06", _numbered("生产作业", 6), Link("IN_AREA", "A03")),
        _guide("Segment", "E07", _numbered("质量管控", 7), Link("IN_AREA", "A03")),
        _guide("Scene", "S12", _numbered("产线柔性配置", 12, "provisional"),
               Link("IN_SEGMENT", "E06")),
        _guide("Scene", "S16", _numbered("人机协同作业", 16), Link("IN_SEGMENT", "E06")),
        _guide("Scene", "S17", _numbered("在线智能检测", 17), Link("IN_SEGMENT", "E07")),
        _guide("Scene", "S18", _numbered("质量追溯与分析改进", 18), Link("IN_SEGMENT", "E07")),
        *(_guide("Level", key, {"name": name, "order": int(key[-1])})
          for key, name in LEVELS.items()),
        *(_industry(code, name) for code, name in INDUSTRIES.items()),
        *(_place(code, name) for code, name in PLACES.items()),
    ]  # fmt: skip


def lists() -> list[Record]:
    """An official list of smart factories: five, one of them at the highest level."""
    rows = (
        (JIANGCHENG, "变速箱智能工厂", "level-3", "C34", "320500", 2024),
        (HAIBIN, "", "level-4", "C39", "440000", 2025),
        (BEIYUAN, "高端面料智能工厂", "level-2", "C17", "320000", 2024),
        (NANHU, "空调智能工厂", "level-3", "C38", "330000", 2025),
        (XISHAN, "", "level-1", "C34", "330000", 2024),
    )
    return [
        record
        for row, (enterprise, name, level, industry, place, year) in enumerate(rows, 1)
        for record in (
            _enterprise(enterprise, "list", f"row {row}"),
            Record(
                source="list",
                locator=f"row {row}",
                subject=factory(enterprise, name),
                label="Factory",
                properties={"name": name or enterprise, "year": year, "programme": ("gradient",),
                            "titles": (f"{LEVELS[level]}智能工厂",)},
                links=(Link("OF_ENTERPRISE", organisation(enterprise)),
                       Link("IN_INDUSTRY", industry_id(industry), {"basis": "assigned"}),
                       Link("IN_PLACE", place_id(place)),
                       Link("AT_LEVEL", level, {"year": year, "status": "published"})),
                method="official", grade="A", url="https://example.org/list",
                date=f"{year}-12-01",
            ),
        )
    ]  # fmt: skip


def cases() -> list[Record]:
    """Eight instances of five enterprises; the first two use a solution."""
    rows = (
        (JIANGCHENG, "双臂机器人与装配工同台拧紧变速箱", "S16", "C34", "320500", 2024, ARMS),
        (HAIBIN, "手机中框外观缺陷在线检测", "S17", "C39", "440000", 2025, EYESIGHT),
        (JIANGCHENG, "壳体混线加工快速换型", "S12", "C34", "320500", 2023, ""),
        (JIANGCHENG, "齿轮磨削烧伤在线判读", "S17", "C34", "320500", 2024, ""),
        (BEIYUAN, "面料疵点机器视觉检测", "S17", "C17", "320000", 2024, ""),
        (BEIYUAN, "坯布批次正反向追溯", "S18", "C17", "320000", 2022, ""),
        (NANHU, "空调外机柔性总装", "S12", "C38", "330000", 2025, ""),
        (XISHAN, "协作机器人浇口打磨", "S16", "C34", "330000", 2024, ""),
    )
    return [
        record
        for row, (enterprise, name, scene, industry, place, year, supplier) in enumerate(rows, 1)
        for record in (
            _enterprise(enterprise, "cases", f"row {row}"),
            Record(
                source="cases",
                locator=f"row {row}",
                subject=instance(enterprise, name),
                label="Instance",
                properties={"name": name, "keys": (f"I{row:03}",), "year": year, "grade": "B",
                            "description": f"{name}：示例描述。"},
                links=(Link("OF_ENTERPRISE", organisation(enterprise)),
                       Link("IN_SCENE", scene, {"basis": "assigned", "rank": "primary"}),
                       Link("IN_INDUSTRY", industry_id(industry), {"basis": "assigned"}),
                       Link("IN_PLACE", place_id(place)),
                       *_supplied(supplier)),
                method="reported", grade="B", url=f"https://example.org/case/{row}",
                date=str(year),
            ),
        )
    ]  # fmt: skip


def solutions() -> list[Record]:
    """Three solutions: two used in a case above, one only offered for a scene."""
    rows = (
        ("外观缺陷视觉检测系统", EYESIGHT, "S17", "claimed", "检出率99.5%（供应商自述）"),
        ("双臂协作装配单元", ARMS, "S16", "claimed", ""),
        ("批次追溯平台", EYESIGHT, "S18", "target", ""),
    )
    return [
        record
        for row, (name, provider, scene, method, claim) in enumerate(rows, 1)
        for record in (
            _enterprise(provider, "solutions", f"row {row}", "provider"),
            Record(
                source="solutions",
                locator=f"row {row}",
                subject=solution(name, provider),
                label="Solution",
                properties={"name": name, "keys": (f"V{row:03}",), "year": 2025,
                            "kind": "系统解决方案", **({"claims": (claim,)} if claim else {})},
                links=(Link("PROVIDED_BY", organisation(provider)),
                       Link("FOR_SCENE", scene, {"basis": "published"})),
                method="target" if method == "target" else "claimed",
                url=f"https://example.org/solution/{row}", date="2025-03-01",
            ),
        )
    ]  # fmt: skip


def standards() -> list[Record]:
    """Six standards; one replaces another, one adopts a standard that no record describes."""
    vision, cobot = "GB/T 40659-2021", "GB/T 36008-2018"
    rows: tuple[tuple[str, str, int, tuple[Link, ...]], ...] = (
        (vision, "智能制造 机器视觉在线检测系统 通用要求", 2021, (_covers("S17"),)),
        ("GB/T 42980-2023", "智能制造 机器视觉在线检测系统 测试方法", 2023, (_covers("S17"),)),
        (cobot, "机器人与机器人装备 协作机器人", 2018,
         (_covers("S16"), Link("ADOPTS", standard_id("ISO/TS 15066:2016")))),
        ("GB/T 39116-2020", "智能制造能力成熟度模型", 2020, (_covers("E06"), _covers("E07"))),
        ("GB 11291.1-2011", "工业环境用机器人 安全要求 第1部分：机器人", 2011, (_covers("S16"),)),
        ("GB 11291-1997", "工业机器人 安全规范", 1997, ()),
    )  # fmt: skip
    replaces = Link("REPLACES", standard_id("GB 11291-1997"))
    return [
        Record(
            source="standards",
            locator=f"row {row}",
            subject=standard_id(code),
            label="Standard",
            properties={"name": title, "code": code, "year": year, "level": "national",
                        "status": "withdrawn" if year < 2000 else "in force"},
            links=(*links, replaces) if "11291.1" in code else links,
            method="published", grade="A", url="https://example.org/standard", date=str(year),
        )
        for row, (code, title, year, links) in enumerate(rows, 1)
    ]  # fmt: skip


def world() -> dict[str, list[Record]]:
    """All records by source id, in the order of loading."""
    return {
        "guide": guide(),
        "list": lists(),
        "cases": cases(),
        "solutions": solutions(),
        "standards": standards(),
    }


def source_of(source_id: str, records: list[Record]) -> Source:
    """Return a source described by what it says."""
    return Source(
        id=source_id,
        title=f"Source {source_id}",
        kind="table",
        date="2025-06-30",
        url=f"https://example.org/{source_id}",
        terms="invented for tests",
        content=content_hash(sorted(record.id for record in records)),
    )


def load_world(store: GraphWrite) -> None:
    """Load every source of the world."""
    for source_id, records in world().items():
        store.load(source_of(source_id, records), records)


def _numbered(name: str, order: int, status: str = "attested") -> dict[str, Value]:
    return {"name": name, "order": order, "edition": "2024", "name_status": status}


def _guide(label: str, subject: str, properties: Mapping[str, Value], *links: Link) -> Record:
    return Record(
        source="guide",
        locator=subject,
        subject=subject,
        label=label,
        properties=properties,
        links=links,
        method="official",
        grade="A",
        url="https://example.org/guide",
        date="2024-10-11",
    )


def _industry(code: str, name: str) -> Record:
    above = () if len(code) == 1 else (Link("WITHIN", industry_id(code[0])),)
    return _guide("Industry", industry_id(code), {"name": name, "code": code}, *above)


def _place(code: str, name: str) -> Record:
    above = () if code.endswith("0000") else (Link("WITHIN", place_id(f"{code[:2]}0000")),)
    return _guide("Place", place_id(code), {"name": name, "code": code}, *above)


def _enterprise(name: str, source: str, locator: str, part: str = "enterprise") -> Record:
    return Record(
        source=source,
        locator=locator,
        subject=organisation(name),
        label="Organisation",
        properties={"name": name, "roles": (part,)},
        url=f"https://example.org/{source}",
    )


def _supplied(supplier: str) -> tuple[Link, ...]:
    products = {ARMS: "双臂协作装配单元", EYESIGHT: "外观缺陷视觉检测系统"}
    if not supplier:
        return ()
    return (
        Link("SUPPLIED_BY", organisation(supplier), {"basis": "published"}),
        Link("USES", solution(products[supplier], supplier), {"basis": "published"}),
    )


def _covers(end: str) -> Link:
    return Link("COVERS", end, {"basis": "assigned"})

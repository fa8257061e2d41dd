"""Requests put to the service on every store; every parameter of every endpoint stands in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from tests.both_stores.files import recommendation_table
from tests.both_stores.questions import APPLICATION, CHANGE, OFF_TOPIC, WHEELS
from tests.both_stores.sides import Request


def _get(*addresses: str) -> tuple[Request, ...]:
    return tuple(Request(address) for address in addresses)


def _post(address: str, *bodies: object) -> tuple[Request, ...]:
    return tuple(Request(address, json.dumps(body, ensure_ascii=False)) for body in bodies)


FORM = "application/x-www-form-urlencoded"
BOUNDARY = "of-the-table"


def _file(address: str, name: str, data: bytes) -> Request:
    """Return a request that hands in a file as a form does."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
    return Request(address, body, f"multipart/form-data; boundary={BOUNDARY}")


CASE_FILTERS = {
    "scene": ["S17", "S18"], "segment": ["质量管控"], "area": ["A03"], "industry": ["C36", "C39"],
    "province": ["广东", "江苏", "上海"], "level": ["L3", "L4"], "grade": ["A", "B"],
    "basis": ["assigned", "awarded"], "year_from": 2020, "year_to": 2026,
    "exclude_enterprise": "海尔智家",
}  # fmt: skip

# By operation as the OpenAPI description names it; the first of each is asked wherever one will do.
REQUESTS: Mapping[str, tuple[Request, ...]] = {
    "GET /health/live": _get("/health/live"),
    "GET /health/ready": _get("/health/ready"),
    "POST /v1/match": _post(
        "/v1/match",
        {"text": WHEELS},
        {"texts": [WHEELS, CHANGE, OFF_TOPIC], "edition": "2025"},
        {"text": ""},
        {"text": WHEELS, "edition": "1999"},
        {"text": f"{WHEELS}。\n{OFF_TOPIC}？\n{CHANGE}。", "mode": "document"},
        {"texts": [WHEELS], "mode": "document"},
        {"text": WHEELS, "more": 1},
    ),
    "GET /v1/cases": _get(
        f"/v1/cases?q={WHEELS}",
        f"/v1/cases?q={OFF_TOPIC}&limit=3&offset=5",
        f"/v1/cases?q={WHEELS}&scene=S17&segment=E07&area=A03",
        f"/v1/cases?q={WHEELS}&industry=C36&industry=电子&level=L3",
        f"/v1/cases?q={CHANGE}&province=江苏&province=青岛&grade=B&basis=awarded&basis=assigned",
        f"/v1/cases?q={CHANGE}&year_from=2023&year_to=2024&exclude_enterprise=海尔智家",
        f"/v1/cases?q={CHANGE}&industry=A",
        "/v1/cases?like=I289&industry=C36&weight=industry:0.3&fold=false",
        f"/v1/cases?q={WHEELS}&for_industry=C31&for_province=江苏&for_level=L3&by_enterprise=true",
        f"/v1/cases?q={CHANGE}&kpi=K07&effect=K07:change>=30%25&technology=视觉&has=effects",
        f"/v1/cases?q={CHANGE}&effect=K07>30",
        "/v1/cases?like=S17",
        f"/v1/cases?q={CHANGE}&province=江酥",
        f"/v1/cases?q={CHANGE}&scene=S99",
        f"/v1/cases?q={CHANGE}&level=L9",
        f"/v1/cases?q={CHANGE}&year_from=1",
        f"/v1/cases?q={CHANGE}&limit=0",
        "/v1/cases?q=",
        "/v1/cases",
    ),
    "POST /v1/cases": _post(
        "/v1/cases",
        {"text": CHANGE, "offset": 3, "limit": 7},
        {"text": WHEELS} | CASE_FILTERS,
        {"text": WHEELS, "exclude_enterprise": "没有这家公司"},
        {"text": WHEELS, "basis": ["guessed"]},
        {"like": "I289", "weights": {"industry": 0.2}, "fold": False},
        {
            "text": CHANGE,
            "for_industry": ["C36"],
            "for_province": ["江苏"],
            "for_level": ["L3"],
            "by_enterprise": True,
        },
        {
            "text": CHANGE,
            "kpi": ["K07"],
            "effect": ["K07:change>=30%"],
            "technology": ["视觉"],
            "has": ["effects", "supplier"],
        },
    ),
    "GET /v1/recommendations": _get(
        "/v1/recommendations?scene=S17",
        f"/v1/recommendations?q={WHEELS}&limit=2&offset=1",
        "/v1/recommendations?scene=S17&for_industry=C36&for_level=L3&for_province=江苏",
        f"/v1/recommendations?q={OFF_TOPIC}",
        "/v1/recommendations?scene=2025-S24&limit=3",
        "/v1/recommendations?scene=S40",
        "/v1/recommendations?scene=S99",
        "/v1/recommendations",
    ),
    "GET /v1/fits": _get(
        "/v1/fits?of=中控技术&limit=3&offset=1",
        "/v1/fits?of=卡奥斯",
        "/v1/fits?of=S17",
        "/v1/fits?of=没有这家公司",
        "/v1/fits",
    ),
    "POST /v1/levels/check": _post(
        "/v1/levels/check",
        {},
        {
            "factory": "宝山钢铁股份有限公司",
            "industry": ["C31"],
            "scenes": ["S15", "在线智能检测", "2025-S24"],
            "texts": [WHEELS, CHANGE, OFF_TOPIC],
            "maturity": {"level": 4, "peers": {"country": {"leading": 4, "source": "统计"}}},
            "kpis": {"生产效率提升": {"value": 20}},
            "statements": {"B1-1": True, "B1-2": {"holds": False, "source": "年报"}},
            "complete": False,
            "target": "领航级",
        },
        {"scenes": ["S99"]},
        {"factory": "没有这家公司"},
        {"kpis": {"K99": {"value": 1}}},
        {"target": "L9"},
    ),
    "POST /v1/annex3/check": (
        _file("/v1/annex3/check", "application.md", Path(APPLICATION).read_bytes()),
        _file("/v1/annex3/check", "application.docx", b"PK\x03\x04 broken"),
    ),
    "POST /v1/annex4/check": (
        _file("/v1/annex4/check", "table.xlsx", recommendation_table()),
        _file("/v1/annex4/check?edition=2025", "table.xlsx", recommendation_table()),
        _file("/v1/annex4/check?contacts=true", "table.xlsx", recommendation_table()),
        _file("/v1/annex4/check?edition=1999", "table.xlsx", recommendation_table()),
        _file("/v1/annex4/check", "table.docx", b"PK\x03\x04 broken"),
    ),
    "GET /v1/levels/statements": _get("/v1/levels/statements"),
    "GET /v1/levels/development": _get(
        "/v1/levels/development",
        "/v1/levels/development?industry=C36&industry=钢铁",
        "/v1/levels/development?industry=没有这个行业",
    ),
    "POST /v1/recommendations": _post(
        "/v1/recommendations",
        {"text": CHANGE, "limit": 4, "offset": 1},
        {"text": CHANGE, "for_industry": ["C36"], "for_province": ["江苏"], "for_level": ["L3"]},
        {"text": CHANGE, "limit": 1000},
    ),
    "GET /v1/scenes": _get(
        "/v1/scenes",
        "/v1/scenes?edition=2025&edition=2024&limit=200",
        "/v1/scenes?segment=质量管控",
        "/v1/scenes?segment=2025-E01&after=2025-S01&limit=1",
        "/v1/scenes?edition=1999",
        "/v1/scenes?sort=name",
    ),
    "GET /v1/segments": _get("/v1/segments", "/v1/segments?edition=2025&after=2025-E02&limit=3"),
    "GET /v1/instances": _get(
        "/v1/instances",
        "/v1/instances?scene=S17&segment=E07&limit=200",
        "/v1/instances?industry=C36&province=上海&level=L4",
        "/v1/instances?level=卓越级&grade=B&year_from=2023&year_to=2025&limit=5",
        "/v1/instances?enterprise=宝山钢铁股份有限公司",
        "/v1/instances?after=instance-8",
        "/v1/instances?grade=D",
        "/v1/instances?enterprise=没有这家公司",
        "/v1/instances?year_from=2025&year_to=2024",
    ),
    "GET /v1/solutions": _get(
        "/v1/solutions",
        "/v1/solutions?scene=S17&industry=C&limit=200",
        "/v1/solutions?segment=质量管控&kind=工业软件&kind=装备",
        "/v1/solutions?provider=中控技术&year_from=2020&year_to=2026",
        "/v1/solutions?after=solution-8&limit=2",
        "/v1/solutions?kind=软件",
        "/v1/solutions?provider=没有这家公司",
    ),
    "GET /v1/standards": _get(
        "/v1/standards",
        "/v1/standards?code=gbt20720",
        "/v1/standards?scene=S17&offset=5&limit=5&as_of=2026-08-25",
        "/v1/standards?scene=在线智能检测",
        "/v1/standards?segment=E07&level=national&status=published&status=in force&limit=200",
        "/v1/standards?year_from=2019&year_to=2021&kind=GB/T&kind=ISO&limit=10",
        "/v1/standards?branch=key_technology&role=data&currency=current&currency=unknown",
        "/v1/standards?level=卓越级",
        "/v1/standards?scene=S17&status=published",
        "/v1/standards?scene=S99",
    ),
    "GET /v1/clusters": _get(
        "/v1/clusters?scene=S20",
        "/v1/clusters?scene=2025-S24&offset=3&limit=4&as_of=2026-08-25",
        "/v1/clusters?segment=质量管控&limit=5",
        "/v1/clusters?area=A04",
        "/v1/clusters?industry=C31",
        "/v1/clusters?enterprise=宝山钢铁股份有限公司",
        "/v1/clusters",
    ),
    "POST /v1/clusters": _post(
        "/v1/clusters",
        {"text": WHEELS, "limit": 3, "offset": 1, "as_of": "2026-08-25"},
        {"text": OFF_TOPIC},
    ),
    "POST /v1/why": _post(
        "/v1/why",
        {"text": WHEELS},
        {"text": CHANGE, "scene": "S16"},
        {"text": CHANGE, "scene": "S16", "against": "在线智能检测"},
        {"text": CHANGE, "scene": "S99"},
    ),
    "POST /v1/entities": _post(
        "/v1/entities",
        {"text": "江苏的钢铁厂按GB/T39116—2020评到三级，做在线智能检测"},
        {"text": " "},
    ),
    "GET /v1/lookup": _get(
        "/v1/lookup?q=宝山&limit=3",
        "/v1/lookup?q=zlgk&type=segments&type=scenes",
        "/v1/lookup?q=S17",
        "/v1/lookup?q=？",
        "/v1/lookup?q=S17&type=galaxies",
    ),
    "GET /v1/clusters/whole": _get("/v1/clusters/whole"),
    "GET /v1/guide/coverage": _get(
        "/v1/guide/coverage", "/v1/guide/coverage?industry=C36&industry=钢铁"
    ),
    "GET /v1/factories": _get(
        "/v1/factories",
        "/v1/factories?industry=C39&province=广东&limit=200",
        "/v1/factories?level=L3&level=L4&year_from=2024&year_to=2025",
        "/v1/factories?enterprise=org-e12039a01a62&after=factory-0",
        "/v1/factories?industry=宇宙",
    ),
    "GET /v1/enterprises": _get("/v1/enterprises", "/v1/enterprises?after=org-8&limit=7"),
    "GET /v1/providers": _get("/v1/providers", "/v1/providers?after=org-8&limit=7"),
    "GET /v1/industries": _get("/v1/industries", "/v1/industries?after=gbt4754-C2&limit=200"),
    "GET /v1/{kind}": _get(
        "/v1/places",
        "/v1/areas",
        "/v1/levels",
        "/v1/kpis",
        "/v1/organisations?after=org-f&limit=200",
        "/v1/nonsense",
        "/v1/places?limit=-1",
    ),
    "GET /v1/{kind}/{name}": _get(
        "/v1/scenes/S17",
        "/v1/scenes/2025-S24",
        "/v1/segments/质量管控",
        "/v1/instances/I008",
        "/v1/solutions/MIIT2025-09",
        "/v1/standards/GB/T 39116-2020",
        "/v1/factories/factory-00d355a6bdce",
        "/v1/enterprises/宝山钢铁股份有限公司",
        "/v1/providers/中控技术",
        "/v1/industries/C36",
        "/v1/places/江苏省",
        "/v1/levels/L3",
        "/v1/areas/A03",
        "/v1/kpis/K01",
        "/v1/organisations/海尔智家",
        "/v1/scenes/S99",
        "/v1/providers/宝山钢铁股份有限公司",
        "/v1/nonsense/S17",
    ),
    # The page, which the description leaves out.
    "GET /": _get("/", f"/?q={WHEELS}", f"/?q={OFF_TOPIC}&lang=en", f"/?q={WHEELS}&scene=S19"),
    "POST /": (
        Request("/?lang=en", f"text={CHANGE}&scene=S13", FORM),
        _file("/", "说明.txt", WHEELS.encode()),
        _file("/", "说明书.exe", WHEELS.encode()),
    ),
    "GET /thing/{name}": _get(
        "/thing/S17",
        "/thing/宝山钢铁股份有限公司",
        "/thing/GB/T 39116-2020",
        "/thing/I008",
        "/thing/S99",
        "/thing/S12?lang=en",
    ),
    "GET /guide": _get(
        "/guide",
        "/guide?edition=2025&lang=en",
        "/guide?industry=C36&industry=C39",
        "/guide?offset=20",
    ),
    "GET /clusters": _get(
        "/clusters",
        "/clusters?kind=scene&of=S17&as_of=2026-01-01",
        "/clusters?kind=area&of=A03&offset=30&lang=en",
        "/clusters?kind=enterprise&of=宝山钢铁股份有限公司",
    ),
    "POST /clusters": (Request("/clusters?lang=en", f"text={WHEELS}", FORM),),
    "GET /clusters/export.{form}": _get(
        "/clusters/export.csv?kind=segment&of=质量管控&as_of=2026-01-01&lang=en",
        "/clusters/export.xlsx?kind=scene&of=S17",
    ),
    "GET /levels": _get(
        "/levels",
        "/levels?scene=S15&scene=S17&target=L3&industry=C36&part=true&lang=en",
        "/levels?factory=宝山钢铁股份有限公司",
    ),
    "POST /levels": (Request("/levels?lang=en", f"texts={WHEELS}&statement=B1-1=yes", FORM),),
    "GET /levels/application": _get("/levels/application?lang=en"),
    "POST /levels/application": (
        _file("/levels/application?lang=en", "text.md", WHEELS.encode()),
        Request("/levels/application", "", FORM),
    ),
    "GET /provider": _get(
        "/provider?lang=en", "/provider?of=中控技术&offset=15", f"/provider?q={WHEELS}"
    ),
    "POST /provider": (Request("/provider?lang=en", f"text={WHEELS}&industry=C36", FORM),),
    "GET /annex4": _get("/annex4?lang=en"),
    "POST /annex4": (
        _file("/annex4?lang=en", "table.xlsx", recommendation_table()),
        _file("/annex4", "table.docx", b"PK\x03\x04 broken"),
        Request("/annex4", "edition=2024&provisional=true", FORM),
    ),
    "GET /solutions": _get("/solutions?scene=S17&offset=12&lang=en", "/solutions?scene=S99"),
    "GET /work/{token}": _get("/work/none?offset=30&lang=en"),
    "GET /work/{token}/file/{form}": _get("/work/none/file/xlsx?lang=en"),
    "POST /work/{token}/drop": (Request("/work/none/drop?lang=en", "", FORM),),
    "GET /data": _get("/data", "/data?lang=en&offset=1"),
    "POST /kept": (Request("/kept?lang=en", "text=%20", FORM),),
    "GET /kept/{token}": _get("/kept/none", "/kept/none?lang=en"),
    "POST /kept/{token}/drop": (Request("/kept/none/drop?lang=en", "", FORM),),
    "GET /cases": _get(
        "/cases",
        f"/cases?q={WHEELS}&industry=C36&lang=en",
        "/cases?like=I289&offset=10&pick=instance-0af704096b8f",
        "/cases?scene=S17&segment=E07&area=A03&province=江苏&level=L3&grade=B&basis=assigned",
        "/cases?kpi=K07&has=effects&technology=视觉&effect=K07:change>=30%25",
        "/cases?year_from=2023&year_to=2024&exclude_enterprise=海尔智家",
        "/cases?province=江酥",
    ),
    "GET /compare": _get(
        "/compare",
        "/compare?lang=en&pick=instance-0af704096b8f&pick=instance-2561d2a7244c",
        "/compare?pick=instance-none",
    ),
    "GET /collection": _get(
        "/collection?form=md&pick=instance-0af704096b8f&lang=en",
        "/collection?form=xlsx&pick=instance-0af704096b8f",
        "/collection?form=docx&pick=instance-0af704096b8f",
        "/collection",
    ),
    "GET /file/{form}/{name}": _get("/file/json/S17", "/file/ttl/GB/T 39116-2020", "/file/ttl/S99"),
    "GET /assets/{name}": _get("/assets/page.css", "/assets/page.js?v=1", "/assets/none"),
}

# Lists followed to the end, page by page.
WALKS = (
    "/v1/scenes?edition=2025&edition=2024&limit=30",
    "/v1/instances?limit=90",
    "/v1/standards?limit=150",
    "/v1/enterprises?limit=150",
    "/v1/places?limit=200",
    f"/v1/cases?q={WHEELS}&limit=100",
    "/v1/standards?scene=S17&limit=5",
    "/v1/recommendations?scene=S17&limit=10",
)

"""Commands put to every store; every option of every command stands in them at least once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.ingest.guide.texts import MERGED, NEW

Words = tuple[str, ...]
APPLICATION = str(Path(__file__).parents[1] / "ingest" / "annex3" / "applications" / "resin.md")

WHEELS = "用相机在线检查轮毂表面缺陷，替代人工目检"
CHANGE = "多品种小批量，换型太慢"
PROFILE = """{"industry": ["C36"], "scenes": ["S15", "2025-S24"], "texts": ["%s", "%s", "%s"],
 "maturity": {"level": 3, "source": "评估报告"}, "statements": {"B1-1": true},
 "kpis": {"K09": {"value": 35, "peers": {"province": {"average": 12, "source": "统计公报"}}}}}"""
OFF_TOPIC = "明天食堂吃什么"

# Asked with and without --json.
QUESTIONS: tuple[Words, ...] = (
    ("match", WHEELS),
    ("match", CHANGE, "--edition", "2025"),
    ("match", OFF_TOPIC),
    ("match", "--document", "没有这个文件.txt"),
    ("why", WHEELS),
    ("why", CHANGE, "--scene", "S16", "--edition", "2025"),
    ("why", CHANGE, "--scene", "S16", "--against", "2025-S24"),
    ("why", OFF_TOPIC),
    ("why", CHANGE, "--scene", "S12", "--against", "S12"),
    ("cases", WHEELS),
    ("cases", OFF_TOPIC, "--limit", "3"),
    ("cases", CHANGE, "--scene", "S12", "--scene", "在线智能检测", "--industry", "C36", "--limit",
     "20"),
    ("cases", WHEELS, "--segment", "质量管控", "--area", "A03", "--level", "卓越级", "--basis",
     "assigned", "--offset", "2", "--edition", "2025"),
    ("cases", WHEELS, "--province", "江苏", "--province", "440000", "--grade", "A", "--grade", "B",
     "--year-from", "2022", "--year-to", "2024", "--exclude-enterprise", "海尔智家"),
    ("cases", "--like", "I289", "--industry", "C36", "--weight", "industry:0.3", "--no-fold"),
    ("cases", WHEELS, "--for-industry", "C31", "--for-province", "江苏", "--for-level", "L3",
     "--by-enterprise"),
    ("cases", CHANGE, "--kpi", "K07", "--effect", "K07:change>=30%", "--technology", "视觉",
     "--has", "effects", "--has", "supplier", "--fold"),
    ("recommend", WHEELS),
    ("recommend", OFF_TOPIC),
    ("recommend", WHEELS, "--for-industry", "C36", "--for-province", "江苏", "--for-level", "L3"),
    ("recommend", "--scene", "S17", "--limit", "3", "--offset", "2"),
    ("recommend", "--scene", "在线智能检测", "--edition", "2025"),
    ("fits", "中控技术", "--limit", "3", "--offset", "1", "--edition", "2025"),
    ("fits", "卡奥斯"),
    ("fits", "S17"),
    ("fits", "没有这家公司"),
    ("levels", "--profile", PROFILE % (WHEELS, CHANGE, OFF_TOPIC), "--target", "卓越级"),
    ("levels", "--profile", "{}", "--all", "--edition", "2025"),
    ("levels", "--factory", "宝山钢铁股份有限公司", "--industry", "C36"),
    ("levels", "--factory", "F003"),
    ("levels", "--statements"),
    ("development", "--industry", "C31", "--edition", "2025"),
    ("annex3", "check", APPLICATION),
    ("annex3", "check", APPLICATION, "--all", "--edition", "2025"),
    ("annex3", "check", "没有这个文件.docx"),
    ("levels", "--profile", '{"statements": {"B5-1": true}}'),
    ("levels", "--factory", "S17"),
    ("levels", "没有这个文件.json"),
    ("annex4", "check", "table.xlsx"),
    ("annex4", "check", "table.xlsx", "--edition", "2025", "--contacts", "no/such/folder.csv"),
    ("annex4", "check", "没有这个文件.xlsx"),
    ("import", "list.html", "table.xlsx", "--dry-run"),
    ("import", "notice.html", "--dry-run"),
    ("import", "没有这个文件.html", "--dry-run"),
    ("source", "list"),
    ("guide", "import", "guide.txt", "--edition", "2024"),
    ("guide", "import", "guide.txt", "--edition", "2025"),
    ("guide", "import", "guide.txt", "--pair", "S99=产线"),
    ("guide", "import", "recut.txt", "--pair", f"S26={MERGED}", "--new", NEW, "--retire", "S27=S26",
     "--as-proposed"),
    ("standards", "--scene", "S17"),
    ("standards", "--scene", "2025-S24", "--limit", "3", "--offset", "4", "--edition", "2025"),
    ("standards", "gbt20720", "--as-of", "2026-08-25"),
    ("standards", "--segment", "质量管控", "--level", "national", "--kind", "GB/T", "--role",
     "method", "--status", "unknown", "--currency", "unknown"),
    ("standards", "--branch", "key_technology", "--year-from", "2022", "--year-to", "2024"),
    ("standards", "--role", "decoration"),
    ("cluster", "--scene", "S20", "--limit", "5", "--offset", "2"),
    ("cluster", "--segment", "质量管控", "--as-of", "2026-08-25", "--edition", "2025"),
    ("cluster", "--area", "A04"),
    ("cluster", "--industry", "C31"),
    ("cluster", "--enterprise", "宝山钢铁股份有限公司"),
    ("cluster", WHEELS),
    ("cluster", OFF_TOPIC),
    ("cluster", "--whole"),
    ("cluster", "--against", "没有这个文件.json"),
    ("cluster",),
    ("coverage",),
    ("entities", "江苏的钢铁厂按GB/T39116—2020评到三级，做在线智能检测", "--edition", "2025"),
    ("entities", "没有什么"),
    ("lookup", "宝山"),
    ("lookup", "zlgk", "--type", "segments", "--limit", "3", "--edition", "2025"),
    ("lookup", "gbt20720"),
    ("lookup", "？"),
    ("coverage", "--industry", "C36", "--edition", "2025"),
    ("show", "S17"),
    ("show", "质量管控", "--edition", "2025"),
    ("show", "GB/T 39116-2020"),
    ("show", "gbt39116"),
    ("show", "宝山钢铁股份有限公司"),
    ("show", "I008"),
    ("show", "L3"),
    ("stats",),
    ("stats", "--edition", "2025"),
    # Faults: what is not there, what is no value, what names several things.
    ("match", "检测", "--edition", "1999"),
    ("show", "S99"),
    ("show", "宝山钢铁"),
    ("standards", "--scene", "S99"),
    ("recommend", "--scene", "nonsense"),
    ("cases", WHEELS, "--province", "江酥"),
    ("cases", WHEELS, "--segment", "质量"),
    ("cases", WHEELS, "--exclude-enterprise", "没有这家公司"),
    ("cases", WHEELS, "--year-from", "2025", "--year-to", "2024"),
    ("cases", WHEELS, "--limit", "0"),
    ("cases",),
    ("cases", WHEELS, "--like", "I289"),
    ("cases", "--like", "S17"),
    ("cases", WHEELS, "--effect", "K07>30"),
    ("cases", WHEELS, "--weight", "luck:1"),
    ("cases", WHEELS, "--technology", "没有这种技术"),
)  # fmt: skip

# Written to standard output, to a file or to a folder.
EXPORTS: tuple[Words, ...] = (
    ("export",),
    ("export", "--format", "jsonld", "--output", "graph.jsonld", "--edition", "2025"),
    ("export", "--format", "csv", "--output", "graph.zip", "--json"),
    ("export", "--format", "csv", "--output", "tables"),
)

# How each store is built, and built again where nothing changed.
FIRST_BUILD: Words = ("build", "--json")
BUILDS: tuple[Words, ...] = (("build", "--json"), ("build",))
BRIEF_BUILD: Words = ("build", "--quiet", "--edition", "2025")

CHECK: Words = ("check", "--json", "--edition", "2025")
CHECK_UNFINISHED: Words = ("check",)

COPIES: tuple[Words, ...] = (
    ("copy", "{store}", "sqlite:///copy.sqlite", "--json"),
    ("copy", "sqlite:///copy.sqlite", "{store}"),
)

# One after the other: what they add is taken away again at the end.
IMPORTS: tuple[Words, ...] = (
    ("import", "notice.html", "没有这个文件.html"),
    ("import", "list.html", "notice.html", "table.xlsx", "--json"),
    ("guide", "import", "industry.md", "--scheme", "样例行业场景指引", "--yes", "--json",
     "--mapping", "industry.sssom.tsv"),
    ("source", "list", "--json"),
)  # fmt: skip
RESTORES: tuple[Words, ...] = (("guide", "restore", "--edition", "2024"),)
REMOVED: Words = ("source", "remove", "no-such-source")

SERVE: Words = ("--edition", "2024")
SERVE_READ_ONLY: Words = ("--read-only", "--host", "127.0.0.1", "--edition", "2025")

ASKED: tuple[Words, ...] = (
    *QUESTIONS, *EXPORTS, *BUILDS, BRIEF_BUILD, CHECK, CHECK_UNFINISHED, *COPIES,
    *IMPORTS, *RESTORES, REMOVED, ("guide", "import", "--train", "--jobs"),
    ("serve", "--port", *SERVE), ("serve", *SERVE_READ_ONLY),
)  # fmt: skip

# What every command is given here anyway, and what only prints.
GIVEN_ALWAYS = {"--store", "--json", "--help"}
NOT_ASKED: Mapping[str, str] = {
    "evaluate": "measures the matcher on a file and opens no store",
    "annex4 read": "reads a file and opens no store",
    "annex4 write": "reads and writes a file and opens no store",
    "train": "fits the matcher from files of the package and opens no store",
    "vocabulary list": "lists files and opens no store",
    "vocabulary check": "measures words on files of the package and opens no store",
    "vocabulary apply": "writes only which snapshot is active; that is asked in test_upkeep",
}

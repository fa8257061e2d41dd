"""Files that commands and requests hand in, the same bytes whenever they are made."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from functools import cache

from openpyxl import Workbook

from ingest.document import Document, Paragraph
from ontology.guide import load_guide
from tests.ingest.guide.texts import numbered, recut

TABLE = "table.xlsx"  # where every store's folder has the recommendation table
MADE = datetime.datetime(2024, 11, 29, tzinfo=datetime.UTC).replace(tzinfo=None)
ROWS = (
    ("卓越级智能工厂项目推荐汇总表",),
    ("推荐单位（盖章）：江苏省工业和信息化厅",),
    ("序号", "申报单位名称", "项目名称", "涉及典型场景实例", "联系人", "联系方式（手机号）"),
    (1, "江城示范机械有限公司", "变速箱智能工厂",
     "1. 仓储物流—在线智能检测—轮毂判读\n2. 轮毂X光缺陷自动判读", "甲某", "138" + "0" * 8),
    (3, "宝山钢铁股份有限公司", "热轧智能工厂", "质量管控—在线智能检测", "乙某", ""),
)  # fmt: skip


@cache
def recommendation_table() -> bytes:
    """Return a recommendation table with a fault of most kinds."""
    book = Workbook()
    book.properties.created = book.properties.modified = MADE
    sheet = book.worksheets[0]
    for row in ROWS:
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def public_list(title: str, *enterprises: str) -> bytes:
    """Return a public list as a page."""
    rows = "".join(
        f"<tr><td>{number}</td><td>{name}</td><td>示范智能工厂</td><td>苏州市</td></tr>"
        for number, name in enumerate(enterprises, 1)
    )
    header = "<tr><td>序号</td><td>企业名称</td><td>工厂名称</td><td>设区市</td></tr>"
    return f"<html><body><p>{title}</p><table>{header}{rows}</table></body></html>".encode()


INDUSTRY = """# 样例行业场景指引

## 一、炼铁

### 1. 高炉智能炼铁

布设传感器，建立高炉模型，闭环控制炉温与喷煤。

### 2. 带钢表面缺陷在线检测

用相机在线检测带钢表面缺陷，替代人工目检。

## 二、后勤

### 3. 食堂智能点餐

明天食堂吃什么，由系统推荐。
"""


@cache
def files() -> Mapping[str, bytes]:
    """Return what lies in every store's folder, by name."""
    notice = "江苏省工业和信息化厅关于2025年先进级智能工厂名单的公示"
    final = "江苏省工业和信息化厅关于公布2025年先进级智能工厂名单的通知"
    known, new = "宝山钢铁股份有限公司", "江城示范机械有限公司"
    return {
        TABLE: recommendation_table(),
        "notice.html": public_list(notice, known, new, "北原试用"),
        "list.html": public_list(final, known, new),
        "industry.md": INDUSTRY.encode(),
        "guide.txt": _lines(numbered(load_guide())),
        "recut.txt": _lines(recut(load_guide())),
    }


def _lines(document: Document) -> bytes:
    lines = (block.line.text for block in document.blocks if isinstance(block, Paragraph))
    return "\n".join(lines).encode()

"""Files that commands and requests hand in, the same bytes whenever they are made."""

from __future__ import annotations

import datetime
import io
from functools import cache

from openpyxl import Workbook

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

"""Files of labelled texts, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.match.labelled import read_rows
from kg.match.metrics import Row
from ontology.errors import InvalidFile
from ontology.guide import Guide


def written(folder: Path, content: str, encoding: str = "utf-8") -> Path:
    path = folder / "rows.csv"
    path.write_bytes(content.encode(encoding))
    return path


def test_rows_are_read_with_and_without_the_optional_columns(guide: Guide, tmp_path: Path) -> None:
    path = written(tmp_path, "id,text,scene,also\r\n1,设备坏了才修,S21,S20;S19\r\n")
    assert read_rows(path, guide) == (Row("1", "设备坏了才修", "S21", ("S20", "S19")),)
    path = written(
        tmp_path, 'enterprise,kind,also,scene,text,id\n某厂,off,near,NONE,"食堂，\n排队",2\n'
    )
    assert read_rows(path, guide) == (Row("2", "食堂，\n排队", "NONE", ("near",), "off", "某厂"),)


def test_a_byte_order_mark_is_no_part_of_the_first_column(guide: Guide, tmp_path: Path) -> None:
    path = written(tmp_path, "id,text,scene,also\n1,点检,S21,\n", "utf-8-sig")
    assert read_rows(path, guide)[0].id == "1"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("id,text,scene\n1,点检,S21\n", "rows.csv: there is no column 'also' in the first row"),
        ("", "rows.csv: there is no column 'id' in the first row"),
        ("id,text,scene,also\n", "rows.csv holds no labelled text"),
        ("id,text,scene,also\n1,点检,S21,\n2,点检,S99,\n",
         "rows.csv, row 3, column scene: there is no scene 'S99' in the 2024 edition"),
        ("id,text,scene,also\n1,点检,S21,S20;X\n",
         "rows.csv, row 2, column also: there is no scene 'X' in the 2024 edition"),
        ("id,text,scene,also\n1,点检,,\n", "rows.csv, row 2, column scene: there is no scene ''"),
        ("id,text,scene,also\n1,\u200b ,S21,\n",
         "rows.csv, row 2, column text: '\\u200b' is empty"),
        ("id,text,scene,also\n,点检,S21,\n", "rows.csv, row 2, column id: is empty"),
        ("id,text,scene,also\n1,点检,S21,\n1,保养,S21,\n",
         "rows.csv, row 3, column id: '1' occurs twice"),
        ("id,text,scene,also\n1,点检\n", "rows.csv, row 2, column scene: the row ends before it"),
        ("id,text,scene,also\n1,点检,S21,,x\n",
         "rows.csv, row 2: has more cells than the first row"),
        ('id,text,scene,also\n1,"点检,S21,\n', "rows.csv: is no CSV after row 1"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_with_column_and_value(
    guide: Guide, tmp_path: Path, content: str, sentence: str
) -> None:
    with pytest.raises(InvalidFile) as caught:
        read_rows(written(tmp_path, content), guide)
    assert str(caught.value).startswith(sentence)


def test_another_encoding_and_a_missing_file_are_named(guide: Guide, tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match=r"rows\.csv is not UTF-8: byte 21 cannot be read"):
        read_rows(written(tmp_path, "id,text,scene,also\n1,点检,S21,\n", "gb18030"), guide)
    with pytest.raises(InvalidFile, match=r"nowhere\.csv cannot be read"):
        read_rows(tmp_path / "nowhere.csv", guide)

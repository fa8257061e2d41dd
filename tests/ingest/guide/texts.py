"""An invented official text: the segments and scenes of the guide, worded by us and numbered so.

Names are partly those held, partly candidates for them, partly made up here; the words under them
are this project's own summaries, so nothing of it is the ministry's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ingest.document import Cell, Document, Kind, Line, Paragraph, Place, Table
from ontology.guide import Guide, Scene

FILE = "官方指引.docx"
TITLE = "智能制造典型场景参考指引（2024年版）"
# Names that nobody holds for these scenes.
MADE_UP = {"S12": "产线快速换型重构", "S26": "用能精细管控", "S38": "按单个性化制造",
           "S40": "用户直连快速制造"}  # fmt: skip
# A text cut otherwise than our reconstruction: S27 within S26, S12 in two, one more and one less.
MERGED, PARTS, NEW, DROPPED = (
    "能碳一体管控",
    ("产线快速换型重构", "混线共线生产"),
    "高空巡检机群",
    "S33",
)
HAN = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四",
       "十五")  # fmt: skip


def official_name(scene: Scene) -> str:
    """Return the name that the invented text has for a scene."""
    if scene.id in MADE_UP:
        return MADE_UP[scene.id]
    return scene.name if scene.name_status == "attested" else (*scene.candidates, scene.name)[0]


def lines(guide: Guide) -> Iterator[tuple[str, str, str]]:
    """Yield kind, name and words of each segment and scene in the order of the text."""
    for segment in guide.segments:
        yield "segment", segment.name, ""
        for scene in guide.scenes_of(segment.id):
            yield "scene", official_name(scene), scene.summary


def recut(guide: Guide, dropped: str = DROPPED, merged: str = MERGED) -> Document:
    """Return the numbered text with scenes merged, divided, added and left out."""
    found: list[Paragraph] = []
    for number, segment in enumerate(guide.segments):
        found.append(paragraph(f"{HAN[number]}、{segment.name}"))
        for scene in guide.scenes_of(segment.id):
            name, words = official_name(scene), scene.summary
            if scene.id == dropped or (scene.id == "S27" and merged):
                continue
            if scene.id == "S26" and merged:
                name, words = merged, f"{words}{guide.scene('S27').summary}"
            found += [paragraph(f"1. {name}"), paragraph(words)]
            if scene.id == "S12":
                more = "不同型号在一条产线上混线生产，夹具与程序自动切换，多品种小批量共线。"
                found += [paragraph(f"1. {PARTS[1]}"), paragraph(more)]
        if segment.id == "E10":
            found += [paragraph(f"1. {NEW}"), paragraph("用无人机绕罐顶与烟囱飞行拍照，替人爬高。")]
    return document(*found)


def document(*paragraphs: Paragraph | Table) -> Document:
    """Return a text with its title before and a line after it."""
    title = Paragraph(Line(TITLE), Place(FILE, line=1), 1)
    return Document(FILE, Kind.DOCX, (title, *paragraphs))


def paragraph(text: str, label: str | None = None, heading: int | None = None) -> Paragraph:
    return Paragraph(Line(text, label), Place(FILE), heading)


def prose(*texts: str) -> Document:
    """Return nothing but lines."""
    return Document(FILE, Kind.TEXT, tuple(map(paragraph, texts)))


def numbered(
    guide: Guide, segment: str = "{han}、{name}", scene: str = "{all}. {name}"
) -> Document:
    """Return the text with typed numbers; `{all}` runs on, `{own}` begins anew in each segment."""
    found, outer, own, everything = [], 0, 0, 0
    for kind, name, words in lines(guide):
        if kind == "segment":
            outer, own = outer + 1, 0
            found.append(paragraph(segment.format(han=HAN[outer - 1], name=name, outer=outer)))
        else:
            own, everything = own + 1, everything + 1
            found += [
                paragraph(scene.format(name=name, own=own, all=everything, outer=outer)),
                paragraph(words),
            ]
    return document(*found)


def headed(guide: Guide) -> Document:
    """Return the text with headings of two depths."""
    found = []
    for kind, name, words in lines(guide):
        found.append(paragraph(name, heading=2 if kind == "segment" else 3))
        found += [paragraph(words)] if words else []
    return document(*found)


def labelled(guide: Guide) -> Document:
    """Return the text with automatic numbering, which is no part of its lines."""
    found = []
    for number, (kind, name, words) in enumerate(lines(guide), 1):
        found.append(paragraph(name, label="（一）" if kind == "segment" else f"{number}."))
        found += [paragraph(words)] if words else []
    return document(*found)


def in_one_line(guide: Guide) -> Document:
    """Return the text with name and words in one paragraph."""
    return document(*(
        paragraph(f"（一）{name}" if kind == "segment" else f"1.{name}。{words}")
        for kind, name, words in lines(guide)
    ))  # fmt: skip


def tabled(guide: Guide) -> Document:
    """Return the text as a table whose cells of segments are merged downwards."""
    place = Place(FILE, table=1)
    cells = [
        Cell((Line(text),), place, 0, column)
        for column, text in enumerate(("序号", "环节", "典型场景", "场景描述"))
    ]
    row = 1
    for segment in guide.segments:
        scenes = guide.scenes_of(segment.id)
        cells.append(Cell((Line(segment.name),), place, row, 1, row_span=len(scenes)))
        for scene in scenes:
            texts = ((0, str(row)), (2, official_name(scene)), (3, scene.summary))
            cells += [Cell((Line(text),), place, row, column) for column, text in texts]
            row += 1
    return document(Table(tuple(cells), place))


def with_contents(guide: Guide) -> Document:
    """Return the numbered text with a table of contents before it."""
    text = numbered(guide)
    heads = [block for block in text.blocks[1:] if isinstance(block, Paragraph)]
    listed = [paragraph(f"{one.line.text} ……… {page}") for page, one in enumerate(heads[::2], 1)]
    return document(*listed, *text.blocks[1:])


FORMS: dict[str, Callable[[Guide], Document]] = {
    "1. under 一、": numbered,
    "1.1 under 1.": lambda guide: numbered(guide, "{outer}. {name}", "{outer}.{own} {name}"),
    "（1） under 第一章": lambda guide: numbered(guide, "第{han}章 {name}", "（{own}）{name}"),
    "场景1： under 环节一：": lambda guide: numbered(
        guide, "环节{han}：{name}", "（{all}）{name}场景"
    ),
    "headings": headed,
    "automatic numbers": labelled,
    "name and words in one line": in_one_line,
    "a table": tabled,
    "a table of contents before": with_contents,
}

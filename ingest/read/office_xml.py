"""Office XML: the parts of a docx or xlsx file as elements, without DTDs, entities or surprises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from ingest.read.package import Package, resolved
from ontology.errors import UnreadableFile

RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# A file saved as "strict" has the same elements in namespaces of another root.
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"officeDocument/relationships": RELATIONSHIP[1:-1].encode(),
    b"officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_WHOLE = re.compile(r"([0-9]{1,9})(?:\.[0-9]*)?")
_SPREADSHEET = tuple(
    "{" + one.decode()
    for one in (_STRICT + b"spreadsheetml/main", _TRANSITIONAL[b"spreadsheetml/main"])
)


@dataclass(frozen=True)
class Relationship:
    """What a part says belongs to it."""

    id: str
    kind: str  # the last word of its type: worksheet, styles, comments
    path: str  # within the package


def events(package: Package, path: str) -> Iterator[tuple[str, etree._Element]]:
    """Yield each element of a part when it starts and when it ends, as the part is read."""
    depth = count = 0
    try:
        for event, element in etree.iterparse(
            package.open(path),
            ("start", "end"),
            resolve_entities=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        ):
            if event == "start":
                depth, count = depth + 1, count + 1
                if count == 1 and element.getroottree().docinfo.internalDTD is not None:
                    raise UnreadableFile(package.name, f"{path} has a DTD, which no reader takes")
                package.limits.check("depth", depth, package.name, path)
                package.limits.check("elements", count, package.name, path)
            else:
                depth -= 1
            yield event, element
    except etree.LxmlError as error:
        raise UnreadableFile(package.name, f"{path} is no well-formed XML") from error


def tree(package: Package, path: str) -> etree._Element:
    """Return the root of a part read whole."""
    steps = events(package, path)
    _, root = next(steps)
    for _ in steps:
        pass
    return _transitional(root)


def _transitional(root: etree._Element) -> etree._Element:
    """Return the tree of a strict file in the namespaces of all others."""
    if _STRICT.decode() not in str(root.tag):
        return root
    written = etree.tostring(root)
    for strict, transitional in _TRANSITIONAL.items():
        written = written.replace(_STRICT + strict, transitional)
    return etree.fromstring(written, etree.XMLParser(resolve_entities=False, no_network=True))


def optional_tree(package: Package, path: str | None) -> etree._Element | None:
    """Return the root of a part the file may lack."""
    return None if path is None or package.find(path) is None else tree(package, path)


def relationships(package: Package, part: str) -> list[Relationship]:
    """Return what a part, or the package by "", relates to within the file."""
    folder, _, file = part.rpartition("/")
    root = optional_tree(package, f"{folder}/_rels/{file}.rels".lstrip("/"))
    if root is None:
        return []
    return [
        Relationship(one.get("Id", ""), _last_word(one), resolved(part, one.get("Target", "")))
        for one in root
        if one.get("TargetMode") != "External"
    ]


def _last_word(relationship: etree._Element) -> str:
    return relationship.get("Type", "").rpartition("/")[2]


def related(package: Package, part: str, kind: str) -> str | None:
    """Return the path of the first part of a kind that a part relates to."""
    found = (one.path for one in relationships(package, part) if one.kind == kind)
    return next(found, None)


def main_part(package: Package, usual: str) -> str:
    """Return the path of the document or workbook itself."""
    return related(package, "", "officeDocument") or usual


def local_name(element: etree._Element) -> str:
    """Return the name of an element of a spreadsheet, "" for one of an extension."""
    return _local(str(element.tag))


@lru_cache(maxsize=1000)
def _local(tag: str) -> str:
    namespace, _, name = tag.rpartition("}")
    return name if namespace in _SPREADSHEET else ""


def whole(written: str | None) -> int:
    """Return a number that counts or measures something; 0 where there is none or no sense in it.

    Programs that measure exactly write decimals, which are cut off.
    """
    match = _WHOLE.fullmatch(written or "")
    return int(match[1]) if match else 0


def is_on(element: etree._Element | None, attribute: str) -> bool:
    """Whether a switch is there and not switched off."""
    return element is not None and element.get(attribute, "1") not in ("0", "false", "off", "none")

"""What a name may stand for: proposals for somebody to decide, never applied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ingest.document import Finding, Severity
from ingest.lists.listing import Entry
from kg.ids import name_key
from ontology.guide import load_guide
from ontology.sentence import Sentence

_LEGAL = re.compile(
    r"(?:公司|厂|集团|合伙(?:企业)?(?:[（(].*[）)])?|研究院|研究所|中心|学院|医院|局|院|所|社|店|站|矿|部)$"
)
_FACTORY = re.compile(r"(?:公司|集团)\s*[-—–－:：]+\s*(\S.{2,})$")
_SHORTEST, _MOST = 2, 3


class Registered:
    """Full names that are known, found by what they end in or hold."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_key = {name_key(name): name for name in names}

    def ending(self, name: str) -> str:
        """Return the longest known name that another one ends in, "" where none does."""
        key = name_key(name)
        ends = (self._by_key.get(key[start:], "") for start in range(1, len(key) - _SHORTEST + 1))
        return next((found for found in ends if found), "")

    def holding(self, name: str) -> tuple[str, ...]:
        """Return a few known names that hold another one."""
        key = name_key(name)
        if len(key) < _SHORTEST:
            return ()
        found = sorted(one for held, one in self._by_key.items() if key in held and key != held)
        return tuple(found[:_MOST])


def propose(entry: Entry, registered: Registered) -> Iterator[Finding]:
    """Yield what the enterprise of a row may be, where its name is not plainly a full one."""
    name = entry.enterprise.text
    if not name or entry.enterprise.damaged:
        return
    if entry.enterprise.old:
        said = Sentence(
            "名称后面写有曾用名，可能是同一企业的另一名称",
            "a former name stands behind the name; it may be an other name of the enterprise",
        )
        yield _finding("old_name", entry, said, entry.enterprise.old)
    if found := _FACTORY.search(name):
        said = Sentence(
            "企业与工厂可能写在同一单元格", "enterprise and factory may stand in one cell"
        )
        proposal = f"{name[: found.start(1)].rstrip(' -—–－:：')}｜{found[1]}"
        yield _finding("name_and_factory", entry, said, proposal)
    elif _LEGAL.search(name):
        yield from _with_prefix(entry, registered)
    elif scene := _scene_at_end(name):
        said = Sentence("企业名称与场景名称可能连写在一起", "enterprise and scene may run together")
        yield _finding("name_and_scene", entry, said, f"{name.removesuffix(scene)}｜{scene}")
    else:
        said = Sentence(
            "不是登记的企业全称；不与名称中含有它的企业合并",
            "is no full registered name; it is kept apart from enterprises whose name holds it",
        )
        yield _finding("short_name", entry, said, "、".join(registered.holding(name)) or None)


def _finding(code: str, entry: Entry, said: Sentence, proposal: str | None) -> Finding:
    return Finding(
        code, Severity.NOTICE, entry.place, said, entry.enterprise.printed, proposal
    )  # fmt: skip


def _with_prefix(entry: Entry, registered: Registered) -> Iterator[Finding]:
    """Yield the registered name that ends this one, as where a group's name precedes it."""
    if ending := registered.ending(entry.enterprise.text):
        said = Sentence(
            "末尾是另一个登记名称，前面可能是集团名称",
            "another registered name stands at its end; what precedes may be a group's name",
        )
        yield _finding("group_prefix", entry, said, ending)


def _scene_at_end(name: str) -> str:
    return next((one for one in _scene_names() if name.endswith(one) and name != one), "")


@cache
def _scene_names() -> tuple[str, ...]:
    """The names of scenes of all editions, the longest first."""
    guide = load_guide()
    names = {scene.name for scene in guide.scenes}
    names |= {alias.text for scene in guide.scenes for alias in scene.aliases}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))

"""A public list as it was read: who issued it, how far it is, whom it names, what was odd."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ingest.document import Finding, Place
from ingest.lists.spelling import Name
from kg.ids import content_hash, name_key
from ontology.sentence import Sentence

GRADIENT = "gradient_2024"  # the cultivation of levels begun in 2024
FIRST_YEAR = 2024
# The levels of that programme by their word.
LEVELS = {"基础级": "L1", "先进级": "L2", "卓越级": "L3", "领航级": "L4"}
NO_LEVEL = Sentence(
    f"不是梯度培育的等级，等级有{'、'.join(LEVELS)}",
    f"is no level of the programme; the levels are {'、'.join(LEVELS)}",
)


class Stage(StrEnum):
    """How far a list is; the values are those of a title's status in the graph."""

    REPORTED = "reported"  # it does not say
    PUBLICISED = "publicised"  # 公示: open to objections
    PROPOSED = "proposed"  # 拟认定
    AWARDED = "awarded"  # 公布

    @property
    def rank(self) -> int:
        """The place among the stages, the last one being final."""
        return list(Stage).index(self)


class Subject(StrEnum):
    """What a list names."""

    FACTORIES = "factories"
    SCENES = "scenes"


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a list this list and no other, "" or None where the list does not say."""

    body: str = ""
    number: str = ""
    batch: int | None = None
    year: int | None = None
    stage: Stage = Stage.REPORTED
    programme: str = ""
    level: str = ""
    subject: Subject = Subject.FACTORIES

    @property
    def family(self) -> str:
        """A hash that the stages of one selection share, "" where nobody or no year is named."""
        if not self.body or self.year is None:
            return ""
        said = [name_key(self.body), self.programme, self.level, self.subject.value]
        return content_hash([*said, self.year, self.batch])[:12]

    @property
    def source_id(self) -> str:
        """The id of the list as a source, "" where it cannot be told from others."""
        if not self.family:
            return ""
        number = f"-{content_hash(name_key(self.number))[:6]}" if self.number else ""
        return f"list-{self.family}-{self.stage}{number}"


def stage_of(source_id: str, family: str) -> Stage | None:
    """Return the stage of a source that belongs to a family of lists, None for other sources."""
    prefix = f"list-{family}-"
    word = source_id.removeprefix(prefix).partition("-")[0]
    return Stage(word) if family and source_id.startswith(prefix) and word in list(Stage) else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: whom or what it names, and where it says so."""

    place: Place
    number: int | None = None
    enterprise: Name = field(default_factory=Name)
    factory: Name = field(default_factory=Name)
    segment: str = ""
    scene: str = ""
    instance: str = ""
    level: str = ""
    province: str = ""
    city: str = ""
    industry: str = ""
    doubted: str = ""  # why the row is kept out of the graph, "" where it is not

    @property
    def key(self) -> str:
        """What tells the row from others of its list, whatever its number and place."""
        parts = (self.enterprise.text, self.factory.text, self.scene, self.instance)
        return "｜".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list with its rows; without any it is a notice whose list is elsewhere."""

    title: str
    identity: Identity
    date: str  # ISO, "" where the list does not say
    announced: int | None
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    doubtful_words: bool = False  # words of a rewritten copy: the page is a repost at best

    @property
    def without_list(self) -> bool:
        """Whether this is a notice whose list is not in the file."""
        return not self.entries

"""The question what an application of annex 3 holds, and what level it would support."""

from __future__ import annotations

from dataclasses import dataclass

from api.base_scene import BASE_EDITION
from api.desk import Desk, going_on
from api.document_answers import LONGEST_DOCUMENT
from api.slots import go_on
from ingest.annex3.application import read_application
from ingest.annex3.draft import Draft, DraftField, draft_profile
from ingest.annex3.parts import Part
from ingest.annex3.scenes import NamedScene, ScenePassage, scene_text, scenes_of
from ingest.document import Document, Finding, Severity
from ingest.extract.claim import Claims
from ingest.masked_document import hidden
from ingest.read.limits import SENT, Limits
from ingest.read.reader import read_document
from kg.levels.path import Around, LevelPath, level_path, next_level, open_conditions
from kg.levels.verdict import ClauseCheck, LevelCheck, LevelsCheck, check_levels
from kg.ranking import Asker
from kg.store.protocol import Has
from ontology.conditions import load_conditions
from ontology.errors import InvalidValue
from ontology.sentence import Sentence

TARGET = "L3"  # annex 3 lists what an application for 卓越级 holds
LONGEST_APPLICATION = 500_000  # characters: 250 pages, about 15 seconds of a core
DRAFTED = Sentence(
    "层级核对所用的信息由本项目从申报书中摘出，尚未经企业确认；只计入文中写明已经做到的，"
    "计划和目标不计入，没有写明的一律视为未知。",
    "What the levels are checked by was taken from the application by this project and confirmed by"
    " nobody. Only what is said to have been achieved counts; plans and targets do not, and what is"
    " not written is unknown.",
)


@dataclass(frozen=True, slots=True)
class DraftedCheck:
    """The level check of a profile that was drafted from a text and confirmed by nobody.

    `fields` are what counted, each with its passage, `left_out` what did not, with the reason;
    `next` is the way to the level applied for, or above it where that is met, None at the top.
    """

    drafted: bool
    note: str
    target: str
    fields: tuple[DraftField, ...]
    left_out: tuple[DraftField, ...]
    levels: tuple[LevelCheck, ...]
    application: tuple[ClauseCheck, ...]
    highest: str | None
    next: LevelPath | None
    disclaimer: str


@dataclass(frozen=True, slots=True)
class Annex3Answer:
    """An application: its four parts, claims, scenes, and what should be mended.

    Contacts are masked before anything is read and appear nowhere. Scene names are those of the
    2024 guide.
    """

    file: str
    kind: str
    applicant: str
    errors: int
    warnings: int
    notices: int
    parts: tuple[Part, ...]
    claims: Claims
    named_scenes: tuple[NamedScene, ...]
    passages: tuple[ScenePassage, ...]
    check: DraftedCheck
    findings: tuple[Finding, ...]
    edition: str
    snapshot: str
    index_lag: bool
    degraded: bool


@going_on
def check_annex3(desk: Desk, name: str, data: bytes, limits: Limits = SENT) -> Annex3Answer:
    """Return what an application says and lacks; raise UnreadableFile where it is no document."""
    document = read_document(hidden(name), data, limits)
    _check_length(document)
    snapshot, conditions = desk.holder.current(), load_conditions()
    application = read_application(document, conditions)
    length = len(scene_text(application))
    if length > LONGEST_DOCUMENT:
        told = f"describes scenes in {length} characters, at most {LONGEST_DOCUMENT}"
        raise InvalidValue("file", hidden(name), told)
    scenes = scenes_of(application, snapshot.matcher, go_on)
    draft = draft_profile(application, scenes, conditions)
    check = check_levels(draft.profile, conditions, snapshot.matcher.guide)
    findings = (*application.findings, *scenes.findings)
    count = {one: sum(f.severity == one for f in findings) for one in Severity}
    return Annex3Answer(
        application.name,
        document.kind.value,
        application.applicant,
        count[Severity.ERROR],
        count[Severity.WARNING],
        count[Severity.NOTICE],
        application.parts,
        application.claims,
        scenes.named,
        scenes.passages,
        DraftedCheck(True, DRAFTED, TARGET, draft.fields, draft.left_out, check.levels,
                     check.application, check.highest,
                     _way(desk, application.applicant, draft, check), check.note),
        findings,
        BASE_EDITION,
        snapshot.id,
        desk.holder.lag,
        desk.degraded,
    )  # fmt: skip


def _way(desk: Desk, applicant: str, draft: Draft, check: LevelsCheck) -> LevelPath | None:
    """Return what is open on the way to the level, with the cases, solutions and standards known.

    The applicant's own cases are no examples to it.
    """
    met = check.level(TARGET).verdict == "met"
    target = next_level(check, [TARGET], ()) if met else TARGET
    if target is None:
        return None
    snapshot, conditions = desk.holder.current(), load_conditions()
    guide = snapshot.matcher.guide
    wanted = open_conditions(check.level(target), draft.profile, conditions, guide)
    known = desk.read.find("Organisation", [Has("name", (applicant,))], limit=1).nodes
    own = known[0].id if known else ""
    around = Around(desk.read, snapshot.table, desk.whole.supports, guide, own)
    return level_path(around, target, wanted, draft.profile, Asker())


def _check_length(document: Document) -> None:
    """Raise InvalidValue where a document is longer than any application."""
    cells = sum(len(cell.text) for table in document.tables for cell in table.cells)
    length = len(document.text) + cells
    if length > LONGEST_APPLICATION:
        told = f"holds {length} characters, at most {LONGEST_APPLICATION}"
        raise InvalidValue("file", hidden(document.name), told)

"""The matcher: a text in, its typical scenes with probability, decision and reasons out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.encoder.protocol import Encoder
from kg.match.artifact import load_manifest, load_model
from kg.match.calibration import RANKS
from kg.match.editions import Counterparts, Crossed, Origin, cross, successors, unchanged
from kg.match.explain import Account, Explainer, ReadAs, Reason, read_as, supporting
from kg.match.features import Floats, readable
from kg.match.model import Decision, Judgement, Model, Ranked
from kg.match.names import FIRM, Named, Names, counterparts, name_words
from kg.match.refusal import nearest_segment, refusal, unreadable
from kg.match.vocabulary import Vocabulary
from ontology.errors import InvalidValue, UnknownId
from ontology.guide import EDITIONS, Guide, NameStatus, load_crosswalk, load_guide
from ontology.guide import Mapping as Correspondence
from ontology.sentence import Sentence

# The chance shown where the text is a scene's name and nothing else; the last hundredth is for
# names that are used of something else.
NAMED = 0.99
# The off-topic score of what is no text to us (no letters, another language): above any other.
UNREADABLE = 30.0


@dataclass(frozen=True, slots=True)
class ScenePick:
    """A scene of an answer with the chance that it is accepted and the words that speak for it.

    Where the scene found or named belongs to another edition, `mapping` says how this one
    corresponds to it (`broadMatch`: the one found is the broader). `area` is None where no source
    puts the segment into an area. `reasons` are the spans of `account` that speak for the scene;
    `account` sets it against the runner-up, or against the first scene where it is none itself, in
    the model's own edition; None where a name or nothing else was to be told.
    """

    id: str
    name: str
    name_status: NameStatus
    segment: str
    area: str | None
    probability: float
    reasons: tuple[Reason, ...]
    mapping: str | None
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """What is said of one text.

    `matched`: the first scene is the answer, others are its runners-up; `candidates`: one of them
    should be; `no_scene`: none fits, `reason` says why. `reason` also tells that a text is a name.
    `read_as` are the taught words of the text with what they stand for.
    """

    decision: Decision
    edition: str
    scenes: tuple[ScenePick, ...]
    reason: str
    nearest_segment: str | None
    read_as: tuple[ReadAs, ...] = ()

    @property
    def best(self) -> ScenePick | None:
        """Return the most probable scene, if any fits."""
        return self.scenes[0] if self.scenes else None


@dataclass(frozen=True, slots=True)
class _View:
    """One edition as an answer sees it; `over` leads from the model's scenes to its own, None where
    they are the same.
    """

    guide: Guide
    names: Names
    over: Counterparts | None


class Matcher:
    """A model with the guide editions in whose words it answers."""

    def __init__(
        self,
        model: Model,
        model_id: str,
        guide: Guide,
        others: Sequence[Guide] = (),
        crosswalk: Sequence[Correspondence] | None = None,
        taught: Vocabulary = Vocabulary(),  # noqa: B008 - never changed
    ) -> None:
        self._crosswalk = tuple(load_crosswalk() if crosswalk is None else crosswalk)
        names = name_words(guide, self._crosswalk)
        self.model = model.with_words(Vocabulary([*names, *taught.words]))
        self.model_id = model_id
        self.guide = guide
        self._others = {other.edition: other for other in others}
        self._views: dict[str, _View] = {}

    @classmethod
    def load(
        cls,
        folder: Path,
        guide: Guide,
        others: Sequence[Guide] = (),
        crosswalk: Sequence[Correspondence] | None = None,
        encoder: Encoder | None = None,
    ) -> Matcher:
        """Read a checked model; guides not given are read from the ontology when asked for.

        `encoder` is the sentence model in use, which may have a part in the model's scores.
        """
        model = load_model(folder, guide.edition, encoder)
        return cls(model, read_model_id(folder), guide, others, crosswalk)

    def with_words(self, taught: Vocabulary) -> Matcher:
        """Return the matcher as it reads texts with taught words, beside the names of scenes."""
        others = tuple(self._others.values())
        given = self.model, self.model_id, self.guide, others, self._crosswalk
        return Matcher(*given, taught=taught)

    def match(self, text: str, edition: str | None = None) -> Match:
        """Return the scenes of a text, or raise InvalidValue (empty) or UnknownId (edition)."""
        view = self._view(edition or self.guide.edition)
        self._demand_text(text)
        named = view.names.find(text)
        crossed = self._crossed(text, view)
        if named:
            return self._named_match(text, view, named, crossed)
        return replace(self._match(text, view, crossed), read_as=read_as(self.model, text))

    def match_many(self, texts: Sequence[str], edition: str | None = None) -> list[Match]:
        """Return for each text what `match` says of it."""
        return [self.match(text, edition) for text in texts]

    def judge(self, text: str) -> Judgement:
        """Return the full ranking in the model's own edition, names recognised, for measuring."""
        view = self._view(self.guide.edition)
        named = view.names.find(text)
        judgement = self._crossed(text, view).judgement
        return _with_names(judgement, named) if named else judgement

    def posteriors(self, texts: Sequence[str]) -> Floats:
        """Return the shares of the model's scenes, in id order, given that one of them fits."""
        return self.model.shares(texts)

    def latent(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors of the texts in the latent space (zero for unknown words only)."""
        return self.model.classifier.latent(texts)

    def _demand_text(self, text: str) -> None:
        if not readable(text):
            raise InvalidValue("text", text, "is empty; describe the scene in a sentence")

    def _view(self, edition: str) -> _View:
        if edition not in self._views:
            self._views[edition] = self._new_view(edition)
        return self._views[edition]

    def _new_view(self, edition: str) -> _View:
        if edition == self.guide.edition:
            names = Names.of_edition(self.guide, self.guide, self._crosswalk)
            return _View(self.guide, names, successors(self.guide, self.model.scenes))
        if edition not in {*EDITIONS, *self._others}:
            raise UnknownId("guide edition", edition, EDITIONS, field="edition")
        guide = self._others.get(edition) or load_guide(edition)
        names = Names.of_edition(guide, self.guide, self._crosswalk)
        return _View(guide, names, counterparts(guide, self._crosswalk))

    def _judge(self, text: str) -> Judgement:
        judgement = self.model.judge(text)
        if unreadable(readable(text)):
            return replace(judgement, decision="no_scene", shown=0, off_topic=UNREADABLE)
        return judgement

    def _crossed(self, text: str, view: _View) -> Crossed:
        judgement = self._judge(text)
        if view.over is None:
            return unchanged(judgement)
        return cross(self.model, text, judgement, view.over)

    def _match(self, text: str, view: _View, crossed: Crossed) -> Match:
        judgement = crossed.judgement
        if judgement.decision == "no_scene":
            shares = self.model.shares([text])[0].tolist()
            learnt = dict(zip(self.model.scenes, shares, strict=True))
            segment = nearest_segment(judgement, learnt, self.guide)
            shown = segment if view.guide is self.guide else None
            lost = self.guide.scene(crossed.lost) if crossed.lost else None
            reason = refusal(readable(text), judgement, view.guide, shown, lost)
            return Match("no_scene", view.guide.edition, (), reason, shown)
        explainer = Explainer(self.model, text)
        picks = tuple(
            _pick(
                view.guide,
                ranked,
                crossed.origins[ranked.scene],
                self._account(explainer, crossed, ranked.scene),
            )
            for ranked in judgement.ranking[: judgement.shown]
        )
        return Match(judgement.decision, view.guide.edition, picks, "", None)

    def _account(self, explainer: Explainer, crossed: Crossed, scene: str) -> Account | None:
        """Set a scene against the first of the ranking, the first against the one behind it."""
        own = crossed.origins[scene].scene
        others = (crossed.origins[one.scene].scene for one in crossed.judgement.ranking)
        against = next((other for other in others if other != own), None)
        return explainer.account(own, against) if against else None

    def compare(self, text: str, scene: str, against: str) -> Account:
        """Return why one 2024 scene stands above or below another for a text; else UnknownId."""
        self._demand_text(text)
        for one in (scene, against):
            self.guide.scene(one)
            if one not in self.model.scenes:
                raise UnknownId("scene that the matcher has learnt", one, self.model.scenes)
        return Explainer(self.model, text).account(scene, against)

    def _named_match(
        self, text: str, view: _View, named: tuple[Named, ...], crossed: Crossed
    ) -> Match:
        judgement = _with_names(crossed.judgement, named)
        whole = (Reason(text, 0, len(text), 1.0),)
        picks = tuple(
            replace(_pick(view.guide, ranked, Origin(hit.scene, hit.mapping), None), reasons=whole)
            for ranked, hit in zip(judgement.ranking, named, strict=False)
        )
        return Match(judgement.decision, view.guide.edition, picks, _naming(text, named), None)


def read_model_id(folder: Path) -> str:
    """Return the id of the model in a folder."""
    return load_manifest(folder).id


def _with_names(judgement: Judgement, named: tuple[Named, ...]) -> Judgement:
    """Put the named scenes first; what is left of the chance goes to the others' ranking."""
    firm = len(named) == 1 and named[0].mapping in (None, *FIRM)
    chance = NAMED / len(named)
    scenes = {hit.scene for hit in named}
    others = [ranked for ranked in judgement.ranking if ranked.scene not in scenes]
    ranking = (
        *(Ranked(hit.scene, chance) for hit in named),
        *(Ranked(other.scene, min(other.probability, 1 - NAMED)) for other in others),
    )
    return Judgement(
        "matched" if firm else "candidates",
        ranking[: max(RANKS, len(named))],
        len(named),
        -UNREADABLE,
        judgement.known,
    )


def _pick(guide: Guide, ranked: Ranked, origin: Origin, account: Account | None) -> ScenePick:
    scene = guide.scene(ranked.scene)
    return ScenePick(
        id=scene.id,
        name=scene.name,
        name_status=scene.name_status,
        segment=scene.segment,
        area=guide.area_of(scene.id),
        probability=round(ranked.probability, 4),
        reasons=supporting(account.spans) if account else (),
        mapping=origin.mapping,
        account=account,
    )


def _naming(text: str, named: tuple[Named, ...]) -> Sentence:
    """Say that the whole text is a scene's name or id, and in which editions."""
    name = text.strip()
    if named[0].is_id:
        return Sentence(f"“{name}”是典型场景的编号。", f"“{name}” is the id of a typical scene.")
    attested = sorted({edition for hit in named for edition in hit.editions})
    unverified = sorted({edition for hit in named for edition in hit.unverified})
    if not attested and not unverified:
        return Sentence(
            f"“{name}”是典型场景名称的一种可能写法。",
            f"“{name}” is one way in which a typical scene may be named.",
        )
    firm, maybe = ("、".join(one) for one in (attested, unverified))
    firm_en, maybe_en = (", ".join(one) for one in (attested, unverified))
    if not attested:
        return Sentence(
            f"“{name}”可能是{maybe}年版指引中的场景名称（未核实）。",
            f"“{name}” may be the name of a scene in the guide of {maybe_en} (not verified).",
        )
    also = f"，{maybe}年版可能也用此名（未核实）" if unverified else ""
    also_en = f"; that of {maybe_en} may use it too (not verified)" if unverified else ""
    return Sentence(
        f"“{name}”是{firm}年版指引中的场景名称{also}。",
        f"“{name}” is the name of a scene in the guide of {firm_en}{also_en}.",
    )

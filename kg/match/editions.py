"""What a judgement made on the base edition says of another edition's scenes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.match.calibration import RANKS
from kg.match.model import Decision, Judgement, Model, Ranked
from kg.match.names import FIRM
from ontology.guide import Guide

# If so much of the probability lies on scenes without any counterpart, nothing fits.
MOST_LOST = 0.5

Counterparts = Mapping[str, tuple[tuple[str, str | None], ...]]


@dataclass(frozen=True, slots=True)
class Origin:
    """The base scene that contributes most to a scene, and by which mapping."""

    scene: str
    mapping: str | None


@dataclass(frozen=True, slots=True)
class Crossed:
    """A judgement carried over, with the origin of every ranked scene.

    `lost` is the base scene whose missing counterpart left the text without scene, "" otherwise.
    """

    judgement: Judgement
    origins: Mapping[str, Origin]
    lost: str = ""


def unchanged(judgement: Judgement) -> Crossed:
    """Return a judgement of the base edition itself."""
    origins = {ranked.scene: Origin(ranked.scene, None) for ranked in judgement.ranking}
    return Crossed(judgement, origins)


def successors(guide: Guide, scenes: Sequence[str]) -> Counterparts | None:
    """Return what the scenes that a model learnt are now, None where all of them still are.

    A scene that was taken in by another is that one; of several it may be any.
    """
    if not {scene.id for scene in guide.retired}.intersection(scenes):
        return None
    now = {scene: guide.current(scene) for scene in scenes}
    return {
        scene: tuple((one, None if len(ones) == 1 else "relatedMatch") for one in ones)
        for scene, ones in now.items()
        if ones
    }


def cross(model: Model, text: str, judgement: Judgement, over: Counterparts) -> Crossed:
    """Move the shares of all scenes along exact and close mappings.

    A scene that has only wider or narrower counterparts is split evenly among them, for want of
    knowing better: they can be candidates, never a match.
    """
    shares, origins = _moved(model, text, over)
    order = sorted(shares, key=lambda scene: (-shares[scene], scene))[:RANKS]
    chances = model.calibration.probabilities(np.array([[shares[scene] for scene in order]]))[0]
    ranking = tuple(
        Ranked(scene, float(chance)) for scene, chance in zip(order, chances, strict=True)
    )
    kept = {scene: origins[scene] for scene in order}
    lost = _lost(model, text, over) if judgement.decision != "no_scene" else ""
    if lost or judgement.decision == "no_scene":
        return Crossed(
            replace(judgement, ranking=ranking, decision="no_scene", shown=0), kept, lost
        )
    first = kept[order[0]]
    siblings = sum(origin.scene == first.scene for origin in kept.values())
    firm = first.mapping in (None, *FIRM) and ranking[0].probability >= model.calibration.matched
    decision: Decision = "matched" if firm else "candidates"
    size = 1 if firm else model.calibration.set_size(np.array([shares[scene] for scene in order]))
    shown = max(size, siblings)
    return Crossed(replace(judgement, ranking=ranking, decision=decision, shown=shown), kept)


def _moved(
    model: Model, text: str, over: Counterparts
) -> tuple[dict[str, float], dict[str, Origin]]:
    moved: dict[str, float] = {}
    largest: dict[str, tuple[float, Origin]] = {}
    for scene, share in zip(model.scenes, model.shares([text])[0].tolist(), strict=True):
        targets = over.get(scene, ())
        for target, mapping in targets:
            portion = share / len(targets)
            moved[target] = moved.get(target, 0.0) + portion
            if portion > largest.get(target, (-1.0, None))[0]:
                largest[target] = (portion, Origin(scene, mapping))
    return moved, {target: origin for target, (_, origin) in largest.items()}


def _lost(model: Model, text: str, over: Counterparts) -> str:
    """Return the base scene that would be the answer but has no counterpart, or ""."""
    shares = model.shares([text])[0]
    without = [column for column, scene in enumerate(model.scenes) if scene not in over]
    if not without or float(shares[without].sum()) < MOST_LOST:
        return ""
    return model.scenes[max(without, key=lambda column: (float(shares[column]), -column))]

"""The question why a scene was found for a text, or why not another, and its answer."""

from __future__ import annotations

from dataclasses import dataclass

from api.answers import check_text
from api.base_scene import BASE_EDITION, base_scene
from api.desk import Desk, going_on
from kg.match.explain import Account, supporting
from kg.match.matcher import Match
from kg.teaching import Taught, taught
from ontology.errors import InvalidValue

FEWEST = 2  # scenes that can be set against one another


@dataclass(frozen=True, slots=True)
class Why:
    """An account of one scene against another, and what taught the spans that speak for it."""

    account: Account
    taught: tuple[Taught, ...]


@dataclass(frozen=True, slots=True)
class WhyAnswer:
    """Why the scenes of a text were found, each against the runner-up or the first.

    With a scene asked for, the first account sets it against the most probable one (or that one's
    runner-up, where it is the most probable itself). Accounts are in terms of 2024 scenes.
    """

    match: Match
    accounts: tuple[Why, ...]
    snapshot: str
    index_lag: bool
    degraded: bool


@going_on
def why(desk: Desk, text: str, scene: str = "", against: str = "") -> WhyAnswer:
    """Return why the text has its scenes, or why (not) the scene asked for."""
    cleaned = check_text(text)
    snapshot = desk.holder.current()
    matcher = snapshot.matcher
    (match,) = matcher.match_many([cleaned], BASE_EDITION)
    first, second = (one.scene for one in matcher.judge(cleaned).ranking[:FEWEST])
    if scene or against:
        asked = base_scene(desk, scene, "scene") if scene else first
        default = second if asked == first else first
        other = base_scene(desk, against, "against") if against else default
        if asked == other:
            raise InvalidValue("against", against, "is the scene itself; name another")
        accounts = [matcher.compare(cleaned, asked, other)]
    else:
        shown = [pick.account for pick in match.scenes if pick.account]
        accounts = shown or [matcher.compare(cleaned, first, second)]
    return WhyAnswer(
        match,
        tuple(
            Why(one, taught(desk.read, snapshot, one.scene, supporting(one.spans)))
            for one in accounts
        ),
        snapshot.id,
        desk.holder.lag,
        desk.degraded,
    )

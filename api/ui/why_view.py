"""Why a scene was found, as a page shows it: the text marked, what each word adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from api.ui.drawings.bars import Bar, bars
from api.ui.drawings.svg import Caption
from api.ui.reader import Reader
from api.words import LEAST_SHOWN
from kg.match.explain import Account, Reason
from kg.teaching import Taught
from ontology.guide import Guide

LONGEST_SHOWN = 1_200  # characters of a text; of a longer one, what is around the marked words
AROUND = 40

Side = Literal["", "for", "against"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text and for which side it speaks."""

    text: str
    side: Side


def marked(text: str, spans: Sequence[Reason]) -> tuple[Piece, ...]:
    """Return the text in pieces; where it is long, only what stands around the spans."""
    pieces: list[Piece] = []
    place = 0
    for span in sorted(spans, key=lambda one: one.start):
        if span.start < place:
            continue
        pieces.append(Piece(_shortened(text, text[place : span.start]), ""))
        pieces.append(Piece(text[span.start : span.end], "for" if span.weight > 0 else "against"))
        place = span.end
    pieces.append(Piece(_shortened(text, text[place:]), ""))
    return tuple(piece for piece in pieces if piece.text)


def _shortened(whole: str, between: str) -> str:
    if len(whole) <= LONGEST_SHOWN or len(between) <= 2 * AROUND:
        return between
    return f"{between[:AROUND]} … {between[-AROUND:]}"


@dataclass(frozen=True, slots=True)
class Explained:
    """Why one scene stands above or below another: `id` is unique on the page.

    `scene` and `against` are their names, `above` says which is more likely; `taught` is empty
    where nobody asked for it.
    """

    id: str
    scene: str
    against: str
    above: bool
    pieces: tuple[Piece, ...]
    bars: Markup
    taught: tuple[Taught, ...] = ()


def explained(
    reader: Reader,
    guide: Guide,
    text: str,
    account: Account,
    name: str,
    taught: tuple[Taught, ...] = (),
) -> Explained:
    """Return an account as the page shows it; `guide` is the edition that its scenes are of."""
    scene, against = (
        f"{one} {reader.named(one, guide.scene(one).name)}"
        for one in (account.scene, account.against)
    )
    title = reader.say("why.title", scene=scene, against=against)
    told = reader.say("why.margin", margin=f"{account.margin:+.2f}")
    drawn = bars(Caption(name, title, told), _bars(reader, account))
    pieces = marked(text, account.spans)
    return Explained(name, scene, against, account.margin >= 0, pieces, drawn, taught)


def _bars(reader: Reader, account: Account) -> list[Bar]:
    """Return what each span adds to the margin, and what adds to it without a span."""
    drawn = [_bar(reader, span.text, span.weight) for span in account.spans]
    others = {"why.prior": account.prior, "why.rest": account.model + account.rest}
    for message, value in others.items():
        if abs(value) >= LEAST_SHOWN:
            drawn.append(_bar(reader, reader.say(message), value))
    return drawn


def _bar(reader: Reader, name: str, value: float) -> Bar:
    words = reader.say("why.adds", name=name, value=f"{value:+.2f}")
    return Bar(name, value, f"{value:+.2f}", words)

"""All shortest paths between two things, searched from both sides at once, whatever the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from kg.store.protocol import MOST_PATHS

Ids = set[str]
Steps = dict[str, Ids]  # from a thing to those next to it that are nearer to the end
# Pairs of a thing of the first set and one next to it; where a second set is given, only such
# pairs that end in it.
Neighbours = Callable[[Ids, Ids | None], Iterable[tuple[str, str]]]


def shortest(
    start: str, end: str, longest: int, neighbours: Neighbours
) -> tuple[tuple[str, ...], ...]:
    """Return all shortest paths between two things that exist, the smallest sequence first."""
    if start == end:
        return ((start,),)
    steps = _leading_to(end, start, _search(start, end, longest, neighbours))
    if not steps:
        return ()
    in_order = {here: sorted(after) for here, after in steps.items()}
    return tuple(islice(_walk(start, end, in_order), MOST_PATHS))


def _search(start: str, end: str, longest: int, neighbours: Neighbours) -> Steps:
    """Return the steps of all shortest paths; none where the two are too far apart."""
    steps: Steps = defaultdict(set)
    sides, seen = [{start}, {end}], [{start}, {end}]
    for length in range(longest):
        side = 0 if len(sides[0]) <= len(sides[1]) else 1
        # Asked first, because the things one step beyond a side may be very many.
        if _note(neighbours(sides[side], sides[1 - side]), seen[side], steps, forward=side == 0):
            return steps
        if length == longest - 1:
            break
        grown = _note(neighbours(sides[side], None), seen[side], steps, forward=side == 0)
        if not grown:
            break
        sides[side] = grown
        seen[side] |= grown
    return {}


def _note(pairs: Iterable[tuple[str, str]], seen: Ids, steps: Steps, *, forward: bool) -> Ids:
    """Note the steps to things that were not seen, and return these."""
    grown: Ids = set()
    for near, far in pairs:
        if far not in seen:
            grown.add(far)
            if forward:
                steps[near].add(far)
            else:
                steps[far].add(near)
    return grown


def _leading_to(end: str, start: str, steps: Mapping[str, Ids]) -> Steps:
    """Return the steps that lie on a way from start to end, so that no walk ends blind."""
    layers = [{start}]
    while layers[-1] and end not in layers[-1]:
        layers.append({after for here in layers[-1] for after in steps.get(here, ())})
    useful, kept = {end}, {}
    for layer in reversed(layers[:-1]):
        found = {here: steps[here] & useful for here in layer if here in steps}
        kept.update({here: after for here, after in found.items() if after})
        useful = {here for here, after in found.items() if after}
    return kept


def _walk(here: str, end: str, steps: Mapping[str, list[str]]) -> Iterator[tuple[str, ...]]:
    if here == end:
        yield (end,)
        return
    for after in steps[here]:
        for rest in _walk(after, end, steps):
            yield (here, *rest)

"""Our matcher as one of the systems: refitted to a split with its calibration and thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from benchmarks.matching.peers.trial import Fitted, Learnt, Place, Split, Verdict, run
from kg.match.corpus import Example
from kg.match.fit import FitOptions
from kg.match.train import fit_model


def fit(split: Split, place: Place) -> Fitted:
    """Fit as `kg.match.evaluate.cross_validate_rows` does within a fold."""
    scenes = tuple(sorted(split.scenes))
    settings = replace(FitOptions(), dimensions=0)
    model = fit_model([_example(one) for one in split.learn], scenes, settings).model

    def judge(texts: Sequence[str]) -> list[Verdict]:
        return [
            Verdict(
                dict(zip(scenes, shares.tolist(), strict=True)), model.judge(text).off_topic
            )
            for text, shares in zip(texts, model.shares(texts), strict=True)
        ]  # fmt: skip

    return Fitted(judge)


def _example(one: Learnt) -> Example:
    return Example(
        text=one.text,
        scene=one.scene,
        also=one.also,
        kind=one.kind,
        origin=one.origin,
        enterprise=one.enterprise,
        agreement=one.agreement,
    )


if __name__ == "__main__":
    run({"ours": fit})

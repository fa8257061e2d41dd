"""The comparison as Markdown and as plain values for the chart."""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from benchmarks.matching.figures import DRAWS, LOSS, Figures, drawn, figures_of
from benchmarks.matching.results import Result
from benchmarks.matching.splits import Trial
from benchmarks.matching.systems import OURS, SYSTEMS, System
from kg.match.bootstrap import Interval
from kg.match.metrics import SEVERAL, Evaluation, Row

COMMAND = "python -m benchmarks.matching.measure --report benchmarks/matching/report.md"
NAMES = {"top1": "top-1", "lenient": "alternatives accepted", "top3": "top-3"}
RANKED_KINDS = {"need": "need", "instance": "instance name", "english": "English"}
SEVERAL_KINDS = {"multi": "two scenes", "document": "document"}
SET_UP = (
    "- Votes: of the 200 nearest texts learnt, the nearest with a scene vote for it, each as its"
    " similarity to a power; off topic is the",
    "  mean similarity to the five nearest texts without scene, less that to the five nearest"
    " with one.",
    "- Logistic regression: texts without scene are one more class; off topic are its log-odds.",
    "- Annif: jieba puts blanks between the words of texts and labels, single characters stay words"
    " (Annif's own splitting needs data",
    "  from a hub); the vocabulary is the guide's names and keywords as SKOS, to have no scene is a"
    " concept like any other; off topic is its",
    "  score less that of the best scene.",
    "- Alternatives that annotators accept are learnt as further scenes by Annif and as shares of"
    " the label by ours, not by the others.",
    "- The sentence model is asked by ONNX Runtime, but by txtai with torch.",
)
# The figures of an evaluation that need no chances, which peers do not state.
TOLD = ("n", "top1", "lenient", "top3", "mrr", "all_in_top3", "by_kind", "auroc", "auroc_length",
        "in_scope_rejected", "off_topic")  # fmt: skip
OFF_KINDS = {"department": "other departments", "sector": "other sectors", "near": "near misses",
             "noise": "noise", "everyday": "everyday"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """The results at hand and why others are not: stale, failed or never made."""

    trial: Trial
    results: Mapping[str, Result]
    missing: Mapping[str, str]

    def figures(self) -> dict[str, Figures]:
        """Return the figures of each system with a result, in the order of the systems."""
        ours = self.results.get(OURS)
        return {
            system.name: figures_of(
                self.results[system.name], ours, self.trial.cases, self.trial.queries
            )
            for system in SYSTEMS
            if system.name in self.results
        }


def plain(comparison: Comparison, figures: Mapping[str, Figures]) -> dict[str, object]:
    """Return the figures as plain JSON; `missing` names the systems without any and why."""
    return {
        "fingerprint": comparison.trial.fingerprint,
        "cases": len(comparison.trial.cases),
        "queries": len(comparison.trial.queries),
        "systems": [
            {
                "name": system.name,
                "title": system.title,
                "cases": {name: asdict(one) for name, one in figures[system.name].cases.items()},
                "gains": {name: asdict(one) for name, one in figures[system.name].gains.items()},
                "queries": _of_queries(figures[system.name].queries),
                "spent": asdict(figures[system.name].spent),
            }
            for system in SYSTEMS
            if system.name in figures
        ],
        "missing": dict(comparison.missing),
    }


def _of_queries(found: Evaluation) -> dict[str, object]:
    held = found.to_dict()
    return {name: held[name] for name in TOLD}


def report(comparison: Comparison, figures: Mapping[str, Figures]) -> str:
    """Return the report."""
    shown = [system for system in SYSTEMS if system.name in figures]
    parts = [
        _opening(comparison.trial),
        _missing(comparison.missing),
        *(
            (
                _cases(comparison.trial.cases, shown, figures),
                _gains(comparison.trial.cases, shown, figures),
                _kinds(comparison.trial.queries, shown, figures),
                _off_topic(comparison.trial.queries, shown, figures),
                _spent(comparison, shown, figures),
                _tuned(comparison, shown),
            )
            if shown
            else ()
        ),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _opening(trial: Trial) -> list[str]:
    learnt = [len(split.learn) for split in trial.splits]
    return [
        "# The matcher beside other programs",
        "",
        *(
            ["**A sample, to see that every system runs: the figures mean nothing.**", ""]
            if trial.sampled
            else []
        ),
        f"Written by `{COMMAND}`: every system learns from",
        f"the same texts ({min(learnt):,} to {max(learnt):,} in a split) and judges the same"
        " others:",
        f"{len(trial.cases)} real cases in folds by enterprise, each judged without anything of its"
        " enterprise and",
        f"without near-duplicates, and {len(trial.queries)} queries by an author whom none of them"
        " has read. Every peer has an",
        "environment of its own and no part of this project. One process, one thread;",
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}."
        f" Texts and labels: `{trial.fingerprint[:16]}`.",
    ]


def _missing(missing: Mapping[str, str]) -> list[str]:
    if not missing:
        return []
    return ["Not in the tables:", "", *(f"- {name}: {why}" for name, why in missing.items())]


Rows = Iterator[list[str]]


def _table(heads: Sequence[str], rows: Rows) -> list[str]:
    lines = [list(heads), ["---"] * len(heads), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def _cases(
    cases: Sequence[Row], shown: Sequence[System], figures: Mapping[str, Figures]
) -> list[str]:
    rows = (
        [system.title, *(_share(figures[system.name].cases[name]) for name in NAMES)]
        for system in shown
    )
    return [
        "## Real cases",
        "",
        f"n = {len(cases)} of {drawn(cases).groups} enterprises; 95 % intervals by {DRAWS:,}"
        " draws of enterprises.",
        "",
        *_table(["system", *NAMES.values()], rows),
        "",
        "![Real cases](chart.svg)",
    ]


def _gains(
    cases: Sequence[Row], shown: Sequence[System], figures: Mapping[str, Figures]
) -> list[str]:
    compared = [system for system in shown if figures[system.name].gains]
    if not compared:
        return []
    rows = (
        [system.title, *(_gain(figures[system.name].gains[name]) for name in NAMES)]
        for system in compared
    )
    return [
        f"Ours less the other, paired on the same {len(cases)} cases; bold where the interval"
        " leaves out zero:",
        "",
        *_table(["ours less", *NAMES.values()], rows),
    ]


def _kinds(
    queries: Sequence[Row], shown: Sequence[System], figures: Mapping[str, Figures]
) -> list[str]:
    size = Counter(row.kind for row in queries)
    ranked = {kind: name for kind, name in RANKED_KINDS.items() if size[kind]}
    several = {kind: name for kind, name in SEVERAL_KINDS.items() if size[kind] and kind in SEVERAL}
    heads = [f"{name} (n = {size[kind]})" for kind, name in ranked.items()]
    heads += [f"{name}, all in top-3 (n = {size[kind]})" for kind, name in several.items()]

    def rows() -> Rows:
        for system in shown:
            found = figures[system.name].queries.by_kind
            yield [
                system.title,
                *(f"{_number(found[kind].top1)} / {_number(found[kind].top3)}" for kind in ranked),
                *(_number(found[kind].all_in_top3) for kind in several),
            ]

    return ["## Queries in users' words", "", "Top-1 / top-3, and for texts of several scenes"
            " whether all of them are in the top three.", "",
            *_table(["system", *heads], rows())]  # fmt: skip


def _off_topic(
    queries: Sequence[Row], shown: Sequence[System], figures: Mapping[str, Figures]
) -> list[str]:
    first = figures[shown[0].name].queries
    kinds = {kind: name for kind, name in OFF_KINDS.items() if kind in first.off_topic_by_kind}
    if not kinds:
        return []
    heads = [f"{name} (n = {first.off_topic_by_kind[kind].n})" for kind, name in kinds.items()]
    inside = sum(row.in_scope for row in queries)

    def rows() -> Rows:
        for system in shown:
            found = figures[system.name].queries
            rejected = [found.off_topic_by_kind[kind].rejected for kind in kinds]
            yield [system.title, _number(found.auroc), *map(_number, rejected),
                   _number(found.off_topic.rejected)]  # fmt: skip

    return [
        "## Off topic",
        "",
        f"AUROC of the off-topic score, {first.off_topic.n} texts without scene against {inside}"
        f" with one (the length of the text alone: {_number(first.auroc_length)}),",
        f"and the share rejected at the threshold that loses {LOSS:.0%} of the in-scope queries."
        " The threshold is fitted on these queries,",
        "for every system alike: what a threshold fitted elsewhere would reject is not told here.",
        "",
        *_table(["system", "AUROC", *heads, f"all (n = {first.off_topic.n})"], rows()),
    ]


def _spent(
    comparison: Comparison, shown: Sequence[System], figures: Mapping[str, Figures]
) -> list[str]:
    def rows() -> Rows:
        for system in shown:
            spent, result = figures[system.name].spent, comparison.results[system.name]
            yield [
                system.title,
                f"{spent.texts_per_second:,.0f}",
                f"{spent.fit_seconds:,.0f}",
                f"{spent.peak_megabytes:,}",
                " / ".join(f"{one:.3f}" for one in result.reference_seconds),
                ", ".join(f"{name} {one}" for name, one in result.libraries.items()),
            ]

    return [
        "## Cost",
        "",
        f"Texts a second: the median of three passes over all {len(comparison.trial.queries)}"
        " queries, handed over at once; ours is asked for its shares and",
        "for its judgement and so computes its scores twice. Seconds to fit: the median of the"
        f" {len(comparison.trial.splits)} splits, with what is chosen or calibrated",
        "within them and with one pass of the sentence model over the texts learnt. The reference"
        " is SHA-256 of 100 MB on the same",
        "machine before and after the system ran: where it is slower, so was the machine.",
        "",
        *_table(["system", "texts/s", "fit, s", "peak, MB", "reference, s", "libraries"], rows()),
    ]


def _tuned(comparison: Comparison, shown: Sequence[System]) -> list[str]:
    def rows() -> Rows:
        for system in shown:
            costs = comparison.results[system.name].costs
            yield [system.title, system.tuned, _chosen([cost.chosen for cost in costs.values()])]

    return [
        "## How each was set up and tuned",
        "",
        *SET_UP,
        "",
        *_table(["system", "tuned", "chosen in the splits"], rows()),
    ]


def _chosen(chosen: Sequence[Mapping[str, object]]) -> str:
    names = list(dict.fromkeys(name for one in chosen for name in one))
    held = {name: Counter(_value(one[name]) for one in chosen if name in one) for name in names}
    return "; ".join(
        f"{name} " + ", ".join(f"{value} ({times}×)" for value, times in counted.most_common())
        for name, counted in held.items()
    )


def _value(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _share(share: Interval) -> str:
    return f"{share.value:.3f} [{share.low:.3f}, {share.high:.3f}]"


def _gain(gain: Interval) -> str:
    told = f"{gain.value:+.3f} [{gain.low:+.3f}, {gain.high:+.3f}]"
    return f"**{told}**" if gain.beyond_chance else told


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"

"""Annif: lexical matching (MLLM), label trees (Omikuji) and the two averaged.

Annif finds words between blanks, so texts and labels are cut by jieba first.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

import jieba
import numpy as np
from annif.analyzer import register_analyzer
from annif.analyzer.simple import SimpleAnalyzer
from annif.corpus import Document, SubjectSet
from annif.corpus.document import DocumentList
from annif.project import AnnifProject
from annif.registry import AnnifRegistry
from annif.vocab import VocabFileSKOS
from rdflib import RDF, SKOS, Graph, Literal, Namespace
from trial import (
    Fitted,
    Learnt,
    Place,
    Split,
    Verdict,
    accepted_share,
    held_out,
    run,
    to_choose_on,
)

SCENES = Namespace("urn:scene:")
LANGUAGE = "zh"
LABEL_OF_NONE = "无 适用 场景"
SENTENCE_ENDS = str.maketrans(dict.fromkeys("。！？!?；;", "\n"))
LIMIT = 50  # more suggestions than there are scenes
SEED = 20241028

Settings = Mapping[str, object]
MLLM: Settings = {"backend": "mllm"}
# The two kinds of trees that Annif's documentation sets Omikuji to.
TREES: Mapping[str, Settings] = {
    "parabel": {"backend": "omikuji", "min_df": 2, "cluster_balanced": True, "cluster_k": 2,
                "max_depth": 20},
    "bonsai": {"backend": "omikuji", "min_df": 2, "cluster_balanced": False, "cluster_k": 100,
               "max_depth": 3},
}  # fmt: skip
REPEATED = (False, True)  # whether a real case is learnt as often as it weighs
LEXICAL_SHARES = (0.05, 0.1, 0.2, 0.3, 0.5)  # of MLLM in the average


class Cut(SimpleAnalyzer):
    """Annif's simple analyzer for words already cut: its own splitting needs data from a hub."""

    name = "cut"

    def __init__(self, param: str | None = None, **options: str) -> None:
        self.param = param

    def tokenize_sentences(self, text: str) -> list[str]:
        """Return the sentences of a text."""
        return [part for part in text.translate(SENTENCE_ENDS).split("\n") if part.strip()]

    def tokenize_words(self, text: str, filter: bool = True) -> list[str]:
        """Return the words of a text, single characters among them."""
        return [word.lower() for word in text.split() if not filter or any(map(str.isalnum, word))]


def cut(text: str) -> str:
    """Return the words of a text between blanks."""
    return " ".join(jieba.lcut(text))


def fit_mllm(split: Split, place: Place) -> Fitted:
    """Train MLLM with the settings that Annif comes with."""
    project = _opened(split, place, {"mllm": MLLM}).get_project("mllm")
    _train(project, split.learn, repeat=False)
    return Fitted(lambda texts: _verdicts(split, project, texts))


def fit_omikuji(split: Split, place: Place) -> Fitted:
    """Train Omikuji, the kind of trees chosen on held-out groups."""
    kind, repeat = _best_trees(split, place)
    project = _opened(split, place, {"omikuji": TREES[kind]}).get_project("omikuji")
    _train(project, split.learn, repeat)
    return Fitted(
        lambda texts: _verdicts(split, project, texts), {"trees": kind, "repeated": repeat}
    )


def fit_ensemble(split: Split, place: Place) -> Fitted:
    """Train MLLM and Omikuji, averaged by weights chosen on held-out groups."""
    kind, repeat = _best_trees(split, place)
    share = _best_share(split, place, kind, repeat)
    configured = _both(kind, share)
    projects = _opened(split, place, configured)
    _train(projects.get_project("mllm"), split.learn, repeat=False)
    _train(projects.get_project("omikuji"), split.learn, repeat)
    ensemble = projects.get_project("ensemble")
    return Fitted(
        lambda texts: _verdicts(split, ensemble, texts),
        {"trees": kind, "repeated": repeat, "share of MLLM": share},
    )


def _both(kind: str, share: float) -> dict[str, Settings]:
    sources = f"mllm:{share},omikuji:{1 - share}"
    return {
        "mllm": MLLM,
        "omikuji": TREES[kind],
        "ensemble": {"backend": "ensemble", "sources": sources},
    }


def _best_trees(split: Split, place: Place) -> tuple[str, bool]:
    inner, aside = held_out(split.learn)
    learn = [split.learn[one] for one in inner]
    tests = [split.learn[one] for one in to_choose_on(split.learn, aside, split.none)]

    def accepted(kind: str, repeat: bool) -> float:
        project = _opened(split, place, {"omikuji": TREES[kind]}).get_project("omikuji")
        _train(project, learn, repeat)
        return _accepted(split, project, tests)

    return max(product(TREES, REPEATED), key=lambda one: accepted(*one))


def _best_share(split: Split, place: Place, kind: str, repeat: bool) -> float:
    inner, aside = held_out(split.learn)
    learn = [split.learn[one] for one in inner]
    tests = [split.learn[one] for one in to_choose_on(split.learn, aside, split.none)]
    shared = {f"ensemble{number}": _both(kind, share)["ensemble"]
              for number, share in enumerate(LEXICAL_SHARES)}  # fmt: skip
    projects = _opened(split, place, {"mllm": MLLM, "omikuji": TREES[kind], **shared})
    _train(projects.get_project("mllm"), learn, repeat=False)
    _train(projects.get_project("omikuji"), learn, repeat)
    right = [_accepted(split, projects.get_project(name), tests) for name in shared]
    return LEXICAL_SHARES[right.index(max(right))]


def _accepted(split: Split, project: AnnifProject, tests: Sequence[Learnt]) -> float:
    verdicts = _verdicts(split, project, [one.text for one in tests])
    firsts = [
        max(one.scores, key=lambda scene, one=one: one.scores[scene], default=None)
        for one in verdicts
    ]
    return accepted_share(tests, firsts)


_OPENED: list[AnnifRegistry] = []  # Annif tells registries apart by address: none may be reused


def _opened(split: Split, place: Place, configured: Mapping[str, Settings]) -> AnnifRegistry:
    """Return Annif projects in a folder of their own, the scenes as their vocabulary."""
    folder = Path(tempfile.mkdtemp(dir=place.kept))
    vocabulary, projects = folder / "scenes.ttl", folder / "projects.cfg"
    _vocabulary(split).serialize(vocabulary, format="turtle")
    projects.write_text("".join(_section(*one) for one in configured.items()), encoding="utf-8")
    registry = AnnifRegistry(str(projects), str(folder / "data"), init_projects=False)
    registry.get_vocab("scenes").load_vocabulary(VocabFileSKOS(str(vocabulary)))
    _OPENED.append(registry)
    return registry


def _section(name: str, settings: Settings) -> str:
    shared = {"language": LANGUAGE, "vocab": "scenes", "analyzer": Cut.name, "limit": LIMIT}
    lines = [f"{key}={value}" for key, value in {**shared, **settings}.items()]
    return "\n".join([f"[{name}]", *lines, "", ""])


def _vocabulary(split: Split) -> Graph:
    graph = Graph()
    for scene, labels in split.scenes.items():
        graph.add((SCENES[scene], RDF.type, SKOS.Concept))
        first, *others = labels.names
        graph.add((SCENES[scene], SKOS.prefLabel, Literal(cut(first), LANGUAGE)))
        for label in (*others, *labels.keywords):
            graph.add((SCENES[scene], SKOS.altLabel, Literal(cut(label), LANGUAGE)))
    graph.add((SCENES[split.none], RDF.type, SKOS.Concept))
    graph.add((SCENES[split.none], SKOS.prefLabel, Literal(LABEL_OF_NONE, LANGUAGE)))
    return graph


def _train(project: AnnifProject, learn: Sequence[Learnt], repeat: bool) -> None:
    np.random.seed(SEED)
    project.train(DocumentList(list(_documents(project, learn, repeat))), jobs=1)


def _documents(project: AnnifProject, learn: Sequence[Learnt], repeat: bool) -> Iterator[Document]:
    for one in learn:
        subjects = {project.subjects.by_uri(str(SCENES[scene])) for scene in one.accepted}
        document = Document(text=cut(one.text), subject_set=SubjectSet(subjects))
        yield from [document] * (round(one.weight) if repeat else 1)


def _verdicts(split: Split, project: AnnifProject, texts: Sequence[str]) -> list[Verdict]:
    scenes = {place: subject.uri.removeprefix(SCENES) for place, subject in project.subjects.active}
    suggested = project.suggest_corpus(DocumentList([Document(text=cut(text)) for text in texts]))
    said = []
    for result in suggested:
        scores = {scenes[place]: score for place, score in result}
        without = scores.pop(split.none, 0.0)
        said.append(Verdict(scores, without - max(scores.values(), default=0.0)))
    return said


if __name__ == "__main__":
    jieba.setLogLevel(logging.WARNING)
    logging.getLogger("annif").setLevel(logging.WARNING)
    register_analyzer(Cut)
    run({"annif-mllm": fit_mllm, "annif-omikuji": fit_omikuji, "annif-ensemble": fit_ensemble})

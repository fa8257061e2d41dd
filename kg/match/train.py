"""Training: corpus in, a checked model folder out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.encoder.protocol import Encoder
from kg.match.artifact import Manifest, save_model
from kg.match.calibration import fit_calibration
from kg.match.corpus import Example, fingerprint, load_corpus
from kg.match.fit import FitOptions, fit_classifier, scorer_of
from kg.match.folds import FOLDS, OutOfFold, Progress, out_of_fold, unheard
from kg.match.fusion import Vectorised, add_out_of_fold, fit_sentence_head
from kg.match.labelled import row_of
from kg.match.metrics import evaluate_judgements
from kg.match.model import Model
from ontology.guide import Guide


@dataclass(frozen=True, slots=True)
class Work:
    """How a fit is gone about: processes side by side, who hears of it, a sentence model to add."""

    jobs: int = 1
    progress: Progress = unheard
    encoder: Encoder | None = None


@dataclass(frozen=True, slots=True)
class Training:
    """A model with the out-of-fold scores its calibration was fitted to."""

    model: Model
    held_out: OutOfFold


def train(
    guide: Guide,
    folder: Path,
    examples: Sequence[Example] | None = None,
    options: FitOptions | None = None,
    work: Work = Work(),
) -> Manifest:
    """Train on the corpus (or the examples given) and write the model to the folder.

    A sentence model, where one is given, gets the share in the scores that helps most out of fold.
    """
    learnt = tuple(load_corpus(guide) if examples is None else examples)
    scenes = tuple(sorted(scene.id for scene in guide.scenes))
    vectorised = vectors_for(work, learnt)
    training = fit_model(learnt, scenes, options or FitOptions(), work, vectorised)
    figures = {"out_of_fold": figures_of(training)}
    work.progress("writing")
    return save_model(
        training.model, folder, edition=guide.edition, training=fingerprint(learnt), figures=figures
    )


def vectors_for(work: Work, examples: Sequence[Example]) -> Vectorised | None:
    """Return the examples' vectors of the sentence model to add, where there is one."""
    if work.encoder is None:
        return None
    return Vectorised.of(work.encoder, [example.text for example in examples], work.progress)


def fit_model(
    examples: Sequence[Example],
    scenes: Sequence[str],
    options: FitOptions,
    work: Work = Work(),
    vectorised: Vectorised | None = None,
) -> Training:
    """Fit the calibration out of fold, in so many processes, and the classifier to everything.

    `vectorised` holds the vectors of a sentence model for all texts of the examples.
    """
    held_out = out_of_fold(examples, scorer_of(scenes, options), FOLDS, work.jobs, work.progress)
    head = None
    if vectorised:
        held_out, share = add_out_of_fold(
            held_out, examples, scenes, options, vectorised, work.progress
        )
        if share:
            fitted = fit_sentence_head(examples, scenes, options, vectorised)
            head = replace(fitted, share=share)
    calibration = fit_calibration(held_out.scores, held_out.examples, scenes)
    work.progress(f"fitting to all {len(examples)} texts")
    classifier = fit_classifier(examples, scenes, options)
    return Training(Model(classifier, calibration, head), held_out)


def figures_of(training: Training) -> dict[str, object]:
    """Return the figures of the out-of-fold scores, to which the thresholds were fitted as well."""
    rows, judgements = [], []
    for place, example in enumerate(training.held_out.examples):
        rows.append(row_of(example, str(place)))
        judgements.append(
            training.model.judge_scores(example.text, training.held_out.scores[place], known=1)
        )
    return evaluate_judgements(rows, judgements).to_dict()

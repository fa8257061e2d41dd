"""Training: corpus in, a checked model folder out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.match.artifact import Manifest, save_model
from kg.match.calibration import fit_calibration
from kg.match.corpus import Example, fingerprint, load_corpus
from kg.match.fit import FitOptions, fit_classifier, scorer_of
from kg.match.folds import FOLDS, OutOfFold, Progress, out_of_fold, unheard
from kg.match.labelled import row_of
from kg.match.metrics import evaluate_judgements
from kg.match.model import Model
from ontology.guide import Guide


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
    jobs: int = 1,
    progress: Progress = unheard,
) -> Manifest:
    """Train on the corpus (or the examples given) and write the model to the folder."""
    learnt = tuple(load_corpus(guide) if examples is None else examples)
    scenes = tuple(sorted(scene.id for scene in guide.scenes))
    training = fit_model(learnt, scenes, options or FitOptions(), jobs, progress)
    figures = {"out_of_fold": figures_of(training)}
    progress("writing")
    return save_model(
        training.model, folder, edition=guide.edition, training=fingerprint(learnt), figures=figures
    )


def fit_model(
    examples: Sequence[Example],
    scenes: Sequence[str],
    options: FitOptions,
    jobs: int = 1,
    progress: Progress = unheard,
) -> Training:
    """Fit the calibration out of fold, in so many processes, and the classifier to everything."""
    held_out = out_of_fold(examples, scorer_of(scenes, options), FOLDS, jobs, progress)
    calibration = fit_calibration(held_out.scores, held_out.examples, scenes)
    progress(f"fitting to all {len(examples)} texts")
    return Training(Model(fit_classifier(examples, scenes, options), calibration), held_out)


def figures_of(training: Training) -> dict[str, object]:
    """Return the figures of the out-of-fold scores, to which the thresholds were fitted as well."""
    rows, judgements = [], []
    for place, example in enumerate(training.held_out.examples):
        rows.append(row_of(example, str(place)))
        judgements.append(
            training.model.judge_scores(example.text, training.held_out.scores[place], known=1)
        )
    return evaluate_judgements(rows, judgements).to_dict()

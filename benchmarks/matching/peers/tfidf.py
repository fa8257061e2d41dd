"""TF-IDF of character 1-3-grams and multinomial logistic regression with a class for no scene."""

from __future__ import annotations

from collections.abc import Sequence

from heads import fit_head, verdicts
from sklearn.feature_extraction.text import TfidfVectorizer
from trial import Fitted, Place, Split, Verdict, run

LEAST_TEXTS = 2


def fit(split: Split, place: Place) -> Fitted:
    """Fit the regression to all texts, not tuned but with the strength and weights of ours."""
    vectoriser = TfidfVectorizer(
        analyzer="char", ngram_range=(1, 3), min_df=LEAST_TEXTS, sublinear_tf=True
    )
    learnt = vectoriser.fit_transform([one.text for one in split.learn])
    head = fit_head(learnt, split.learn, split.strength)

    def judge(texts: Sequence[str]) -> list[Verdict]:
        return verdicts(head, vectoriser.transform(texts), split.none)

    return Fitted(judge)


if __name__ == "__main__":
    run({"tfidf": fit})

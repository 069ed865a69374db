"""Fits the coefficients of `nlp.weighing` to labelled notes and their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from nlp.evidence import LEANING_NAMES, Evidence
from nlp.findings import kind_balance, strongest
from nlp.second_reader import Label
from nlp.training.data import CHOICES, SETS, Note

Judged = tuple[Note, Evidence]
Array = NDArray[np.float64]

CUE_NAMES = ("cues", "has_cue")  # what speaks for a key that the second reader does not know
RIDGE = 0.02
THRESHOLDS = np.arange(0.15, 0.65, 0.01)


def fit_weighing(notes: Sequence[Judged], labels: Sequence[Label]) -> dict[str, dict[str, Any]]:
    """Return all coefficients in the form of `models/weighing.json`."""
    sets = {about: [key for of, key in labels if of == about] for about in SETS}
    return {
        part: {
            **{about: _fit_choice(notes, about, keys, names) for about, keys in CHOICES.items()},
            **{about: _fit_set(notes, about, keys, names) for about, keys in sets.items()},
            "kind": _fit_kind(notes),
        }
        for part, names in (("with_opinion", LEANING_NAMES), ("cues_alone", CUE_NAMES))
    }


def _fit_set(notes: Sequence[Judged], about: str, keys: Sequence[str], names: Sequence[str]) -> dict[str, Any]:
    """Logistic regression over all pairs of note and key; the threshold is that of the best F1."""
    field = f"{about}s"
    rows = [[*_leaning(e, about, key, names), np.log1p(e.pieces)] for _, e in notes for key in keys]
    truth = np.array([key in {entry[about] for entry in note.row[field]} for note, _ in notes for key in keys])
    model = LogisticRegression(C=1.0, max_iter=1000).fit(np.array(rows), truth)
    likely = model.predict_proba(np.array(rows))[:, 1]
    best = max(THRESHOLDS, key=lambda threshold: _f1(likely >= threshold, truth))
    *coefficients, per_length = (float(value) for value in model.coef_[0])
    return _weights(names, coefficients, float(model.intercept_[0]), per_length, threshold=float(best))


def _fit_choice(notes: Sequence[Judged], about: str, keys: Sequence[str], names: Sequence[str]) -> dict[str, Any]:
    """Conditional logit with a prior for each key (none for styles: they are as likely as one another)."""
    options = [np.array([_leaning(e, about, key, names) for key in keys]) for _, e in notes]
    lengths = np.array([np.log1p(e.pieces) for _, e in notes])
    truth = [keys.index(note.row[about]) if note.row[about] in keys else len(keys) for note, _ in notes]
    many, priors = len(names), 0 if about == "style" else len(keys)

    def loss(theta: Array) -> float:
        prior = theta[many + 2 :] if priors else np.zeros(len(keys))
        total = RIDGE * float(theta @ theta) * len(notes)
        for option, length, right in zip(options, lengths, truth, strict=True):
            scores = np.append(option @ theta[:many] + prior, theta[many] + theta[many + 1] * length)
            total += float(np.logaddexp.reduce(scores) - scores[right])
        return total / len(notes)

    theta = minimize(loss, np.zeros(many + 2 + priors), method="L-BFGS-B").x
    prior = {key: float(value) for key, value in zip(keys, theta[many + 2 :], strict=False)}
    return _weights(names, theta[:many], float(theta[many]), float(theta[many + 1]), prior=prior)


def _fit_kind(notes: Sequence[Judged]) -> dict[str, Any]:
    """How far the second reader's log-odds of a want move the balance of marks at which a need is a want."""
    rows, truth = [], []
    for note, evidence in notes:
        for entry in note.row["needs"]:
            shown = strongest(evidence, "need", entry["need"])
            rows.append([kind_balance(shown, evidence), evidence.opinion_at("kind", "want", shown)])
            truth.append(entry["kind"] == "want")
    model = LogisticRegression(C=1.0).fit(np.array(rows), np.array(truth))
    balance, opinion = (float(value) for value in model.coef_[0])
    slope = -min(balance, -0.05)
    return _weights(["best"], [opinion / slope], float(model.intercept_[0]) / slope, 0.0)


def _leaning(evidence: Evidence, about: str, key: str, names: Sequence[str]) -> list[float]:
    leaning = evidence.leaning(about, key)
    return [getattr(leaning, name) for name in names]


def _f1(found: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    return 2 * float((found & truth).sum()) / max(1.0, float(found.sum() + truth.sum()))


def _weights(
    names: Sequence[str],
    values: Sequence[float] | Array,
    constant: float,
    per_length: float,
    *,
    prior: dict[str, float] | None = None,
    threshold: float = 0.5,
) -> dict[str, Any]:
    known = {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}
    return {
        "of_evidence": {name: known.get(name, 0.0) for name in LEANING_NAMES},
        "constant": round(constant, 4),
        "per_length": round(per_length, 4),
        "prior": {key: round(value, 4) for key, value in (prior or {}).items()},
        "threshold": round(threshold, 4),
    }

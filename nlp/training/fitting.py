"""Fits the second reader's linear models: logistic regression with a ridge, by label."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from nlp.linear_model import Array, LinearModel
from nlp.second_reader import Label
from nlp.training.corpus import Corpus, Rows
from nlp.training.data import CHOICES

Truth = NDArray[np.bool_]

BY_WORDS = 10.0  # inverse strength of the ridge
BY_VECTOR = 3.0
BY_NOTE = 3.0
BY_NOTE_CHOICE = 5.0
ITERATIONS = 150
SHARE = 0.65  # of the log-odds by words, and of those by vectors, that the two together are worth
SMALLEST_WEIGHT = 0.05  # a feature that never says more is left out
# How much a piece of a note says beside a line. A note's style holds for the whole note, so for no piece for certain.
PIECE_WEIGHT = {"style": 0.3, "lifecycle": 0.3, "need": 2.0, "objection": 2.0, "kind": 2.0}


def fit_pieces(corpus: Corpus, labels: Sequence[Label], notes: Sequence[int]) -> LinearModel:
    """Fit the model of pieces on all lines and the pieces of some notes."""
    rows = corpus.pieces
    weight = np.array([_weights(corpus, label, notes) for label in labels], dtype=np.float32).T
    truth = np.array([rows.truth(label) for label in labels]).T
    by_words = [_fit_words(rows, truth[:, column], weight[:, column]) for column in range(len(labels))]
    by_vector, bias = _fit_vectors(rows.vectors, truth, weight)
    return _model(
        rows,
        SHARE * np.vstack([model.coef_[0] for model in by_words]).T,
        SHARE * by_vector,
        SHARE * (bias + np.array([model.intercept_[0] for model in by_words])),
    )


def fit_notes(corpus: Corpus, labels: Sequence[Label], notes: Sequence[int]) -> LinearModel:
    """Fit the model of whole notes: where one of a few keys holds, against none of them; else each key by itself."""
    rows = corpus.notes
    matrix = hstack([rows.matrix, csr_matrix(rows.vectors)]).tocsr()[list(notes)]
    truth = {label: rows.truth(label)[list(notes)] for label in labels}
    fitted: dict[Label, tuple[NDArray[np.float64], float]] = {}
    for about, keys in CHOICES.items():
        fitted |= _fit_choice(matrix, about, keys, truth)
    for label in labels:
        if label not in fitted:
            model = LogisticRegression(C=BY_NOTE, solver="liblinear", random_state=0).fit(matrix, truth[label])
            fitted[label] = model.coef_[0], float(model.intercept_[0])
    weights = np.array([fitted[label][0] for label in labels]).T
    features = len(rows.buckets)
    return _model(rows, weights[:features], weights[features:], np.array([fitted[label][1] for label in labels]))


def _weights(corpus: Corpus, label: Label, notes: Sequence[int]) -> list[float]:
    """Return how much each line and piece counts for a label; a line only for what it is about."""
    about = label[0]
    told_by = "need" if about == "kind" else about
    chosen = set(notes)
    lines = [float(of == told_by) for of in corpus.about]
    return lines + [PIECE_WEIGHT[about] if note in chosen else 0.0 for note in corpus.note_of]


def _fit_words(rows: Rows, truth: Truth, weight: Array) -> LogisticRegression:
    used = np.flatnonzero(weight)
    model = LogisticRegression(C=BY_WORDS, max_iter=200, solver="liblinear", random_state=0)
    return model.fit(rows.matrix[used], truth[used], sample_weight=weight[used])


def _fit_vectors(vectors: Array, truth: Truth, weight: Array) -> tuple[Array, Array]:
    """Fit all labels at once by L-BFGS; return weights of shape (length, labels) and biases."""
    length, many = vectors.shape[1], truth.shape[1]
    sign = np.where(truth, 1.0, -1.0).astype(np.float32)

    def loss(theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, bias = np.split(theta.reshape(length + 1, many).astype(np.float32), [length])
        margin = sign * (vectors @ weights + bias)
        wrong = -BY_VECTOR * weight * sign / (1.0 + np.exp(np.clip(margin, -30.0, 30.0)))
        whole = BY_VECTOR * float((weight * np.logaddexp(0.0, -margin)).sum()) + 0.5 * float((weights**2).sum())
        gradient = np.vstack([vectors.T @ wrong + weights, wrong.sum(axis=0)])
        return whole, gradient.ravel().astype(np.float64)

    start = np.zeros((length + 1) * many)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})
    weights, bias = np.split(found.x.reshape(length + 1, many).astype(np.float32), [length])
    return weights, bias[0]


def _fit_choice(
    matrix: csr_matrix, about: str, keys: Sequence[str], truth: dict[Label, Truth]
) -> dict[Label, tuple[NDArray[np.float64], float]]:
    """Fit a multinomial model whose last outcome is that none of the keys holds; return log-odds against that."""
    holds = np.array([truth[about, key] for key in keys])
    outcome = np.where(holds.any(axis=0), holds.argmax(axis=0), len(keys))
    model = LogisticRegression(C=BY_NOTE_CHOICE, max_iter=300).fit(matrix, outcome)
    return {
        (about, key): (model.coef_[row] - model.coef_[-1], float(model.intercept_[row] - model.intercept_[-1]))
        for row, key in enumerate(keys)
    }


def _model(
    rows: Rows, weights: NDArray[np.float64], by_vector: NDArray[np.float64] | Array, bias: NDArray[np.float64]
) -> LinearModel:
    said = np.abs(weights).max(axis=1) >= SMALLEST_WEIGHT
    return LinearModel.rounded(
        rows.buckets[said], weights[said].astype(np.float32), by_vector.astype(np.float32), bias.astype(np.float32)
    )

"""Log-odds of labels from the features and the vector of a text: one logistic regression a label.

Bishop, Pattern Recognition and Machine Learning, 2006, 4.3.2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.features import Features

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """A trained model. Nothing in it changes, so threads may share it."""

    buckets: NDArray[np.int64]  # of the features that say something, in ascending order
    weights: NDArray[np.int8]  # shape (buckets, labels), times `scale`
    scale: Array  # shape (labels,)
    by_vector: Array  # shape (length of a vector, labels)
    bias: Array  # shape (labels,)

    @classmethod
    def rounded(cls, buckets: NDArray[np.int64], weights: Array, by_vector: Array, bias: Array) -> LinearModel:
        """Return a model with its weights of features rounded to eight bits a label."""
        scale = (np.abs(weights).max(axis=0, initial=0.0) / 127.0 + 1e-9).astype(np.float32)
        return cls(buckets, np.round(weights / scale).astype(np.int8), scale, by_vector, bias)

    def log_odds(self, features: Features, vector: Array) -> Array:
        """Return a number for each label. `vector` is scaled as in training."""
        rows, values = self._rows(features)
        return values @ self.weights[rows] * self.scale + vector @ self.by_vector + self.bias

    def weight(self, features: Features, label: int) -> float:
        """Return how much some features alone say for a label, as a log-odds."""
        rows, values = self._rows(features)
        return float(values @ self.weights[rows, label] * self.scale[label])

    def _rows(self, features: Features) -> tuple[NDArray[np.intp], Array]:
        rows = np.searchsorted(self.buckets, features.buckets)
        known = rows < len(self.buckets)
        known[known] = self.buckets[rows[known]] == features.buckets[known]
        return rows[known], features.values[known]

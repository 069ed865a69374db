"""A second opinion beside the cues: a small linear model of our own, trained on labelled lines and notes.

It judges a note piece by piece (`nlp.units`) by the words, word pairs and letter groups in it, one logistic
regression a label (Bishop, Pattern Recognition and Machine Learning, 2006, 4.3.2) over hashed features (Weinberger et
al., "Feature hashing for large scale multitask learning", ICML 2009). `python -m nlp.training.train` makes the model
from the data in `nlp/training`; it says what it judged by, and it never speaks of a label that a playbook lacks.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.forms import Forms
from nlp.phrases import normal_form
from nlp.units import SHORTEST, find_units
from nlp.words import Words

MODEL = Path(__file__).parent / "models" / "second_reader.npz"
BUCKETS = 1 << 18
SCALE = 2.0  # length of a piece's feature vector
LETTERS = (3, 4, 5)  # lengths of letter groups

Label = tuple[str, str]  # about ("need") and key ("price")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model thinks of one piece of a note."""

    first: int  # words, half-open
    last: int
    log_odds: NDArray[np.float32]  # one a label, in the order of `SecondReader.labels`


class SecondReader:
    """A trained model. Reading changes nothing in it, so threads may share it."""

    def __init__(
        self,
        labels: tuple[Label, ...],
        languages: tuple[str, ...],
        buckets: NDArray[np.int32],
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
    ) -> None:
        """`languages` are those it was trained in; `weights` has shape (buckets, labels), `bias` (labels,)."""
        self.labels = labels
        self.languages = languages
        self.row = {int(bucket): row for row, bucket in enumerate(buckets)}
        self.weights = weights
        self.bias = bias

    def judge(self, words: Words, forms: Forms) -> list[Opinion]:
        """Return an opinion on every piece of a note that is long enough to have one."""
        return [
            Opinion(first, last, self._log_odds(features(words, forms, first, last)))
            for first, last in find_units(words)
            if last - first >= SHORTEST
        ]

    def telling_words(self, words: Words, forms: Forms, opinion: Opinion, label: int, *, most: int = 3) -> list[str]:
        """Return the words of a piece that spoke most for a label, most telling first."""
        telling: list[tuple[float, str]] = []
        for index in range(opinion.first, opinion.last):
            found = Counter(_of_word(words, forms, index, opinion.first))
            weight = sum(
                self.weights[row][label] for name in found if (row := self.row.get(bucket_of(name))) is not None
            )
            telling.append((float(weight), words.text[words.start[index] : words.end[index]]))
        best = sorted((item for item in telling if item[0] > 0), key=lambda item: -item[0])
        return [word for _, word in best[:most]]

    def _log_odds(self, found: Mapping[str, float]) -> NDArray[np.float32]:
        rows, values = [], []
        for name, value in found.items():
            if (row := self.row.get(bucket_of(name))) is not None:
                rows.append(row)
                values.append(value)
        if not rows:
            return self.bias
        return np.asarray(values, dtype=np.float32) @ self.weights[rows] + self.bias


def features(words: Words, forms: Forms, first: int, last: int) -> dict[str, float]:
    """Return the features of the words `first` up to `last`, weighed by 1 + log(count), of length `SCALE`."""
    counts = Counter(name for index in range(first, last) for name in _of_word(words, forms, index, first))
    counts["quoted"] += any(words.quoted[first:last])
    weighed = {name: 1.0 + float(np.log(count)) for name, count in counts.items() if count}
    length = float(np.sqrt(sum(value * value for value in weighed.values()))) or 1.0
    return {name: SCALE * value / length for name, value in weighed.items()}


def bucket_of(name: str) -> int:
    """Return the number that a feature is kept under."""
    return zlib.crc32(name.encode()) % BUCKETS


def _of_word(words: Words, forms: Forms, index: int, first: int) -> Iterator[str]:
    """Yield the features of one word: itself, its lemma, its neighbours before it, its letter groups."""
    surface, lemma, letters = _shape(words.lower[index], forms)
    yield surface
    yield f"l:{lemma}"
    yield f"b:{_shape(words.lower[index - 1], forms)[1] if index > first else '^'} {lemma}"
    if index - first >= 2:
        yield f"s:{_shape(words.lower[index - 2], forms)[1]} _ {lemma}"
    yield from letters


def _shape(lower: str, forms: Forms) -> tuple[str, str, tuple[str, ...]]:
    return _cached_shape(lower, forms.lemmas(lower)[0] if not lower[0].isdigit() else "")


@lru_cache(maxsize=20_000)
def _cached_shape(lower: str, lemma: str) -> tuple[str, str, tuple[str, ...]]:
    normal = normal_form(lower)
    if normal[:1].isdigit():
        size = f"#{min(len(normal), 4)}"  # a number matters by its size, not by its digits
        return f"w:{size}", size, ()
    framed = f"<{normal}>"
    groups = (f"c:{framed[at : at + n]}" for n in LETTERS for at in range(len(framed) - n + 1))
    return f"w:{normal}", lemma, tuple(groups) if len(normal) > 3 else ()


def load(path: Path = MODEL) -> SecondReader:
    """Load a trained model. Raises FileNotFoundError where there is none."""
    with np.load(path, allow_pickle=False) as stored:
        labels = tuple((about, key) for about, key in json.loads(str(stored["labels"])))
        weights = stored["weights"].astype(np.float32) * stored["scale"].astype(np.float32)
        languages = tuple(json.loads(str(stored["languages"])))
        return SecondReader(labels, languages, stored["buckets"], weights, stored["bias"].astype(np.float32))


def save(path: Path, reader: SecondReader) -> None:
    """Store a model, its weights rounded to eight bits a label."""
    scale = np.abs(reader.weights).max(axis=0) / 127.0 + 1e-9
    np.savez_compressed(
        path,
        labels=np.array(json.dumps(reader.labels)),
        languages=np.array(json.dumps(reader.languages)),
        buckets=np.fromiter(reader.row, dtype=np.int32),
        weights=np.round(reader.weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=reader.bias.astype(np.float32),
    )

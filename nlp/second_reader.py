"""A second opinion beside the cues: small linear models of our own, trained on labelled lines and notes.

One judges a note piece by piece (`nlp.units`), one as a whole, both by the words, word pairs and letter groups in it
(`nlp.features`) and by what an encoder makes of its meaning (`nlp.encoder`). `make train` makes the models from the
data in `nlp/training`. The second reader says what it judged by, and never speaks of a label that a playbook lacks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from nlp.encoder import encode
from nlp.features import SCALE_OF_NOTE, SCALE_OF_PIECE, features_of_note, features_of_piece, features_of_words
from nlp.forms import Forms
from nlp.linear_model import Array, LinearModel
from nlp.units import SHORTEST, find_units
from nlp.words import Words

MODEL = Path(__file__).parent / "models" / "second_reader.npz"

ANY = "*"  # stands for any key: a piece that carries some need, some objection

Label = tuple[str, str]  # about ("need") and key ("price")


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """What the model thinks of one piece of a note."""

    first: int  # words, half-open
    last: int
    log_odds: Array  # one a label, in the order of `SecondReader.labels`


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What the models think of a note."""

    pieces: tuple[Opinion, ...] = ()  # of those that are long enough to judge
    whole: Array | None = None  # log-odds, in the order of `SecondReader.whole_labels`; None for a note without words


@dataclass(frozen=True, slots=True, eq=False)
class SecondReader:
    """Both models. Reading changes nothing in them, so threads may share them."""

    languages: tuple[str, ...]  # that they were trained in
    labels: tuple[Label, ...]
    pieces: LinearModel
    whole_labels: tuple[Label, ...]
    whole: LinearModel

    def judge(self, words: Words, forms: Forms) -> Judgement:
        """Return an opinion on a note and on every piece of it that is long enough to have one."""
        units = find_units(words)
        if not units:
            return Judgement()
        found = [features_of_piece(words, forms, first, last) for first, last in units]
        vectors = encode([text_of(words, first, last) for first, last in units])
        opinions = (
            Opinion(first, last, self.pieces.log_odds(features, SCALE_OF_PIECE * vector))
            for (first, last), features, vector in zip(units, found, vectors, strict=True)
            if last - first >= SHORTEST
        )
        whole = self.whole.log_odds(features_of_note(found), vector_of_note(vectors))
        return Judgement(tuple(opinions), whole)

    def telling_words(
        self, words: Words, forms: Forms, first: int, last: int, label: int, *, most: int = 3
    ) -> list[str]:
        """Return the words of the piece `first` up to `last` that spoke most for a label, most telling first."""
        telling = (
            (
                self.pieces.weight(features_of_words(words, forms, [index], first), label),
                text_of(words, index, index + 1),
            )
            for index in range(first, last)
        )
        best = sorted((item for item in telling if item[0] > 0), key=lambda item: -item[0])
        return [word for _, word in best[:most]]


def text_of(words: Words, first: int, last: int) -> str:
    """Return the text from the word `first` up to the word `last`."""
    start, end = words.slice(first, last)
    return words.text[start:end]


def vector_of_note(vectors: Array) -> Array:
    """Return the mean direction of the vectors of a note's pieces, of length SCALE_OF_NOTE."""
    mean = vectors.sum(axis=0)
    scaled: Array = SCALE_OF_NOTE * mean / max(float(np.linalg.norm(mean)), 1e-9)
    return scaled


def load(path: Path = MODEL) -> SecondReader:
    """Load trained models. Raises FileNotFoundError where there are none."""
    with np.load(path, allow_pickle=False) as stored:
        languages, labels, whole_labels = json.loads(str(stored["about"]))
        models = {
            name: LinearModel(**{field.name: stored[f"{name}.{field.name}"] for field in fields(LinearModel)})
            for name in ("pieces", "whole")
        }
    return SecondReader(tuple(languages), _labels(labels), models["pieces"], _labels(whole_labels), models["whole"])


def save(path: Path, reader: SecondReader) -> None:
    """Store the models."""
    arrays = {
        f"{name}.{field.name}": getattr(model, field.name)
        for name, model in (("pieces", reader.pieces), ("whole", reader.whole))
        for field in fields(LinearModel)
    }
    about = json.dumps([reader.languages, reader.labels, reader.whole_labels])
    np.savez_compressed(path, allow_pickle=False, about=np.array(about), **arrays)


def _labels(stored: Iterable[Iterable[str]]) -> tuple[Label, ...]:
    return tuple((about, key) for about, key in stored)

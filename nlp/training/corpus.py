"""Lines, notes and their pieces as rows that models learn from: features, vectors and labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from nlp.cues import CueBank
from nlp.encoder import encode
from nlp.evidence import Evidence
from nlp.features import (
    BUCKETS,
    SCALE_OF_PIECE,
    Features,
    features_of_note,
    features_of_piece,
)
from nlp.forms import Forms
from nlp.language import languages
from nlp.linear_model import Array
from nlp.pipeline import make_pipeline
from nlp.second_reader import ANY, Label, SecondReader, text_of, vector_of_note
from nlp.training.data import CHOICES, SETS, Line, Note
from nlp.units import find_units
from nlp.words import Words

LEAST_ROWS = 2  # a feature must stand in so many texts


class Texts:
    """Words and cues of texts, by language."""

    def __init__(self, bank: CueBank) -> None:
        self.forms = {language: Forms(language) for language in languages()}
        self._pipelines = {language: make_pipeline(bank, language) for language in languages()}

    def words(self, text: str, language: str) -> Words:
        """Return the words of a text."""
        words: Words = self._pipelines[language](text).user_data["words"]
        return words

    def evidence(self, note: Note, second: SecondReader) -> Evidence:
        """Return the evidence in a note."""
        doc = self._pipelines[note.language](note.text)
        return Evidence(doc.user_data["words"], doc.user_data["votes"], second, self.forms[note.language])


class Rows:
    """Texts of one sort, one a row: a sparse matrix of features, an array of vectors, and a set of labels each."""

    def __init__(self, features: Sequence[Features], vectors: Array, labels: Sequence[set[Label]]) -> None:
        everything = _matrix(features)
        often = np.asarray((everything > 0).sum(axis=0)).ravel() >= LEAST_ROWS
        self.buckets: NDArray[np.int64] = np.flatnonzero(often)
        self.matrix = everything[:, self.buckets]
        self.vectors = vectors
        self.labels = labels

    def truth(self, label: Label) -> NDArray[np.bool_]:
        """Say of each row whether it has a label."""
        return np.array([label in of_row for of_row in self.labels])


class Corpus:
    """All lines and the pieces of all notes as rows, and all notes as rows of their own."""

    def __init__(self, texts: Texts, lines: Sequence[Line], notes: Sequence[Note]) -> None:
        self.languages = tuple(sorted({line.language for line in lines}))
        self.about = [line.about for line in lines]
        features = [_features_of_line(texts, line) for line in lines]
        labels = [_labels_of_line(line) for line in lines]
        said = [line.text for line in lines]
        self.note_of: list[int] = []  # of the pieces, which come after the lines
        for number, note in enumerate(notes):
            words = texts.words(note.text, note.language)
            for first, last in find_units(words):
                features.append(features_of_piece(words, texts.forms[note.language], first, last))
                labels.append(_labels_of_piece(note, *words.slice(first, last)))
                said.append(text_of(words, first, last))
                self.note_of.append(number)
        vectors = encode(said)
        self.pieces = Rows(features, SCALE_OF_PIECE * vectors, labels)
        self.notes = self._whole_notes(notes, features[len(lines) :], vectors[len(lines) :])

    def _whole_notes(self, notes: Sequence[Note], features: Sequence[Features], vectors: Array) -> Rows:
        bounds = np.searchsorted(self.note_of, np.arange(len(notes) + 1))
        parts = [slice(bounds[number], bounds[number + 1]) for number in range(len(notes))]
        return Rows(
            [features_of_note(features[part]) for part in parts],
            np.array([vector_of_note(vectors[part]) for part in parts], dtype=np.float32),
            [_labels_of_note(note) for note in notes],
        )


def _labels_of_line(line: Line) -> set[Label]:
    found = {(line.about, line.label)}
    if line.kind == "want":
        found.add(("kind", "want"))
    return found | _any_of(found) if line.label != "none" else found


def _labels_of_piece(note: Note, start: int, end: int) -> set[Label]:
    found = note.labels_of(start, end)
    return found | _any_of(found) | _choices_of(note)


def _labels_of_note(note: Note) -> set[Label]:
    said = {(about, entry[about]) for about in SETS for entry in note.row[f"{about}s"]}
    return said | _choices_of(note)


def _choices_of(note: Note) -> set[Label]:
    return {(about, note.row[about]) for about, keys in CHOICES.items() if note.row[about] in keys}


def _any_of(labels: Iterable[Label]) -> set[Label]:
    return {(about, ANY) for about, _ in labels if about in SETS}


def _features_of_line(texts: Texts, line: Line) -> Features:
    words = texts.words(line.text, line.language)
    return features_of_piece(words, texts.forms[line.language], 0, len(words))


def _matrix(rows: Sequence[Features]) -> csr_matrix:
    starts = np.cumsum([0, *(len(row.buckets) for row in rows)])
    buckets = np.concatenate([row.buckets for row in rows])
    values = np.concatenate([row.values for row in rows])
    return csr_matrix((values, buckets, starts), shape=(len(rows), BUCKETS), dtype=np.float32)

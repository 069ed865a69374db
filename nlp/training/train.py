"""Train the second reader and learn how much each sort of evidence says: `make train`.

Three steps, all from the files beside this one and the cues of a playbook, each the same at every run:

1. Opinions on notes that were not learnt from: the second reader is trained on four fifths of the notes (and all
   lines) and judges the last fifth, five times.
2. With those honest opinions and the cues, the coefficients of `nlp.weighing` are fitted; only notes that the cues'
   authors never saw take part, so that cues are not trusted more than they deserve.
3. The second reader is trained once more on everything, and both are written to `nlp/models` with a manifest of the
   data's hashes.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from nlp.cues import CueBank
from nlp.evidence import Evidence
from nlp.forms import Forms
from nlp.language import languages
from nlp.pipeline import make_pipeline
from nlp.reading import LIFECYCLES, STYLES
from nlp.second_reader import BUCKETS, MODEL, Label, SecondReader, bucket_of, features, save
from nlp.training.coefficients import fit_weighing
from nlp.training.data import FOLDER, Line, Note, files, read_lines, read_notes
from nlp.units import find_units
from nlp.weighing import MODEL as WEIGHING
from nlp.words import Words

FOLDS = 5
INVERSE_RIDGE = 10.0
LEAST_ROWS = 2  # a feature must stand in so many lines or pieces
SMALLEST_WEIGHT = 0.05  # a feature that never says more is left out
# How much a piece of a note says beside a line. A note's style holds for the whole note, so for no piece for certain.
PIECE_WEIGHT = {"style": 0.3, "lifecycle": 0.3, "need": 2.0, "objection": 2.0, "kind": 2.0}


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


class Corpus:
    """All lines, then all pieces of notes, as rows of a sparse matrix with their labels."""

    def __init__(self, texts: Texts, lines: Sequence[Line], notes: Sequence[Note]) -> None:
        self.about: list[str] = [line.about for line in lines]
        self.row_labels: list[set[Label]] = [_labels_of_line(line) for line in lines]
        self.note_of: list[int] = []  # of pieces
        self.languages = tuple(sorted({line.language for line in lines}))
        rows = [_features_of(texts, line.text, line.language) for line in lines]
        for number, note in enumerate(notes):
            for (start, end), found in _pieces(texts, note):
                rows.append(found)
                self.note_of.append(number)
                self.row_labels.append(_labels_of_piece(note, start, end))
        everything = _matrix(rows)
        self.buckets = np.flatnonzero(np.asarray((everything > 0).sum(axis=0)).ravel() >= LEAST_ROWS).astype(np.int32)
        self.matrix = everything[:, self.buckets]

    def train(self, labels: Sequence[Label], notes: Iterable[int]) -> SecondReader:
        """Fit one logistic regression a label on all lines and the pieces of some notes."""
        chosen = set(notes)
        pieces = [len(self.about) + row for row, note in enumerate(self.note_of) if note in chosen]
        fitted = [self._fit(label, pieces) for label in labels]
        weights = np.vstack([model.coef_[0] for model in fitted]).T.astype(np.float32)
        bias = np.array([model.intercept_[0] for model in fitted], dtype=np.float32)
        kept = np.abs(weights).max(axis=1) >= SMALLEST_WEIGHT
        return SecondReader(tuple(labels), self.languages, self.buckets[kept], weights[kept], bias)

    def _fit(self, label: Label, pieces: list[int]) -> LogisticRegression:
        about = label[0]
        told_by = "need" if about == "kind" else about
        lines = [row for row, of in enumerate(self.about) if of == told_by]
        rows = lines + pieces
        truth = np.array([label in self.row_labels[row] for row in rows])
        weight = np.array([1.0] * len(lines) + [PIECE_WEIGHT[about]] * len(pieces))
        model = LogisticRegression(C=INVERSE_RIDGE, max_iter=200, solver="liblinear", random_state=0)
        return model.fit(self.matrix[np.array(rows)], truth, sample_weight=weight)


def train(bank: CueBank, *, model: Path = MODEL, weighing: Path = WEIGHING) -> None:
    """Train on the data in the repository and write the models and their manifest."""
    texts, lines, notes = Texts(bank), read_lines(), read_notes()
    corpus = Corpus(texts, lines, notes)
    labels = all_labels(lines)
    evidence = cross_judged(texts, corpus, labels, notes)
    coefficients = fit_weighing([(note, evidence[n]) for n, note in enumerate(notes) if note.unseen], labels)
    model.parent.mkdir(exist_ok=True)
    save(model, corpus.train(labels, range(len(notes))))
    weighing.write_text(json.dumps(coefficients, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (model.parent / "manifest.json").write_text(json.dumps(manifest(), indent=1) + "\n", encoding="utf-8")


def all_labels(lines: Iterable[Line]) -> list[Label]:
    """Return every label that lines have, in a fixed order, and that of a want."""
    keyed = {(line.about, line.label) for line in lines if line.label != "none"}
    return [*sorted(keyed), ("kind", "want")]


def cross_judged(texts: Texts, corpus: Corpus, labels: Sequence[Label], notes: Sequence[Note]) -> dict[int, Evidence]:
    """Return every note's evidence, its opinions from a second reader that did not learn from it."""
    fold_of = [zlib.crc32(note.id.encode()) % FOLDS for note in notes]
    evidence: dict[int, Evidence] = {}
    for fold in range(FOLDS):
        second = corpus.train(labels, (n for n in range(len(notes)) if fold_of[n] != fold))
        evidence |= {n: texts.evidence(note, second) for n, note in enumerate(notes) if fold_of[n] == fold}
    return evidence


def manifest() -> dict[str, str]:
    """Return the SHA-256 of every data file, by its path below `nlp/training`."""
    return {str(path.relative_to(FOLDER)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files()}


def _labels_of_line(line: Line) -> set[Label]:
    return {(line.about, line.label)} | ({("kind", "want")} if line.kind == "want" else set())


def _labels_of_piece(note: Note, start: int, end: int) -> set[Label]:
    whole = {("style", note.row["style"]), ("lifecycle", note.row["lifecycle"])}
    return note.labels_of(start, end) | {label for label in whole if label[1] in (*STYLES, *LIFECYCLES)}


def _pieces(texts: Texts, note: Note) -> Iterable[tuple[tuple[int, int], dict[str, float]]]:
    words = texts.words(note.text, note.language)
    for first, last in find_units(words):
        yield words.slice(first, last), features(words, texts.forms[note.language], first, last)


def _features_of(texts: Texts, text: str, language: str) -> dict[str, float]:
    words = texts.words(text, language)
    return features(words, texts.forms[language], 0, len(words))


def _matrix(rows: Sequence[dict[str, float]]) -> csr_matrix:
    at = [number for number, row in enumerate(rows) for _ in row]
    buckets = [bucket_of(name) for row in rows for name in row]
    values: list[float] = [value for row in rows for value in row.values()]
    return csr_matrix((values, (at, buckets)), shape=(len(rows), BUCKETS), dtype=np.float32)

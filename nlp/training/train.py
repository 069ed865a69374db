"""Train the second reader and learn how much each sort of evidence says: `make train`.

Three steps, all from the files beside this one and the cues of a playbook, each the same at every run:

1. Opinions on notes that were not learnt from: the second reader is trained on four fifths of the notes (and all
   lines) and judges the last fifth, five times.
2. With those honest opinions and the cues, the coefficients of `nlp.weighing` are fitted; only notes that the cues'
   authors never saw take part, so that cues are not trusted more than they deserve, and none that were written to hold
   more of what is rare, so that it is not expected more often than it comes.
3. The second reader is trained once more on everything, and both are written to `nlp/models` with a manifest of the
   data's hashes.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from nlp.cues import CueBank
from nlp.evidence import Evidence
from nlp.second_reader import ANY, MODEL, Label, SecondReader, save
from nlp.training.coefficients import fit_weighing
from nlp.training.corpus import Corpus, Texts
from nlp.training.data import FOLDER, SETS, Line, Note, files, read_lines, read_notes
from nlp.training.fitting import fit_notes, fit_pieces
from nlp.weighing import MODEL as WEIGHING

FOLDS = 5


def train(bank: CueBank, *, model: Path = MODEL, weighing: Path = WEIGHING) -> None:
    """Train on the data in the repository and write the models and their manifest."""
    texts, lines, notes = Texts(bank), read_lines(), read_notes()
    corpus = Corpus(texts, lines, notes)
    labels = all_labels(lines)
    evidence = cross_judged(texts, corpus, labels, notes)
    coefficients = fit_weighing([(note, evidence[n]) for n, note in enumerate(notes) if note.weighed], labels)
    model.parent.mkdir(exist_ok=True)
    save(model, train_reader(corpus, labels, range(len(notes))))
    weighing.write_text(json.dumps(coefficients, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (model.parent / "manifest.json").write_text(json.dumps(manifest(), indent=1) + "\n", encoding="utf-8")


def all_labels(lines: Iterable[Line]) -> list[Label]:
    """Return every label that lines have, in a fixed order."""
    return sorted({(line.about, line.label) for line in lines if line.label != "none"})


def train_reader(corpus: Corpus, labels: Sequence[Label], notes: Sequence[int]) -> SecondReader:
    """Train the second reader on all lines and some notes."""
    of_pieces = [*labels, *((about, ANY) for about in SETS), ("kind", "want")]
    return SecondReader(
        languages=corpus.languages,
        labels=tuple(of_pieces),
        pieces=fit_pieces(corpus, of_pieces, notes),
        whole_labels=tuple(labels),
        whole=fit_notes(corpus, labels, notes),
    )


def cross_judged(texts: Texts, corpus: Corpus, labels: Sequence[Label], notes: Sequence[Note]) -> dict[int, Evidence]:
    """Return every note's evidence, its opinions from a second reader that did not learn from it."""
    fold_of = [zlib.crc32(note.id.encode()) % FOLDS for note in notes]
    evidence: dict[int, Evidence] = {}
    for fold in range(FOLDS):
        second = train_reader(corpus, labels, [n for n in range(len(notes)) if fold_of[n] != fold])
        evidence |= {n: texts.evidence(note, second) for n, note in enumerate(notes) if fold_of[n] == fold}
    return evidence


def manifest() -> dict[str, str]:
    """Return the SHA-256 of every data file, by its path below `nlp/training`."""
    return {str(path.relative_to(FOLDER)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files()}

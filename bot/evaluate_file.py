"""`callcue evaluate`: how well the reading agrees with labelled notes, as a table or as JSON."""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.read_file import (
    LineInvalid,
    NoteLine,
    complaint,
    default_playbook,
    labels_of,
    note_of,
    object_of,
    opened,
)
from bot.reading_service import compile_reader
from nlp.reading import Reading
from nlp.scoring import FIELDS, Pair, calibration, misses, score

MOST_MISSES = 20  # in the table; all of them are in the JSON


@dataclass(frozen=True, slots=True)
class LabelledNote:
    """A note with what a person said of it; `labels` holds only the fields that were judged."""

    note: NoteLine
    labels: dict[str, Any]


def evaluate_file(file: str, *, as_json: bool, today: date) -> int:
    """Read the labelled notes in a file (`-`: standard input) with the default playbook and print the figures.

    Returns how many lines were bad; each is reported to standard error. Raises OSError when the file cannot be read.
    """
    complain = complaint(file)
    judged: list[tuple[LabelledNote, Reading]] = []
    bad = 0
    with opened(file) as lines:
        reader = compile_reader(default_playbook())
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    item = labelled_note_of(line, today=today)
                except LineInvalid as reason:
                    complain(number, str(reason))
                    bad += 1
                else:
                    note = item.note
                    judged.append((item, reader.read(note.text, written_on=note.written_on, language=note.language)))
    figures = report(judged)
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2) if as_json else as_table(figures))
    sys.stdout.write("\n")
    return bad


def labelled_note_of(line: bytes, *, today: date) -> LabelledNote:
    """Return the labelled note on a line. Raises LineInvalid with the reason, which never repeats the note."""
    note, row = note_of(line, today=today), object_of(line)
    labels = {field: row[field] for field in ("second_style", *FIELDS) if field in row}
    _check(labels, note.text)
    return LabelledNote(note, {"id": note.id, "text": note.text, **labels})


def report(judged: Sequence[tuple[LabelledNote, Reading]]) -> dict[str, Any]:
    """Return all figures: of all notes and of each language, the calibration table, the cues and the misses."""
    pairs = [(item.labels, labels_of(item.note, reading, explain=False)) for item, reading in judged]
    by_language: dict[str, list[Pair]] = defaultdict(list)
    for (_, reading), pair in zip(judged, pairs, strict=True):
        by_language[reading.language].append(pair)
    return {
        "all": score(pairs),
        "languages": {language: score(some) for language, some in sorted(by_language.items())},
        "calibration": calibration(pairs),
        "cues": _cue_report(judged),
        "misses": misses(pairs),
    }


def as_table(figures: dict[str, Any]) -> str:
    """Return the report as text for a terminal."""
    columns = {"all": figures["all"], **figures["languages"]}
    lines = ["".ljust(34) + "".join(name.rjust(9) for name in columns)]
    lines += [label.ljust(34) + "".join(_cell(scores, *path) for scores in columns.values()) for label, *path in ROWS]
    lines += ["", "When the likeliest style was given  it was right"]
    lines += [
        f"  {row['from']:.0%} to {row['to']:.0%} (on average {row['said']:.0%})".ljust(36)
        + f"{row['right']:.0%} of {row['notes']}"
        for row in figures["calibration"]
    ]
    lines += ["", "Cues that were wrong most often (right, wrong)"]
    worst = sorted(figures["cues"].items(), key=lambda item: (item[1]["right"] - item[1]["wrong"], item[0]))[:10]
    lines += [f"  {cue}  {count['right']}, {count['wrong']}" for cue, count in worst if count["wrong"]]
    lines += ["", f"Misses ({len(figures['misses'])})"]
    lines += [
        f"  {miss['id']}  {miss['field']}: wanted {_said(miss['wanted'])}, got {_said(miss['got'])}"
        for miss in figures["misses"][:MOST_MISSES]
    ]
    return "\n".join(lines)


ROWS: tuple[tuple[str, ...], ...] = (
    ("notes", "notes"),
    ("style: accuracy on clear notes", "style", "accuracy"),
    ("style: right when it answers", "style", "right_when_answered"),
    ("style: answered", "style", "answered"),
    ("style: Brier", "style", "brier"),
    ("  F1 analytical", "style", "f1", "analytical"),
    ("  F1 amiable", "style", "f1", "amiable"),
    ("  F1 driver", "style", "f1", "driver"),
    ("  F1 expressive", "style", "f1", "expressive"),
    ("  F1 unclear", "style", "f1", "unclear"),
    ("needs: precision", "needs", "precision"),
    ("needs: recall", "needs", "recall"),
    ("needs: F1", "needs", "f1"),
    ("needs: kind", "needs", "kind_accuracy"),
    ("needs: quote overlap", "needs", "quote_overlap"),
    ("objections: precision", "objections", "precision"),
    ("objections: recall", "objections", "recall"),
    ("objections: F1", "objections", "f1"),
    ("lifecycle: accuracy", "lifecycle", "accuracy"),
    ("next step: precision", "next_step", "precision"),
    ("next step: recall", "next_step", "recall"),
    ("next step: F1", "next_step", "f1"),
)


def _cell(scores: Any, *path: str) -> str:
    for name in path:
        scores = scores.get(name) if isinstance(scores, dict) else None
    if scores is None:
        return "-".rjust(9)
    return (f"{scores:.3f}" if isinstance(scores, float) else str(scores)).rjust(9)


def _said(value: Any) -> str:
    return ", ".join(value) or "none" if isinstance(value, list) else str(value or "none")


def _cue_report(judged: Iterable[tuple[LabelledNote, Reading]]) -> dict[str, dict[str, int]]:
    """Count how often each cue that counted spoke for what a person said, and how often for something else."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for item, reading in judged:
        for vote in reading.votes:
            wanted = _wanted(item.labels, vote.about)
            if vote.weight > 0 and wanted is not None:
                counts[vote.cue]["right" if vote.key in wanted else "wrong"] += 1
    return {cue: {"right": count["right"], "wrong": count["wrong"]} for cue, count in sorted(counts.items())}


def _wanted(labels: dict[str, Any], about: str) -> set[str] | None:
    """Return the keys that a person gave; None where nobody judged it."""
    if about in ("style", "lifecycle"):
        return {value for value in (labels[about], labels.get("second_style")) if value} if about in labels else None
    field = f"{about}s"
    return {entry[about] for entry in labels[field]} if field in labels else None


def _check(labels: dict[str, Any], text: str) -> None:
    for field in ("needs", "objections"):
        if not isinstance(labels.get(field, []), list):
            raise LineInvalid(f'"{field}" is not a list')
        for entry in labels.get(field, []):
            key = field.removesuffix("s")
            if not isinstance(entry, dict) or not isinstance(entry.get(key), str):
                raise LineInvalid(f'an entry of "{field}" has no "{key}"')
            if not isinstance(entry.get("quote"), str) or entry["quote"] not in text:
                raise LineInvalid(f'the quote of {field} "{entry[key]}" does not stand in the text')
    for field in ("style", "lifecycle"):
        if not isinstance(labels.get(field, ""), str):
            raise LineInvalid(f'"{field}" is no text')
    step = labels.get("next_step")
    if step is not None and not (isinstance(step, dict) and isinstance(step.get("date"), str)):
        raise LineInvalid('"next_step" is neither null nor {"date": "2026-03-12", "quote": "..."}')

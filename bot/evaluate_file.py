"""`callcue evaluate`: how well the reading agrees with labelled notes, as a table or as JSON."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bot.read_file import (
    LineInvalid,
    NoteLine,
    complaint,
    default_playbook,
    labels_of,
    note_in,
    object_of,
    opened,
)
from bot.reading_service import compile_reader
from nlp.cue_report import cue_report
from nlp.cues import Cue
from nlp.reading import UNCLEAR, Reading
from nlp.scoring import FIELDS, Pair, calibration, misses, score

MOST_MISSES = 20  # in the table; all of them are in the JSON


@dataclass(frozen=True, slots=True)
class LabelledNote:
    """A note with what a person said of it; `labels` holds only the fields that were judged."""

    note: NoteLine
    labels: dict[str, Any]


def evaluate_file(file: str, *, as_json: bool, every_cue: bool = False, today: date) -> int:
    """Read the labelled notes or lines in a file (`-`: standard input) with the default playbook and print the figures.

    With `every_cue` the table ends with the precision and recall of every cue. Returns how many lines were bad; each
    is reported to standard error. Raises OSError when the file cannot be read.
    """
    complain = complaint(file)
    judged: list[tuple[LabelledNote, Reading]] = []
    bad = 0
    with opened(file) as lines:
        playbook = default_playbook()
        reader = compile_reader(playbook)
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    item = labelled_note_of(line, number=number, today=today)
                except LineInvalid as reason:
                    complain(number, str(reason))
                    bad += 1
                else:
                    note = item.note
                    judged.append((item, reader.read(note.text, written_on=note.written_on, language=note.language)))
    figures = report(judged, playbook.cue_bank().cues)
    shown = json.dumps(figures, ensure_ascii=False, indent=2) if as_json else as_table(figures, every_cue=every_cue)
    sys.stdout.write(shown + "\n")
    return bad


def labelled_note_of(line: bytes, *, number: int = 1, today: date) -> LabelledNote:
    """Return the labelled note on a line of a file. Raises LineInvalid with the reason, which never repeats the note.

    A single sentence with one label ({"about": "need", "label": "price", ...}) is a note in which that alone was
    judged; "none" says that nothing of the kind is said. A missing id is made from the line's `number`.
    """
    row = object_of(line)
    row.setdefault("id", f"line {number}")
    note = note_in(row, today=today)
    if "about" in row:
        row |= _label_of_line(row)
    labels = {field: row[field] for field in ("second_style", *FIELDS) if field in row}
    _check(labels, note.text)
    return LabelledNote(note, {"id": note.id, "text": note.text, **labels})


def _label_of_line(row: dict[str, Any]) -> dict[str, Any]:
    about, label = row["about"], row.get("label")
    if about not in ("need", "objection", "style", "lifecycle") or not isinstance(label, str):
        raise LineInvalid('"about" is not need, objection, style or lifecycle, or "label" is missing')
    if about in ("style", "lifecycle"):
        return {about: UNCLEAR if label == "none" else label}
    entry = {about: label, "quote": row["text"], **({"kind": row["kind"]} if "kind" in row else {})}
    return {f"{about}s": [] if label == "none" else [entry]}


def report(judged: Sequence[tuple[LabelledNote, Reading]], cues: Collection[Cue]) -> dict[str, Any]:
    """Return all figures: of all notes and of each language, the calibration table, the cues and the misses."""
    pairs = [(item.labels, labels_of(item.note, reading, explain=False)) for item, reading in judged]
    by_language: dict[str, list[Pair]] = defaultdict(list)
    for (_, reading), pair in zip(judged, pairs, strict=True):
        by_language[reading.language].append(pair)
    return {
        "all": score(pairs),
        "languages": {language: score(some) for language, some in sorted(by_language.items())},
        "calibration": calibration(pairs),
        "cues": {
            cue: {**asdict(figures), "precision": figures.precision, "recall": figures.recall}
            for cue, figures in cue_report(((item.labels, reading) for item, reading in judged), cues).items()
        },
        "misses": misses(pairs),
    }


def as_table(figures: dict[str, Any], *, every_cue: bool = False) -> str:
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
    silent = sum(not count["right"] + count["wrong"] for count in figures["cues"].values())
    lines += [f"  {silent} of {len(figures['cues'])} cues never counted"]
    lines += ["", f"Misses ({len(figures['misses'])})"]
    lines += [
        f"  {miss['id']}  {miss['field']}: wanted {_said(miss['wanted'])}, got {_said(miss['got'])}"
        for miss in figures["misses"][:MOST_MISSES]
    ]
    if every_cue:
        lines += ["", "Cue".ljust(44) + "right  wrong   said  precision  recall"]
        lines += [_cue_row(cue, count) for cue, count in figures["cues"].items()]
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


def _cue_row(cue: str, count: dict[str, Any]) -> str:
    counts = "".join(str(count[name]).rjust(7) for name in ("right", "wrong", "said"))
    return cue.ljust(42) + counts + "".join(_cell(count, name).rjust(10) for name in ("precision", "recall"))


def _said(value: Any) -> str:
    return ", ".join(value) or "none" if isinstance(value, list) else str(value or "none")


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

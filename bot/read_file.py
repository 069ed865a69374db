"""`callcue read`: many notes from a file, one reading a line in the form in which notes are labelled."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from rich.console import Console
from rich.progress import wrap_file

from bot.reading_service import CanRead, compile_reader
from nlp.language import languages
from nlp.reading import Reading, Vote
from playbooks.default_playbook import default_files
from playbooks.load import parse_files
from playbooks.playbook import Playbook


class LineInvalid(Exception):
    """A line holds no note; the message says why, without repeating what the line says."""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One line of a file of notes."""

    id: str | int
    text: str
    language: str | None  # None: to be detected
    written_on: date  # from which days in the note are counted


def read_file(file: str, *, explain: bool, today: date) -> int:
    """Read the notes in a file (`-`: standard input) with the default playbook; return how many lines were bad.

    Readings go to standard output, bad lines are reported to standard error. Raises OSError when it cannot be read.
    """
    complain = complaint(file)
    with opened(file) as lines:
        reader = compile_reader(default_playbook())
        return read_notes(lines, reader, today=today, explain=explain, write=_write, complain=complain)


def complaint(file: str) -> Callable[[int, str], object]:
    """Return a function that reports a bad line of the file to standard error by its number (from 1) and reason."""
    name = "standard input" if file == "-" else file

    def complain(number: int, reason: str) -> None:
        sys.stderr.write(f"{name}, line {number}: {reason}. The line was left out.\n")

    return complain


def default_playbook() -> Playbook:
    """Return the playbook that ships with the program."""
    playbook, problems = parse_files(default_files())
    if playbook is None:
        raise RuntimeError(f"the default playbook has {len(problems)} mistakes")
    return playbook


def read_notes(
    lines: Iterable[bytes],
    reader: CanRead,
    *,
    today: date,
    explain: bool,
    write: Callable[[str], object],
    complain: Callable[[int, str], object],
) -> int:
    """Read each line and `write` its reading as one line of JSON; return how many lines held no note.

    Those are given to `complain` with their number (from 1) and the reason; the rest goes on. Empty lines are passed
    over. `today` is the day of writing where a line names none.
    """
    bad = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            note = note_of(line, today=today)
        except LineInvalid as reason:
            complain(number, str(reason))
            bad += 1
            continue
        reading = reader.read(note.text, written_on=note.written_on, language=note.language)
        write(json.dumps(labels_of(note, reading, explain=explain), ensure_ascii=False))
    return bad


def note_of(line: bytes, *, today: date) -> NoteLine:
    """Return the note on a line: {"id": ..., "text": ..., "lang": ..., "written_on": ...}. Raises LineInvalid."""
    return note_in(object_of(line), today=today)


def note_in(row: Mapping[str, Any], *, today: date) -> NoteLine:
    """Return the note in a JSON object. Raises LineInvalid."""
    id_, text, language = row.get("id"), row.get("text"), row.get("lang")
    if isinstance(id_, bool) or not isinstance(id_, str | int):
        raise LineInvalid('"id" is missing or is neither text nor a whole number')
    if not isinstance(text, str):
        raise LineInvalid('"text" is missing or is no text')
    if language is not None and language not in languages():
        raise LineInvalid(f'"lang" is not one of {", ".join(languages())}; leave it out to have it detected')
    return NoteLine(id_, text.encode("utf-8", "replace").decode(), language, _day_of(row.get("written_on"), today))


def labels_of(note: NoteLine, reading: Reading, *, explain: bool) -> dict[str, Any]:
    """Return a reading in the form in which notes are labelled, with a probability for each style.

    With `explain`, also every cue that was seen, what it speaks for, and why it counts or not.
    """
    style, step = reading.style, reading.next_step
    labels: dict[str, Any] = {
        "id": note.id,
        "lang": reading.language,
        "written_on": note.written_on.isoformat(),
        "text": note.text,
        "style": style.style,
        "second_style": style.second,
        "style_scores": {name: round(probability, 4) for name, probability in style.probabilities.items()},
        "needs": [{"need": found.need, "kind": found.kind, "quote": found.quote.text} for found in reading.needs],
        "objections": [{"objection": found.objection, "quote": found.quote.text} for found in reading.objections],
        "lifecycle": reading.lifecycle.value,
        "next_step": {"date": step.day.isoformat(), "quote": step.quote.text} if step and step.day else None,
    }
    if explain:
        labels["votes"] = [_explained(vote) for vote in reading.votes]
    return labels


def _explained(vote: Vote) -> dict[str, Any]:
    return {
        "cue": vote.cue,
        "about": vote.about,
        "key": vote.key,
        "weight": round(vote.weight, 4),
        "quote": vote.quote.text,
        "start": vote.quote.start,
        "verdict": vote.verdict,
        "because": vote.because,
        "read_as": vote.read_as,
    }


def object_of(line: bytes) -> dict[str, Any]:
    """Return the JSON object on a line. Raises LineInvalid."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise LineInvalid("is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise LineInvalid(f"is not JSON: {error.msg} at character {error.colno}") from None
    except (RecursionError, ValueError):  # nested a thousandfold, or a number of thousands of digits
        raise LineInvalid("is not JSON that can be read") from None
    if not isinstance(row, dict):
        raise LineInvalid('is not a JSON object such as {"id": "1", "text": "..."}')
    return row


def _day_of(written_on: object, today: date) -> date:
    if written_on is None:
        return today
    with suppress(ValueError):
        if isinstance(written_on, str) and len(written_on) == len("2026-03-09"):
            return date.fromisoformat(written_on)
    raise LineInvalid('"written_on" is not a day such as 2026-03-09')


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """Give the lines of a file, with a progress bar where somebody watches and the readings go elsewhere."""
    if file == "-":
        yield sys.stdin.buffer
        return
    with Path(file).open("rb") as lines:
        if sys.stderr.isatty() and not sys.stdout.isatty():
            size = os.fstat(lines.fileno()).st_size
            with wrap_file(lines, size, description="Reading", console=Console(stderr=True)) as watched:
                yield watched
        else:
            yield lines


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")

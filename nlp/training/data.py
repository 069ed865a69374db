"""The labelled lines and notes that the second reader and the weighing learn from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.reading import LIFECYCLES, STYLES

FOLDER = Path(__file__).parent
FOLDERS = ("lines", "notes", "unseen", "enriched")
SETS = ("need", "objection")  # of which a note may say several
CHOICES = {"style": STYLES, "lifecycle": LIFECYCLES}  # of each a note says one, or leaves it unclear
LEAST_SHARED = 0.5  # of the shorter of a piece and a quote, for the piece to carry the quote's label


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with one label; `label` is "none" for one that only looks like it has one."""

    text: str
    language: str
    about: str
    label: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """One labelled note; `row` is the JSON object as its form says."""

    id: str
    text: str
    language: str
    row: dict[str, Any]
    weighed: bool = True  # may tell how much cues and opinions are worth

    def labels_of(self, start: int, end: int) -> set[tuple[str, str]]:
        """Return the needs and objections whose quotes stand in the characters `start` up to `end`."""
        found = set()
        for about in SETS:
            for entry in self.row[f"{about}s"]:
                at = self.text.find(entry["quote"])
                shared = min(end, at + len(entry["quote"])) - max(start, at)
                if shared >= LEAST_SHARED * min(len(entry["quote"]), end - start):
                    found.add((about, entry[about]))
                    if entry.get("kind") == "want":
                        found.add(("kind", "want"))
        return found


def files() -> list[Path]:
    """Return all data files, in a fixed order."""
    return sorted(path for folder in FOLDERS for path in FOLDER.glob(f"{folder}/*.jsonl"))


def read_lines() -> list[Line]:
    """Return all labelled lines."""
    return [
        Line(row["text"], row["lang"], row["about"], row["label"], row.get("kind"))
        for path in sorted(FOLDER.glob("lines/*.jsonl"))
        for row in _rows(path)
    ]


def read_notes() -> list[Note]:
    """Return all labelled notes.

    The cues' authors looked at the first, third, fifth ... note of each file in `notes`, so only the others may tell
    how far cues are to be trusted, and all of `unseen`. Those in `enriched` hold more of what is rare than reps write.
    """
    return [
        to_note(row, weighed=folder == "unseen" or (folder == "notes" and number % 2 == 1))
        for folder in ("notes", "unseen", "enriched")
        for path in sorted(FOLDER.glob(f"{folder}/*.jsonl"))
        for number, row in enumerate(_rows(path))
    ]


def to_note(row: dict[str, Any], *, weighed: bool = True) -> Note:
    """Return a row of a labelled file as a note."""
    return Note(row["id"], row["text"], row["lang"], row, weighed)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)

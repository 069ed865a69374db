"""The labelled lines and notes that the second reader and the weighing learn from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
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
    unseen: bool = True  # by the authors of the default playbook's cues

    def labels_of(self, start: int, end: int) -> set[tuple[str, str]]:
        """Return the needs and objections whose quotes stand in the characters `start` up to `end`."""
        found = set()
        for about, entries in (("need", self.row["needs"]), ("objection", self.row["objections"])):
            for entry in entries:
                at = self.text.find(entry["quote"])
                shared = min(end, at + len(entry["quote"])) - max(start, at)
                if shared >= LEAST_SHARED * min(len(entry["quote"]), end - start):
                    found.add((about, entry[about]))
                    if entry.get("kind") == "want":
                        found.add(("kind", "want"))
        return found


def files() -> list[Path]:
    """Return all data files, in a fixed order."""
    return sorted([*FOLDER.glob("lines/*.jsonl"), *FOLDER.glob("notes/*.jsonl")])


def read_lines() -> list[Line]:
    """Return all labelled lines."""
    return [
        Line(row["text"], row["lang"], row["about"], row["label"], row.get("kind"))
        for path in sorted(FOLDER.glob("lines/*.jsonl"))
        for row in _rows(path)
    ]


def read_notes() -> list[Note]:
    """Return all labelled notes. The cues' authors looked at the first, third, fifth ... note of a file only."""
    return [
        to_note(row, unseen=number % 2 == 1)
        for path in sorted(FOLDER.glob("notes/*.jsonl"))
        for number, row in enumerate(_rows(path))
    ]


def to_note(row: dict[str, Any], *, unseen: bool = True) -> Note:
    """Return a row of a labelled file as a note."""
    return Note(row["id"], row["text"], row["lang"], row, unseen)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)

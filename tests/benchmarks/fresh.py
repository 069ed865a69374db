"""What only a process of its own can tell: `python -m tests.benchmarks.fresh load|grow ...` answers in JSON.

This module imports nothing of the project at its top, since how long that takes is part of the figure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORDS_IN_A_NOTE = 20


def ask(*arguments: str) -> dict[str, float]:
    """Run this module in a fresh process and return what it measured."""
    command = [sys.executable, "-m", "tests.benchmarks.fresh", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def resident_megabytes() -> float:
    """Return the memory that this process holds now. Linux tells; elsewhere raises FileNotFoundError."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def load(content: str) -> dict[str, float]:
    """Load both languages, read one note in each, and say how long it took in seconds and how much is resident.

    `content` is a file with a playbook as the database keeps it.
    """
    begin = time.perf_counter()
    from datetime import date

    from bot.reading_service import compile_reader
    from playbooks.playbook import Playbook

    reader = compile_reader(Playbook.from_json(Path(content).read_text(encoding="utf-8")))
    for language, text in (("en", "She wants a call on Thursday."), ("nl", "Ze wil donderdag gebeld worden.")):
        reader.read(text, language=language, written_on=date(2026, 3, 9))
    reader.read("A note whose language is to be found out.", written_on=date(2026, 3, 9))
    return {"seconds": time.perf_counter() - begin, "megabytes": resident_megabytes()}


def grow(early: int, late: int) -> dict[str, float]:
    """Read notes of ever new words; return the resident megabytes after so many of them, early and late."""
    from itertools import chain, islice

    from tests.benchmarks.sides import full_reading
    from tests.benchmarks.texts import as_long_as, labelled, with_new_words

    read = full_reading()
    pairs = zip(as_long_as(labelled("en"), WORDS_IN_A_NOTE), as_long_as(labelled("nl"), WORDS_IN_A_NOTE), strict=True)
    base = list(islice(chain.from_iterable(pairs), 2_000))
    found: dict[str, float] = {}
    for number, text in enumerate(islice(with_new_words(base), late), start=1):
        read(text)
        if number == early:
            found["early"] = resident_megabytes()
    return {**found, "late": resident_megabytes()}


def main(arguments: list[str]) -> None:
    """Answer one question."""
    what, *rest = arguments
    answer = load(*rest) if what == "load" else grow(*map(int, rest))
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1:])

"""That the benchmarks work at all; what they measure is for `make bench`."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice
from pathlib import Path
from time import thread_time

from tests.benchmarks.table import Row, as_table, limited
from tests.benchmarks.texts import as_long_as, with_new_words
from tests.benchmarks.timing import interleaved, ratio

ROOT = Path(__file__).resolve().parents[2]


def test_a_tiny_run_prints_a_table_in_which_every_row_has_a_figure():
    command = [sys.executable, "-m", "tests.benchmarks", "--quick"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    head, rule, *rows = done.stdout.splitlines()
    assert head == "| | measured | limit |"
    assert rule == "|---|---|---|"
    assert len(rows) >= 12
    assert all(row.count("|") == 4 and row.split("|")[2].strip() for row in rows)


def test_a_figure_above_its_limit_is_bold():
    rows = [limited("a", 2.0, 1.5, "{:.1f} ×"), limited("b", 1.0, 1.5, "{:.1f} ×"), Row("c", "none")]
    assert as_table(rows).splitlines()[2:] == [
        "| a | **2.0 ×** | at most 1.5 × |",
        "| b | 1.0 × | at most 1.5 × |",
        "| c | none |  |",
    ]


def test_sides_take_turns_and_the_ratio_is_that_of_their_times():
    turns = []

    def busy(name: str, seconds: float) -> None:
        turns.append(name)
        end = thread_time() + seconds
        while thread_time() < end:
            pass

    sides = {"slow": lambda _: busy("slow", 0.03), "fast": lambda _: busy("fast", 0.003)}
    took = interleaved(sides, [("a", "b"), ("c", "d")])
    assert turns == ["slow", "fast", "slow", "fast"]
    assert ratio(took, "slow", "fast") > 2


def test_notes_are_the_same_in_every_run_and_new_words_never_the_same_twice():
    known = ["one", "two", "three", "four", "five", "six"]
    first, second = (list(islice(with_new_words([" ".join(known)]), 40)) for _ in range(2))
    assert first == second
    new = [word for note in first for word in note.split() if word not in known]
    assert len(set(new)) > 0.95 * len(new)
    assert [len(note.split()) for note in islice(as_long_as(["a b c", "d e"], 7), 3)] == [7, 7, 7]

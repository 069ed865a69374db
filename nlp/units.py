"""Pieces of a note, each about as long as one thought: what the second reader judges one by one."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.words import Words

SHORTEST = 3  # words; a shorter clause belongs to the one before it
LONGEST = 14  # words; a longer clause is read through a window of this length
STEP = 7  # words by which the window moves on


def find_units(words: Words) -> list[tuple[int, int]]:
    """Return the pieces of a note as (first, last) word, half-open; windows overlap, so no thought is cut."""
    return [window for first, last in _clauses(words) for window in _windows(first, last)]


def _clauses(words: Words) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    first = 0
    while first < len(words):
        last = words.same_clause(first)[-1] + 1
        if found and last - first < SHORTEST and words.sentence[found[-1][0]] == words.sentence[first]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
        first = last
    return found


def _windows(first: int, last: int) -> Iterator[tuple[int, int]]:
    if last - first <= LONGEST:
        yield first, last
        return
    for start in range(first, last - STEP, STEP):
        yield start, min(start + LONGEST, last)

"""Reads a misspelt word as the cue word that was meant, with a floor: better no guess than a wrong one (row A9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 5  # letters; shorter words are too alike
ONE_SLIP_UP_TO = 8  # letters; longer words may hold two slips


class Spelling:
    """The words that may be meant, grouped so that only a few are compared."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._alike: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._near: dict[tuple[str, int], list[str]] = {}  # by first letter and length of a misspelt word, once met
        for word in sorted({word for word in words if len(word) >= SHORTEST and word.isalpha()}):
            self._alike[word[0], len(word)].append(word)

    def meant(self, word: str) -> str | None:
        """Return the word that a misspelt `word` (normal form) stands for, or None when none is near enough.

        The distance counts letters changed, left out, put in or swapped with a neighbour (optimal string alignment);
        the first letter must be right.
        """
        if len(word) < SHORTEST or not word.isalpha():
            return None
        slips = 1 if len(word) <= ONE_SLIP_UP_TO else 2
        found = process.extractOne(word, self._candidates(word, slips), scorer=OSA.distance, score_cutoff=slips)
        return str(found[0]) if found else None

    def _candidates(self, word: str, slips: int) -> list[str]:
        if (known := self._near.get((word[0], len(word)))) is None:
            lengths = range(len(word) - slips, len(word) + slips + 1)
            known = [near for length in lengths for near in self._alike.get((word[0], length), ())]
            if known:  # so that there are no more entries than words that may be meant
                self._near[word[0], len(word)] = known
        return known

"""The patterns of a language: which classes of words, one after the other, say a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nlp.days.words import Word
from nlp.language import resource

Slots = Mapping[str, Sequence[Any]]
NEVER_AT_AN_EDGE = frozenset({"comma", "joint"})  # a full stop behind a date is not part of it


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: any of these classes, or nothing when it is optional."""

    classes: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named order of elements. The name says how the slots are turned into a day."""

    meaning: str
    elements: tuple[Element, ...]
    place: int  # in the file: the earlier one wins a tie


@dataclass(frozen=True, slots=True)
class Match:
    """Words `start` to `end` (half-open) fit a pattern; `slots` holds their values by class, in order."""

    meaning: str
    start: int
    end: int
    slots: Slots
    place: int


@lru_cache
def patterns_of(language: str, section: str) -> Mapping[str, tuple[Pattern, ...]]:
    """Return the patterns of a section of dates.yaml by the class that they may begin with."""
    by_class: dict[str, list[Pattern]] = {}
    place = 0
    for meaning, sentences in resource(language, "dates")[section].items():
        for sentence in sentences:
            pattern = Pattern(meaning, _elements(sentence), place)
            place += 1
            for name in _first_classes(pattern):
                by_class.setdefault(name, []).append(pattern)
    return {name: tuple(patterns) for name, patterns in by_class.items()}


def longest_match(
    words: Sequence[Word],
    at: int,
    patterns: Mapping[str, Sequence[Pattern]],
    is_believable: Callable[[Match], bool] = lambda _: True,
) -> Match | None:
    """Return the longest believable match from word `at` on; of equally long ones the first in the file."""
    best: Match | None = None
    for name in words[at].values:
        for pattern in () if name in NEVER_AT_AN_EDGE else patterns.get(name, ()):
            found = _match(pattern, words, at)
            if found and (best is None or _rank(found) > _rank(best)) and is_believable(found):
                best = found
    return best


def _rank(match: Match) -> tuple[int, int]:
    return match.end, -match.place


def _match(pattern: Pattern, words: Sequence[Word], at: int) -> Match | None:
    taken = [name for name in _fit(pattern.elements, 0, words, at) or () if name]
    while taken and taken[-1] in NEVER_AT_AN_EDGE:
        taken.pop()
    return Match(pattern.meaning, at, at + len(taken), _slots(taken, words, at), pattern.place) if taken else None


def _elements(sentence: str) -> tuple[Element, ...]:
    return tuple(Element(tuple(part.removesuffix("?").split("|")), part.endswith("?")) for part in sentence.split())


def _first_classes(pattern: Pattern) -> set[str]:
    names: set[str] = set()
    for element in pattern.elements:
        names.update(element.classes)
        if not element.optional:
            break
    return names


def _fit(elements: Sequence[Element], first: int, words: Sequence[Word], at: int) -> tuple[str, ...] | None:
    """Return the class taken at each element from `first` on ("" where it was left out), or None when it does not fit.

    Optional elements are tried first and given up one by one; patterns are short, so this stays cheap.
    """
    if first == len(elements):
        return ()
    element = elements[first]
    if at < len(words):
        values = words[at].values
        for name in element.classes:
            if name in values and (taken := _fit(elements, first + 1, words, at + 1)) is not None:
                return (name, *taken)
    if element.optional and (taken := _fit(elements, first + 1, words, at)) is not None:
        return ("", *taken)
    return None


def _slots(taken: Sequence[str], words: Sequence[Word], at: int) -> Slots:
    slots: dict[str, list[Any]] = {}
    for offset, name in enumerate(taken):
        slots.setdefault(name, []).append(words[at + offset].values[name])
    return slots

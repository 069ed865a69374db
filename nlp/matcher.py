"""Finds the phrases of many cues in a note at once.

Every phrase is indexed by its rarest word, so a note is compared with the few phrases whose rarest word it holds, and
cost hardly grows with the number of cues. spaCy's own `Matcher` tries every pattern at every token, which with
thousands of cues is too slow, and its `PhraseMatcher` knows neither word forms nor gaps.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.forms import MOST_CACHED, Forms
from nlp.phrases import Form, Part, Phrase
from nlp.words import Words


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a note: words `first` up to, but without, `last`."""

    owner: int  # which of the things given to the matcher the phrase belongs to
    phrase: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a note's word may stand in a phrase."""

    number: int  # of the phrase
    part: int  # of its rarest word


class PhraseSet:
    """Many phrases, compiled for one language. Not safe to share between threads."""

    def __init__(self, phrases: Iterable[tuple[int, Phrase]], forms: Forms) -> None:
        self._phrases = list(phrases)
        self._forms = forms
        self._exact: dict[str, list[_Place]] = defaultdict(list)
        self._starts: dict[str, list[_Place]] = defaultdict(list)
        self._ends: dict[str, list[_Place]] = defaultdict(list)
        self._compiled: dict[int, list[_CompiledPart]] = {}  # of the phrases whose rarest word was seen
        self._index()
        self._stem_lengths = sorted({len(stem) for stem in (*self._starts, *self._ends)})
        self._places_of: dict[str, tuple[_Place, ...]] = {}

    def find(self, words: Words) -> list[Match]:
        """Return every phrase that stands in the note, in the order of the note; one match a phrase and place."""
        found: dict[tuple[int, int, int], Match] = {}
        for position, lower in enumerate(words.lower):
            for place in self._places(lower):
                if span := self._match(place, words, position):
                    owner, phrase = self._phrases[place.number]
                    found.setdefault((place.number, *span), Match(owner, phrase.text, *span))
        return sorted(found.values(), key=lambda match: (match.first, match.last, match.owner))

    def _index(self) -> None:
        frequency = Counter(form.key for _, phrase in self._phrases for part in phrase.parts for form in part.forms)
        for number, (_, phrase) in enumerate(self._phrases):
            anchor = min(_required(phrase.parts), key=lambda n: sum(frequency[f.key] for f in phrase.parts[n].forms))
            for form in phrase.parts[anchor].forms:
                self._table(form)[form.text if form.kind in ("starts", "ends") else form.key].append(
                    _Place(number, anchor)
                )

    def _table(self, form: Form) -> dict[str, list[_Place]]:
        return {"starts": self._starts, "ends": self._ends}.get(form.kind, self._exact)

    def _places(self, lower: str) -> tuple[_Place, ...]:
        if (known := self._places_of.get(lower)) is None:
            if len(self._places_of) >= MOST_CACHED:
                self._places_of.clear()
            known = self._places_of[lower] = tuple(dict.fromkeys(self._look_up(lower)))
        return known

    def _look_up(self, lower: str) -> Iterable[_Place]:
        for key in self._forms.keys(lower):
            yield from self._exact.get(key, ())
        for length in self._stem_lengths:
            if length < len(lower):
                yield from self._starts.get(lower[:length], ())
                yield from self._ends.get(lower[-length:], ())

    def _match(self, place: _Place, words: Words, position: int) -> tuple[int, int] | None:
        """Return the words of the phrase around its rarest word at `position`, or None."""
        parts = self._parts(place.number)
        sentence = words.sentence[position]
        after = self._extend(parts[place.part + 1 :], words, position + 1, +1, sentence)
        if after is None:
            return None
        before = self._extend(parts[: place.part][::-1], words, position - 1, -1, sentence)
        return None if before is None else (before + 1, after)

    def _parts(self, number: int) -> list[_CompiledPart]:
        if number not in self._compiled:
            self._compiled[number] = [_compile(part) for part in self._phrases[number][1].parts]
        return self._compiled[number]

    def _extend(
        self, parts: Sequence[_CompiledPart], words: Words, position: int, step: int, sentence: int
    ) -> int | None:
        """Follow the parts from `position` on; return the first position not used, or None when they do not fit."""
        reached = {position}  # right behind a word of the phrase
        skipped: set[int] = set()  # positions that only a gap leads to
        for part in parts:
            if part.gap:
                skipped |= {at + step * words_between for at in reached for words_between in range(1, part.gap + 1)}
                continue
            fitting = {at + step for at in reached | skipped if self._stands(part, words, at, sentence)}
            reached, skipped = (reached | fitting, skipped) if part.optional else (fitting, set())
            if not reached:
                return None
        return max(reached) if step > 0 else min(reached)

    def _stands(self, part: _CompiledPart, words: Words, at: int, sentence: int) -> bool:
        return 0 <= at < len(words) and words.sentence[at] == sentence and self._fits(part, words.lower[at])

    def _fits(self, part: _CompiledPart, lower: str) -> bool:
        if not part.exact.isdisjoint(self._forms.keys(lower)):
            return True
        return bool(
            (part.starts and lower.startswith(part.starts) and lower not in part.starts)
            or (part.ends and lower.endswith(part.ends) and lower not in part.ends)
        )


@dataclass(frozen=True, slots=True)
class _CompiledPart:
    exact: frozenset[str]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    optional: bool
    gap: int


def _compile(part: Part) -> _CompiledPart:
    return _CompiledPart(
        exact=frozenset(form.key for form in part.forms if form.kind not in ("starts", "ends")),
        starts=tuple(form.text for form in part.forms if form.kind == "starts"),
        ends=tuple(form.text for form in part.forms if form.kind == "ends"),
        optional=part.optional,
        gap=part.gap,
    )


def _required(parts: Sequence[Part]) -> list[int]:
    return [number for number, part in enumerate(parts) if part.forms and not part.optional]

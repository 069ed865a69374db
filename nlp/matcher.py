"""Finds the phrases of many cues in a note at once.

Every phrase is indexed by its rarest word, so a note is compared with the few phrases whose rarest word it holds, and
of these only with those whose other words stand in the same sentence; so cost hardly grows with the number of cues.
spaCy's own `Matcher` tries every pattern at every token, which with thousands of cues is too slow, and its
`PhraseMatcher` knows neither word forms nor gaps.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from nlp.dictionary import MOST_CACHED
from nlp.forms import Forms
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
        self._compiled: dict[int, _Candidate] = {}  # the phrases whose rarest word was seen
        self._index()
        self._stem_lengths = sorted({len(stem) for stem in (*self._starts, *self._ends)})
        self._candidates_of: dict[str, tuple[_Candidate, ...]] = {}

    def find(self, sentences: Iterable[Sentence]) -> list[Match]:
        """Return every phrase that stands in the note, in the order of the note; one match a phrase and place."""
        found: dict[tuple[int, int, int], Match] = {}
        for sentence in sentences:
            for position in range(sentence.first, sentence.last):
                for candidate in self._candidates(sentence.lower[position]):
                    for exact in candidate.must:  # the hottest loop of all: few phrases pass it
                        if exact.isdisjoint(sentence.present):
                            break
                    else:
                        if span := _match(candidate, sentence, position):
                            owner, phrase = self._phrases[candidate.number]
                            found.setdefault((candidate.number, *span), Match(owner, phrase.text, *span))
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

    def _candidates(self, lower: str) -> tuple[_Candidate, ...]:
        """Return the phrases whose rarest word this word of a note may be."""
        if (known := self._candidates_of.get(lower)) is None:
            if len(self._candidates_of) >= MOST_CACHED:
                self._candidates_of.clear()
            places = dict.fromkeys(self._look_up(lower))
            known = self._candidates_of[lower] = tuple(self._candidate(place) for place in places)
        return known

    def _candidate(self, place: _Place) -> _Candidate:
        if (known := self._compiled.get(place.number)) is None:
            parts = self._phrases[place.number][1].parts
            known = self._compiled[place.number] = _compile_around(place, parts)
        return known

    def _look_up(self, lower: str) -> Iterable[_Place]:
        for key in self._forms.keys(lower):
            yield from self._exact.get(key, ())
        for length in self._stem_lengths:
            if length < len(lower):
                yield from self._starts.get(lower[:length], ())
                yield from self._ends.get(lower[-length:], ())


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words `first` up to `last` of a note, ready to be compared with phrases, which never leave a sentence."""

    first: int
    last: int
    lower: Sequence[str]  # of the whole note, as are the keys
    keys: Sequence[tuple[str, ...]]
    present: frozenset[str]  # all keys of this sentence

    def fits(self, part: _CompiledPart, at: int) -> bool:
        """Say whether the word at `at` may stand in this place of a phrase."""
        if not self.first <= at < self.last:
            return False
        if not part.exact.isdisjoint(self.keys[at]):
            return True
        if not part.has_stems:
            return False
        lower = self.lower[at]
        return bool(
            (part.starts and lower.startswith(part.starts) and lower not in part.starts)
            or (part.ends and lower.endswith(part.ends) and lower not in part.ends)
        )


def sentences_of(words: Words, forms: Forms) -> list[Sentence]:
    """Look up all words of a note: what phrase sets with the same `forms` search in."""
    found: list[Sentence] = []
    keys = [forms.keys(lower) for lower in words.lower]
    first = 0
    while first < len(words):
        last = words.same_sentence(first).stop
        found.append(Sentence(first, last, words.lower, keys, frozenset(chain.from_iterable(keys[first:last]))))
        first = last
    return found


def _match(candidate: _Candidate, sentence: Sentence, position: int) -> tuple[int, int] | None:
    """Return the words of the phrase around its rarest word at `position`, or None."""
    after = _extend(candidate.after, sentence, position + 1, +1)
    if after is None:
        return None
    before = _extend(candidate.before, sentence, position - 1, -1)
    return None if before is None else (before + 1, after)


def _extend(parts: Sequence[_CompiledPart], sentence: Sentence, position: int, step: int) -> int | None:
    """Follow the parts from `position` on; return the first position not used, or None when they do not fit."""
    reached = {position}  # right behind a word of the phrase
    skipped: set[int] = set()  # positions that only a gap leads to
    for part in parts:
        if part.gap:
            skipped |= {at + step * words_between for at in reached for words_between in range(1, part.gap + 1)}
            continue
        fitting = {at + step for at in reached | skipped if sentence.fits(part, at)}
        reached, skipped = (reached | fitting, skipped) if part.optional else (fitting, set())
        if not reached:
            return None
    return max(reached) if step > 0 else min(reached)


@dataclass(frozen=True, slots=True)
class _CompiledPart:
    exact: frozenset[str]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    has_stems: bool
    optional: bool
    gap: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A compiled phrase, seen from its rarest word."""

    number: int
    before: tuple[_CompiledPart, ...]  # from the rarest word backwards
    after: tuple[_CompiledPart, ...]
    must: tuple[frozenset[str], ...]  # of each of these, the sentence needs one key at least


def _compile_around(place: _Place, parts: Sequence[Part]) -> _Candidate:
    compiled = tuple(_compile(part) for part in parts)
    others = (number for number in _required(parts) if number != place.part)
    must = {compiled[number].exact for number in others if not compiled[number].has_stems}
    return _Candidate(
        number=place.number,
        before=compiled[: place.part][::-1],
        after=compiled[place.part + 1 :],
        must=tuple(sorted(must, key=len)),
    )


def _compile(part: Part) -> _CompiledPart:
    starts = tuple(form.text for form in part.forms if form.kind == "starts")
    ends = tuple(form.text for form in part.forms if form.kind == "ends")
    return _CompiledPart(
        exact=frozenset(form.key for form in part.forms if form.kind not in ("starts", "ends")),
        starts=starts,
        ends=ends,
        has_stems=bool(starts or ends),
        optional=part.optional,
        gap=part.gap,
    )


def _required(parts: Sequence[Part]) -> list[int]:
    return [number for number, part in enumerate(parts) if part.forms and not part.optional]

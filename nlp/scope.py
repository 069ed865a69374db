"""Does a cue count? Negation, who acts, the past, the hypothetical, questions, what was solved.

Follows ConText (Harkema et al., "ConText: An algorithm for determining negation, experiencer, and temporal status
from clinical reports", J. Biomed. Inform. 42, 2009): a trigger reads forwards or backwards, some words away, and stops
at a terminator; a pseudo-trigger ("not only") hides the trigger that it holds. A trigger inside a cue's own words
never touches that cue, so "no budget" stays what it is. Who acts is the last subject named before the cue.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from nlp.forms import Forms
from nlp.language import resource
from nlp.matcher import Match, PhraseSet, Sentence
from nlp.phrases import parse
from nlp.reading import Verdict
from nlp.words import Words

_FAR = 1_000_000


@dataclass(frozen=True, slots=True)
class Ruling:
    """What scope says of one cue in one place."""

    verdict: Verdict = "counts"
    because: str = ""  # the words that decided


@dataclass(frozen=True, slots=True)
class _Rule:
    verdict: Verdict
    about: frozenset[str]
    reads: str  # "forward", "backward" or "both"
    reach: int  # words between trigger and cue
    within: str  # "clause" or "sentence"


class Scope:
    """The scope rules of one language, from its `scope.yaml`."""

    def __init__(self, language: str, forms: Forms) -> None:
        source = resource(language, "scope")
        lists = source.get("words") or {}
        self._rules = [_rule(entry) for entry in source["rules"]]
        self._triggers = _phrase_set([entry["phrases"] for entry in source["rules"]], forms, lists)
        self._hiding = _phrase_set([source.get("not_triggers") or []], forms, lists)
        self._ending = _phrase_set([source.get("ends") or []], forms, lists)
        self._actors = [(entry["verdict"], frozenset(entry.get("about") or ())) for entry in source["actors"]]
        self._subjects = _phrase_set([entry["phrases"] for entry in source["actors"]], forms, lists)

    def of(self, words: Words, sentences: Sequence[Sentence]) -> NoteScope:
        """Find all triggers of one note, whose words are looked up in `sentences`."""
        hidden = self._hiding.find(sentences)
        triggers = [match for match in self._triggers.find(sentences) if not _within_any(match, hidden)]
        subjects = [match for match in self._subjects.find(sentences) if not _within_any(match, hidden)]
        ends = [match.first for match in self._ending.find(sentences)]
        return NoteScope(
            words,
            [(match, self._rules[match.owner]) for match in triggers],
            [(match, *self._actors[match.owner]) for match in subjects],
            ends,
        )


class NoteScope:
    """The triggers that stand in one note."""

    def __init__(
        self,
        words: Words,
        triggers: list[tuple[Match, _Rule]],
        subjects: list[tuple[Match, str, frozenset[str]]],
        ends: list[int],
    ) -> None:
        self._words, self._triggers, self._subjects, self._ends = words, triggers, subjects, ends

    def rule(self, about: str, first: int, last: int, even_if: frozenset[str] = frozenset()) -> Ruling:
        """Say whether a cue about `about` in the words `first` up to `last` counts. `even_if`: verdicts ignored."""
        for match, rule in self._triggers:
            if about in rule.about and rule.verdict not in even_if and self._touches(match, rule, first, last):
                return Ruling(rule.verdict, self._said(match))
        return self._actor(about, first, even_if)

    def _actor(self, about: str, first: int, even_if: frozenset[str]) -> Ruling:
        acting: tuple[Match, str, frozenset[str]] | None = None
        for subject in self._subjects:
            match = subject[0]
            if match.last <= first + 1 and self._same("sentence", match.first, first) and self._one_voice(match, first):
                acting = subject
        if acting is None or acting[1] == "prospect" or about not in acting[2] or acting[1] in even_if:
            return Ruling()
        return Ruling(_verdict(acting[1]), self._said(acting[0]))

    def _one_voice(self, match: Match, first: int) -> bool:
        """A first person inside quotation marks is the prospect, and says nothing of what stands outside."""
        return not self._words.quoted[match.first] and not self._words.quoted[first]

    def _touches(self, match: Match, rule: _Rule, first: int, last: int) -> bool:
        if match.first < last and match.last > first:
            return False
        ahead = match.last <= first
        if rule.reads != "both" and (rule.reads == "forward") != ahead:
            return False
        low, high = (match.last, first) if ahead else (last, match.first)
        near = match.first if not ahead else match.last - 1
        return (
            high - low <= rule.reach
            and self._same(rule.within, near, first if ahead else last - 1)
            and not any(low <= end < high for end in self._ends)
        )

    def _same(self, within: str, one: int, other: int) -> bool:
        numbers = self._words.clause if within == "clause" else self._words.sentence
        return numbers[one] == numbers[other]

    def _said(self, match: Match) -> str:
        start, end = self._words.slice(match.first, match.last)
        return self._words.text[start:end]


def _rule(entry: dict[str, Any]) -> _Rule:
    return _Rule(
        verdict=_verdict(entry["verdict"]),
        about=frozenset(entry["about"]),
        reads=entry.get("reads", "forward"),
        reach=entry.get("reach", _FAR),
        within=entry.get("within", "clause"),
    )


def _verdict(name: str) -> Verdict:
    found: Verdict = next(known for known in get_args(Verdict) if known == name)
    return found


def _phrase_set(groups: Iterable[Sequence[str]], forms: Forms, lists: dict[str, list[str]]) -> PhraseSet:
    phrases = ((owner, phrase) for owner, group in enumerate(groups) for text in group for phrase in parse(text, lists))
    return PhraseSet(phrases, forms)


def _within_any(match: Match, others: Iterable[Match]) -> bool:
    return any(other.first <= match.first and match.last <= other.last for other in others)

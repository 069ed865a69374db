"""Cues as a spaCy component: which stand in a note, and which of them count. Second stage of the pipeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from spacy.tokens import Doc

from nlp.cues import Cue, CueBank
from nlp.forms import Forms
from nlp.matcher import Match, PhraseSet, Sentence, sentences_of
from nlp.phrases import parse, words_of
from nlp.reading import AXES, Quote, Verdict, Vote
from nlp.scope import Ruling, Scope
from nlp.words import Words

SHORT_CLAUSE = 14  # a clause of at most so many words is quoted whole
AROUND = 4  # of a longer one, so many words before and after the cue

# What is left of a cue's weight when it does not simply count; other verdicts leave nothing.
_REVERSED = -0.6  # "not a numbers person": evidence against, but weaker than evidence for
_ASKED = 0.5  # asked, not said (row A7)


class Found(NamedTuple):
    """A cue and where it stands."""

    cue: Cue
    match: Match


class CueFinder:
    """Puts the votes of a note into `doc.user_data["votes"]`, those of one language's cues."""

    def __init__(self, language: str, forms: Forms) -> None:
        self._language = language
        self._forms = forms
        self._scope = Scope(language, forms)
        self.compile(CueBank(()))

    def compile(self, bank: CueBank) -> None:
        """Take the cues of a playbook. Raises nlp.phrases.PhraseError for a broken phrase."""
        lists = bank.words.get(self._language, {})
        self._cues = bank.of(self._language)
        phrases = [
            (owner, phrase)
            for owner, cue in enumerate(self._cues)
            for text in cue.phrases
            for phrase in parse(text, lists)
        ]
        self._forms.expect(words_of(phrase for _, phrase in phrases))
        self._phrases = PhraseSet(phrases, self._forms)

    def __call__(self, doc: Doc) -> Doc:
        words: Words = doc.user_data["words"]
        sentences = self.sentences(words)
        doc.user_data["votes"] = self.judge(words, sentences, self.find(words, sentences))
        return doc

    def sentences(self, words: Words) -> list[Sentence]:
        """Return the sentences of a note with their words looked up in this language."""
        return sentences_of(words, self._forms)

    def find(self, words: Words, sentences: Sequence[Sentence]) -> list[Found]:
        """Return the cues that stand in a note, whether or not they count."""
        matches = ((self._cues[match.owner], match) for match in _longest(self._phrases.find(sentences)))
        return [Found(cue, match) for cue, match in matches if not _excepted(words, match, cue.exceptions)]

    def judge(self, words: Words, sentences: Sequence[Sentence], found: Iterable[Found]) -> list[Vote]:
        """Return the votes of cues, by the rules of scope of this language, whatever language the cues are in."""
        scope = self._scope.of(words, sentences)
        return [
            self._vote(words, cue, match, scope.rule(cue.about, match.first, match.last, cue.even_if))
            for cue, match in found
        ]

    def _vote(self, words: Words, cue: Cue, match: Match, ruling: Ruling) -> Vote:
        verdict: Verdict = ruling.verdict
        share = 1.0
        if verdict == "negated" and cue.about in ("style", *AXES):
            verdict, share = "reversed", _REVERSED
        elif verdict == "question":
            share = _ASKED
        elif verdict != "counts":
            share = 0.0
        return Vote(
            cue=cue.id,
            about=cue.about,
            key=cue.key,
            weight=cue.weight * share,
            quote=quote_around(words, match.first, match.last),
            verdict=verdict,
            because=ruling.because,
            read_as=self._read_as(words, match),
            first=match.first,
            last=match.last,
            kind=cue.kind,
        )

    def _read_as(self, words: Words, match: Match) -> str:
        meant = (self._forms.read_as(word) for word in words.lower[match.first : match.last])
        return ", ".join(filter(None, meant))


def quote_around(words: Words, first: int, last: int) -> Quote:
    """Quote the words `first` up to `last` with their clause, or with what stands next to them in a long one."""
    begin, end = words.same_clause(first)[0], words.same_clause(last - 1)[-1] + 1
    if end - begin > SHORT_CLAUSE:
        begin, end = max(begin, first - AROUND), min(end, last + AROUND)
    start, stop = words.slice(begin, end)
    return Quote(words.text[start:stop], start, stop)


def _longest(matches: list[Match]) -> list[Match]:
    """Keep one match a cue and place: the longest of those that overlap."""
    kept: dict[int, list[Match]] = defaultdict(list)
    for match in sorted(matches, key=lambda match: (match.first - match.last, match.first)):
        others = kept[match.owner]
        if not any(other.first < match.last and match.first < other.last for other in others):
            others.append(match)
    return sorted(chain(*kept.values()), key=lambda match: (match.first, match.last, match.owner))


def _excepted(words: Words, match: Match, exceptions: tuple[str, ...]) -> bool:
    return bool(exceptions) and any(words.lower[index] in exceptions for index in range(match.first, match.last))

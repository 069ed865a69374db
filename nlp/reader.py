"""Reading a note: the one way into this package."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from threading import Lock

from spacy.language import Language

from nlp import second_reader, weighing
from nlp.cue_finder import Found
from nlp.cues import CueBank
from nlp.days.next_step import find_next_step
from nlp.detect import detect_language
from nlp.evidence import Evidence
from nlp.facts import find_facts
from nlp.findings import find_lifecycle, find_needs, find_objections, find_topics
from nlp.forms import Forms
from nlp.language import languages
from nlp.mixed import cues_of_guest, guest_words
from nlp.pipeline import finder_of, make_pipeline
from nlp.reading import About, Reading, Vote
from nlp.style import Thresholds, guess_style
from nlp.who.names import find_named
from nlp.words import Words


class Reader:
    """A playbook's cues, compiled for each language when a note needs it, which costs some tenths of a second.

    One thread may read with it, while another one completes it.
    """

    def __init__(self, bank: CueBank, *, confidence: float = 0.5, margin: float = 0.15) -> None:
        """Take the cues. `confidence` and `margin` say when a style is named (see nlp.style.Thresholds)."""
        self._bank = bank
        self._pipelines: dict[str, Language] = {}
        self._compiling = {language: Lock() for language in languages()}
        self._forms = {language: Forms(language) for language in languages()}
        self._thresholds = Thresholds(confidence, margin)
        self._second = second_reader.load()
        self._weighing = weighing.load()
        self._needs = _keys(bank, "need")
        self._objections = _keys(bank, "objection")

    def read(self, text: str, *, written_on: date, language: str | None = None, likely: str = "en") -> Reading:
        """Read one note. `written_on` is the local day of writing, from which days are counted.

        `language` says what the note is written in; without it, it is detected, and `likely`, the writer's own
        language, is taken where the note is too short to tell. Any text gives a reading. Raises KeyError for a
        `language` that has no resources.
        """
        code, sure = (language, True) if language else detect_language(text, likely=likely)
        evidence = self.evidence(text, code)
        style = guess_style(evidence, weighing=self._weighing, thresholds=self._thresholds)
        needs = find_needs(evidence, self._weighing, self._needs)
        objections = find_objections(evidence, self._weighing, self._objections)
        opinions = [
            *(vote for vote in style.evidence if vote not in evidence.votes),
            *_opinions(evidence, "need", {found.need: found.strength for found in needs}),
            *_opinions(evidence, "objection", {found.objection: found.strength for found in objections}),
        ]
        return Reading(
            language=code,
            language_sure=sure,
            style=style,
            needs=needs,
            objections=objections,
            lifecycle=find_lifecycle(evidence, self._weighing),
            next_step=find_next_step(text, language=code, written_on=written_on),
            named=find_named(text, language=code),
            facts=find_facts(text, language=code),
            topics=find_topics(evidence.votes),
            votes=tuple(sorted([*evidence.votes, *opinions], key=lambda vote: (vote.first, vote.last))),
        )

    def complete(self) -> None:
        """Compile what no note has needed yet. Raises nlp.phrases.PhraseError for a broken phrase."""
        for language in languages():
            self._pipeline(language)

    def evidence(self, text: str, language: str) -> Evidence:
        """Return what a note holds before it is weighed."""
        pipeline = self._pipeline(language)
        with pipeline.memory_zone():  # forget the note's new words again; nothing of spaCy leaves the zone
            doc = pipeline(text)
            words: Words = doc.user_data["words"]
            votes: list[Vote] = doc.user_data["votes"]
        votes += self._votes_of_guests(words, votes, language)
        second = self._second if language in self._second.languages else None
        return Evidence(words, votes, second, self._forms[language])

    def _votes_of_guests(self, words: Words, votes: list[Vote], host: str) -> list[Vote]:
        """Return what cues of other languages see in words that only those know; the note's own scope rules them."""
        found: list[Found] = []
        for guest, forms in self._forms.items():
            if guest != host and (foreign := guest_words(words, self._forms[host], forms)):
                finder = finder_of(self._pipeline(guest))
                seen = finder.find(words, finder.sentences(words))
                found += cues_of_guest(seen, words, foreign, forms, votes)
        finder = finder_of(self._pipeline(host))
        return finder.judge(words, finder.sentences(words), found) if found else []

    def _pipeline(self, language: str) -> Language:
        with self._compiling[language]:
            if language not in self._pipelines:
                self._pipelines[language] = make_pipeline(self._bank, language)
            return self._pipelines[language]


def _keys(bank: CueBank, about: About) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cue.key for cue in bank.cues if cue.about == about))


def _opinions(evidence: Evidence, about: About, found: Mapping[str, float]) -> list[Vote]:
    """Return the second reader's votes for what no cue speaks for, weighed by how likely that is."""
    return [
        evidence.told(vote, probability)
        for key, probability in found.items()
        if not evidence.cue_votes(about, key)
        for vote in evidence.opinion_votes(about, key)
    ]

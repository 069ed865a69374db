"""Reading a note: the one way into this package."""

from __future__ import annotations

from datetime import date

from nlp.cues import CueBank
from nlp.detect import detect_language
from nlp.facts import find_facts
from nlp.findings import find_lifecycle, find_needs, find_objections, find_topics
from nlp.language import languages
from nlp.names import find_named
from nlp.next_step import find_next_step
from nlp.pipeline import make_pipeline
from nlp.reading import Reading, Vote
from nlp.style import Calibration, Thresholds, guess_style
from nlp.words import Words


class Reader:
    """A playbook's cues, compiled for every language. Costs up to a second to make; not safe between threads."""

    def __init__(self, bank: CueBank, *, confidence: float = 0.5, margin: float = 0.15) -> None:
        """Compile the cues. `confidence` and `margin` say when a style is named (see nlp.style.Thresholds)."""
        self._pipelines = {language: make_pipeline(bank, language) for language in languages()}
        self._thresholds = Thresholds(confidence, margin)
        self._calibration = Calibration()

    def read(self, text: str, *, written_on: date, language: str | None = None, likely: str = "en") -> Reading:
        """Read one note. `written_on` is the local day of writing, from which days are counted.

        `language` says what the note is written in; without it, it is detected, and `likely`, the writer's own
        language, is taken where the note is too short to tell. Any text gives a reading. Raises KeyError for a
        `language` that has no resources.
        """
        code, sure = (language, True) if language else detect_language(text, likely=likely)
        words, votes = self._run(code, text)
        return Reading(
            language=code,
            language_sure=sure,
            style=guess_style(votes, thresholds=self._thresholds, calibration=self._calibration),
            needs=find_needs(votes, words),
            objections=find_objections(votes),
            lifecycle=find_lifecycle(votes),
            next_step=find_next_step(text, language=code, written_on=written_on),
            named=find_named(text, language=code),
            facts=find_facts(text, language=code),
            topics=find_topics(votes),
            votes=tuple(votes),
        )

    def _run(self, language: str, text: str) -> tuple[Words, list[Vote]]:
        pipeline = self._pipelines[language]
        with pipeline.memory_zone():  # forget the note's new words again; nothing of spaCy leaves the zone
            doc = pipeline(text)
            words: Words = doc.user_data["words"]
            votes: list[Vote] = doc.user_data["votes"]
        return words, votes

"""A playbook as the program uses it: all files merged, with lookups by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from nlp.cues import Cue, CueBank
from nlp.reading import About as CueAbout
from playbooks.schema import (
    About,
    Axis,
    Cadence,
    CueCard,
    Kind,
    Lifecycle,
    Need,
    Objection,
    Question,
    Rung,
    Strict,
    Style,
    Topic,
)
from playbooks.variables import VARIABLES, fill_in, neutral_phrases

Said = TypeVar("Said")  # a text, or lines


class Playbook(Strict):
    """One team's sales knowledge. Valid, and never changed: it may be shared between threads."""

    about: About
    axes: list[Axis]
    styles: list[Style]
    lifecycles: list[Lifecycle]
    kinds: list[Kind]
    rungs: list[Rung]
    needs: list[Need]
    topics: list[Topic]
    questions: list[Question]
    objections: list[Objection]
    cadences: list[Cadence]
    words: dict[str, dict[str, list[str]]]  # language -> name of a word list -> words
    cues: dict[str, list[CueCard]]  # language -> cues

    def to_json(self) -> str:
        """Return the whole playbook as JSON, to be stored."""
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def from_json(cls, content: str) -> Playbook:
        """Return the playbook that `to_json` stored. Raises ValueError when it is not such a text."""
        return cls.model_validate_json(content)

    def axis(self, key: str) -> Axis | None:
        """Return an axis by key, or None."""
        return self._axes.get(key)

    def style(self, key: str) -> Style | None:
        """Return a style by key, or None: "unclear" is no style."""
        return self._styles.get(key)

    def lifecycle(self, key: str) -> Lifecycle | None:
        """Return a lifecycle value by key, or None."""
        return self._lifecycles.get(key)

    def kind(self, key: str) -> Kind | None:
        """Return want or need by key, or None."""
        return self._kinds.get(key)

    def rung(self, key: str) -> Rung | None:
        """Return a rung of the means-end ladder by key, or None."""
        return self._rungs.get(key)

    def need(self, key: str) -> Need | None:
        """Return a need by key, or None: readings of older versions may name what is gone."""
        return self._needs.get(key)

    def topic(self, key: str) -> Topic | None:
        """Return a topic by key, or None."""
        return self._topics.get(key)

    def objection(self, key: str) -> Objection | None:
        """Return an objection by key, or None."""
        return self._objections.get(key)

    def say(self, said: Mapping[str, Said], language: str) -> Said:
        """Return a text or lines in a language; in the playbook's first where it does not have that one."""
        return said[language] if language in said else said[self.about.languages[0]]

    def name_of(self, entry: Named | None, key: str, language: str) -> str:
        """Return what an entry is called; its key when there is no such entry (any more)."""
        return self.say(entry.name, language) if entry else key

    def fill(self, text: str, language: str, **values: str) -> str:
        """Return a text with its variables filled in; what is not given gets a neutral phrase, never braces.

        `values` are `prospect`, `need` and `rep`; an empty one counts as not given.
        """
        given = {name: values.get(name) or self._neutral(name, language) for name in VARIABLES}
        return fill_in(text, given)

    def cue_bank(self) -> CueBank:
        """Return all cues and word lists as the reader takes them."""
        return self._bank

    def _neutral(self, variable: str, language: str) -> str:
        own = next((said for name, said in self.about.neutral.items() if name == variable), {})
        by_language = {**neutral_phrases()[variable], **own}
        return by_language.get(language) or self.say(by_language, self.about.languages[0])

    @cached_property
    def _bank(self) -> CueBank:
        cues = (_cue(card, language) for language, cards in self.cues.items() for card in cards)
        words = {
            language: {name: tuple(listed) for name, listed in lists.items()} for language, lists in self.words.items()
        }
        return CueBank(tuple(cues), words)

    @cached_property
    def _axes(self) -> Mapping[str, Axis]:
        return _by_key(self.axes)

    @cached_property
    def _styles(self) -> Mapping[str, Style]:
        return _by_key(self.styles)

    @cached_property
    def _lifecycles(self) -> Mapping[str, Lifecycle]:
        return _by_key(self.lifecycles)

    @cached_property
    def _kinds(self) -> Mapping[str, Kind]:
        return _by_key(self.kinds)

    @cached_property
    def _rungs(self) -> Mapping[str, Rung]:
        return _by_key(self.rungs)

    @cached_property
    def _needs(self) -> Mapping[str, Need]:
        return _by_key(self.needs)

    @cached_property
    def _topics(self) -> Mapping[str, Topic]:
        return _by_key(self.topics)

    @cached_property
    def _objections(self) -> Mapping[str, Objection]:
        return _by_key(self.objections)


Named = Axis | Style | Lifecycle | Kind | Rung | Need | Topic | Objection | Cadence
Entry = TypeVar("Entry", Axis, Style, Lifecycle, Kind, Rung, Need, Topic, Objection)


def _by_key(entries: Sequence[Entry]) -> Mapping[str, Entry]:
    return {entry.key: entry for entry in entries}


def _cue(card: CueCard, language: str) -> Cue:
    about, key = _speaks_for(card)
    return Cue(
        id=card.id,
        language=language,
        about=about,
        key=key,
        phrases=tuple(card.phrases),
        weight=card.weight,
        kind=card.kind if card.need else None,
        exceptions=tuple(card.exceptions),
        even_if=frozenset(card.even_if),
    )


def _speaks_for(card: CueCard) -> tuple[CueAbout, str]:
    """Return what a cue is about and its key there. A need's cue may carry a kind beside it."""
    if card.axis and card.pole:
        return card.axis, card.pole
    targets: Iterable[tuple[CueAbout, Any]] = (
        ("style", card.style),
        ("need", card.need),
        ("objection", card.objection),
        ("lifecycle", card.lifecycle),
        ("kind", card.kind),
        ("rung", card.rung),
        ("topic", card.topic),
    )
    return next((about, key) for about, key in targets if key is not None)

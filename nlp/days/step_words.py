"""A note as terms with classes, for telling whose step a day belongs to. The words are in next_step.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nlp.days.dates import DayMention
from nlp.language import resource

LONGEST_PHRASE = 5  # words
LONGEST_QUOTATION = 250  # characters
NOT_CLASSES = ("past_shapes", "possessive_ending", "subject_follows_day", "quote_clitics", "thing_endings")
DAY, STOP, BREAK, PAST, POSSESSIVE, THINGS = "day", "stop", "breaks", "past", "possessive", "things"

_PIECES = re.compile(
    r"""
    (?P<stop>\n|[.!?;•*](?=["'”’)]*(?:\s|$))|->|→)
  | (?P<breaks>[,:()…]|(?<=\s)[-–—](?=\s))
  | (?P<word>['’]?[^\W_]+(?:['’.-][^\W_]+)*(?:/(?=\s))?)
  | (?P<sign>\S)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase, or a day that was found: `text[start:end]` of the note."""

    start: int
    end: int
    text: str
    classes: frozenset[str]
    mention: DayMention | None = None

    def has(self, *names: str) -> bool:
        """Say whether the term is of any of these classes."""
        return not self.classes.isdisjoint(names)


@dataclass(frozen=True)
class StepWords:
    """What next_step.yaml of one language says."""

    phrases: Mapping[tuple[str, ...], frozenset[str]]
    first_words: frozenset[str]  # of the phrases
    past_shapes: tuple[tuple[str, tuple[str, ...]], ...]
    possessive_endings: tuple[str, ...]
    thing_endings: tuple[str, ...]
    subject_follows_day: bool
    quotations: re.Pattern[str]


@lru_cache
def step_words(language: str) -> StepWords:
    """Compile the words of a language. Raises FileNotFoundError when it has no next_step.yaml."""
    loaded = resource(language, "next_step")
    phrases = _phrases({name: words for name, words in loaded.items() if name not in NOT_CLASSES})
    return StepWords(
        phrases=phrases,
        first_words=frozenset(phrase[0] for phrase in phrases),
        past_shapes=tuple((shape["begins"], tuple(shape["ends"])) for shape in loaded["past_shapes"]),
        possessive_endings=tuple(loaded["possessive_ending"]),
        thing_endings=tuple(loaded["thing_endings"]),
        subject_follows_day=loaded["subject_follows_day"],
        quotations=_quotations(loaded["quote_clitics"]),
    )


def terms_of(text: str, mentions: Sequence[DayMention], language: str) -> list[Term]:
    """Cut a note into terms; each mention is one term. Linear in the length of the text."""
    words = step_words(language)
    plain = list(_plain_terms(text, mentions))
    return list(_with_phrases(plain, words))


def quoted_ranges(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Return where the note quotes somebody, as half-open ranges of characters."""
    return tuple(match.span() for match in step_words(language).quotations.finditer(text))


def folded(text: str) -> str:
    """Return text as the YAML files write it."""
    return text.lower().replace("’", "'").replace("-", " ")


def _phrases(loaded: Mapping[str, Any]) -> dict[tuple[str, ...], frozenset[str]]:
    found: dict[tuple[str, ...], frozenset[str]] = {}
    for name, surfaces in loaded.items():
        for surface in surfaces:
            key = tuple(folded(str(surface)).split()) or (str(surface),)
            found[key] = found.get(key, frozenset()) | {name}
    return found


def _quotations(clitics: Sequence[str]) -> re.Pattern[str]:
    no_clitic = "|".join(re.escape(clitic) for clitic in clitics)
    inside = rf"[^\n]{{1,{LONGEST_QUOTATION}}}?"
    return re.compile(
        rf"""(?<!\w)(?!(?:{no_clitic})\b)['‘](?=[^\s\d]){inside}(?<=\S)['’](?!\w)|["“„](?=\S){inside}["”]""",
        re.IGNORECASE,
    )


def _plain_terms(text: str, mentions: Sequence[DayMention]) -> Iterator[Term]:
    at = 0
    for mention in mentions:
        yield from _pieces(text, at, mention.start)
        said = text[mention.start : mention.end]
        yield Term(mention.start, mention.end, said, frozenset({DAY}), mention)
        at = mention.end
        if _is_abbreviation_dot(text, said, at):
            at += 1
    yield from _pieces(text, at, len(text))


def _is_abbreviation_dot(text: str, said: str, at: int) -> bool:
    """Say whether a dot ends a short day and no sentence: "vr. met een plan"."""
    short = len(said.split()[-1]) <= 4
    return short and text[at : at + 2] == ". " and text[at + 2 : at + 3].islower()


def _pieces(text: str, start: int, end: int) -> Iterator[Term]:
    for match in _PIECES.finditer(text, start, end):
        kind = match.lastgroup
        classes = frozenset({kind}) if kind in (STOP, BREAK) else frozenset[str]()
        yield Term(match.start(), match.end(), match.group(), classes)


def _with_phrases(plain: Sequence[Term], words: StepWords) -> Iterator[Term]:
    at = 0
    said = [tuple(folded(term.text).split()) or (term.text,) for term in plain]
    while at < len(plain):
        size, classes = _longest_phrase(plain, said, at, words)
        first, last = plain[at], plain[at + size - 1]
        text = first.text if size == 1 else " ".join(term.text for term in plain[at : at + size])
        if not first.classes:
            classes |= _classes_by_shape(text, classes, words)
            yield Term(first.start, last.end, text, classes)
        else:
            yield first
        at += size


def _longest_phrase(
    plain: Sequence[Term], said: Sequence[tuple[str, ...]], at: int, words: StepWords
) -> tuple[int, frozenset[str]]:
    best: tuple[int, frozenset[str]] = (1, frozenset())
    if said[at][0] not in words.first_words:
        return best
    phrase: tuple[str, ...] = ()
    for size, term in enumerate(plain[at : at + LONGEST_PHRASE], start=1):
        if term.classes:
            break
        phrase += said[at + size - 1]
        if phrase in words.phrases:
            best = size, words.phrases[phrase]
    return best


def _classes_by_shape(text: str, classes: frozenset[str], words: StepWords) -> frozenset[str]:
    """Tell past forms and possessives that no list holds by their beginning and ending."""
    said = folded(text)
    found: set[str] = set()
    if (
        not classes
        and len(said) > 4
        and any(said.startswith(begins) and said.endswith(ends) for begins, ends in words.past_shapes)
    ):
        found.add(PAST)
    if not classes and said.endswith(words.possessive_endings):
        found.add(POSSESSIVE)
    if not classes and any(_is_thing(said.removesuffix(end), words) for end in words.thing_endings):
        found.add(THINGS)
    return frozenset(found)


def _is_thing(said: str, words: StepWords) -> bool:
    return THINGS in words.phrases.get((said,), ())

"""Text into words with meanings: what a day can be said with, before any pattern is tried."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache
from typing import Any, NamedTuple

from nlp.language import resource

# Longest surface form in words: "the day after tomorrow" and the like.
MAX_WORDS = 5
AFTERNOON_BEGINS = 7  # "at 4" is in the afternoon, "at 7" in the morning: reps ring in office hours

DAYS_OF_A_MONTH = range(1, 32)

Values = Mapping[str, Any]
NOTHING: Values = {}


class Span(NamedTuple):
    """A length of time, part by part as it was said."""

    months: int = 0
    days: int = 0
    working: int = 0
    parts: int = 1

    def __add__(self, other: object) -> Span:
        if not isinstance(other, Span):
            return NotImplemented
        return Span(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


class Written(NamedTuple):
    """A date in figures, as it was written: which of the first two is the month is not decided here."""

    first: int
    second: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of the text and all that it may mean: class of word -> value."""

    start: int
    end: int
    text: str
    values: Values = field(default_factory=dict)


@dataclass(frozen=True)
class Lexicon:
    """The words of one language, compiled."""

    surfaces: Mapping[tuple[str, ...], Values]
    first_words: frozenset[str]  # of the surfaces
    pieces: re.Pattern[str]
    weak: frozenset[str]  # short words for a weekday that are often something else
    weak_in_capitals: frozenset[str]
    weak_everywhere: frozenset[str]
    morning: frozenset[str]  # what says that a clock time is before noon
    afternoon: frozenset[str]


@lru_cache
def lexicon(language: str) -> Lexicon:
    """Compile the words of a language. Raises FileNotFoundError when it has no dates.yaml."""
    loaded = resource(language, "dates")
    words = loaded["words"]
    surfaces = _surfaces(words)
    return Lexicon(
        surfaces=surfaces,
        first_words=frozenset(surface[0] for surface in surfaces if surface),
        pieces=_pieces(loaded),
        weak=frozenset(loaded["weak"]),
        weak_in_capitals=frozenset(loaded["weak_in_capitals"]),
        weak_everywhere=frozenset(loaded["weak_everywhere"]),
        morning=frozenset(words["before noon"]),
        afternoon=frozenset(words["after noon"]),
    )


def words_of(text: str, language: str) -> tuple[Word, ...]:
    """Cut a text into words, each with what it may mean for a day. Linear in the length of the text."""
    lexed = lexicon(language)
    plain = [_plain_word(match, lexed) for match in lexed.pieces.finditer(text)]
    known = list(_known_words(plain, lexed))
    return tuple(_with_spans(_without_abbreviation_dots(known)))


def _surfaces(words: Mapping[str, Any]) -> dict[tuple[str, ...], dict[str, Any]]:
    """Turn class -> value -> surfaces (or class -> surfaces) into surface -> class -> value."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for name, meanings in words.items():
        by_value = meanings if isinstance(meanings, dict) else {True: meanings}
        for value, surfaces in by_value.items():
            for surface in surfaces:
                values = found.setdefault(tuple(_folded(str(surface)).split()), {})
                values[name] = _value(name, value)
                if name == "number" and value in DAYS_OF_A_MONTH:
                    values["daynum"] = value
    return found


def _value(name: str, value: object) -> object:
    if name == "unit":
        kind, count = str(value).split()
        return kind, int(count)
    if name == "clock":
        return time.fromisoformat(str(value))
    return value


def _folded(text: str) -> str:
    plain = text.lower().replace("’", "'")
    return re.sub(r"(?<=\w)-(?=\w)", " ", plain) if "-" in plain else plain


def _pieces(loaded: Mapping[str, Any]) -> re.Pattern[str]:
    """One expression that cuts a text: no nested repetition, so it takes linear time on anything."""
    words = loaded["words"]
    meridiem = _either([*words["before noon"], *words["after noon"]])
    marks = _either([":", ".", *loaded["hour_marks"]])
    return re.compile(
        rf"""
        (?P<full>(?<![\w./-])(?:[0-9]{{4}}(?P<a>[-/.])[0-9]{{1,2}}(?P=a)[0-9]{{1,2}}
            |[0-9]{{1,2}}(?P<b>[-/.])[0-9]{{1,2}}(?P=b)['’]?(?:[0-9]{{4}}|[0-9]{{2}}))(?!\w|[-/.][\w]))
      | (?P<clock>(?<![\w./:-])[0-9]{{1,2}}(?:(?:{marks})[0-9]{{2}}(?::[0-9]{{2}})?\ ?(?:{meridiem})?
            |\ ?(?:{meridiem}))(?!\w|[-/:.][0-9]))
      | (?P<pair>(?<![\w./-])[0-9]{{1,2}}[-/.][0-9]{{1,2}}(?!\w|[-/.][\w]))
      | (?P<ordinal>(?<![\w./-])[0-9]{{1,2}}\ ?(?:{_either(loaded["ordinal_endings"])})(?!\w))
      | (?P<number>[0-9]+)
      | (?P<dotted>[^\W\d_](?:\.[^\W\d_])+\.?(?!\w))
      | (?P<word>['’](?=[^\W\d_](?!\w))[^\W\d_]|[^\W\d_]+(?:['’][^\W\d_]+)*)
      | (?P<line>\n)
      | (?P<sign>[^\w\s]|_)
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def _either(surfaces: list[str]) -> str:
    return "|".join(re.escape(str(surface)) for surface in sorted(surfaces, key=len, reverse=True))


def _plain_word(match: re.Match[str], lexed: Lexicon) -> Word:
    kind, text = match.lastgroup or "sign", match.group()
    return Word(match.start(), match.end(), text, _FIGURES.get(kind, _no_figure)(text, lexed))


def _no_figure(text: str, lexed: Lexicon) -> Values:  # noqa: ARG001 (called like the others)
    return {"line": True} if text == "\n" else NOTHING


def _full_date(text: str, lexed: Lexicon) -> Values:  # noqa: ARG001
    first, second, third = (int(part) for part in re.findall(r"[0-9]+", text))
    if first > 31:
        return {"iso_date": Written(second, third, first)}
    return {"full_date": Written(first, second, third if third > 99 else 2000 + third)}


def _clock(text: str, lexed: Lexicon) -> Values:
    figures = re.findall(r"[0-9]+", text)
    hour, minute = int(figures[0]), int(figures[1]) if len(figures) > 1 else 0
    ending = re.sub(r"^[0-9:.]+(?:[a-z]?[0-9]+)?(?::[0-9]+)?\s?", "", text.lower())
    values: dict[str, Any] = {}
    if ending in lexed.afternoon and hour < 12:
        hour += 12
    elif ending in lexed.morning and hour == 12:
        hour = 0
    elif not ending and not figures[0].startswith("0"):
        hour = office_hour(hour)
    if hour < 24 and minute < 60:
        values["clock"] = time(hour, minute)
    if not ending and "." in text:
        values["dot_date"] = Written(int(figures[0]), minute)
    return values


def office_hour(hour: int) -> int:
    """Read an hour from 1 to 6 as one of the afternoon."""
    return hour + 12 if 0 < hour < AFTERNOON_BEGINS else hour


def _pair(text: str, lexed: Lexicon) -> Values:  # noqa: ARG001
    first, second = (int(part) for part in re.findall(r"[0-9]+", text))
    mark = {"/": "slash_date", "-": "dash_date"}.get(re.sub(r"[0-9]", "", text), "dot_date")
    return {mark: Written(first, second)}


def _ordinal(text: str, lexed: Lexicon) -> Values:  # noqa: ARG001
    number = int(re.match(r"[0-9]+", text).group())  # type: ignore[union-attr]
    return {"ordinal": number, "ordinal_figures": number} if number in DAYS_OF_A_MONTH else NOTHING


def _number(text: str, lexed: Lexicon) -> Values:  # noqa: ARG001
    if len(text) > 6:
        return NOTHING
    number = int(text)
    values: dict[str, Any] = {"number": number}
    if len(text) < 3 and number in DAYS_OF_A_MONTH:
        values["daynum"] = number
    if len(text) == 4 and 1900 <= number < 2200:
        values["year"] = number
    return values


_FIGURES = {
    "full": _full_date,
    "clock": _clock,
    "pair": _pair,
    "ordinal": _ordinal,
    "number": _number,
}


def _known_words(plain: list[Word], lexed: Lexicon) -> Iterator[Word]:
    """Join the words that mean something together, the longest first."""
    at = 0
    folded = [tuple(_folded(word.text).split()) for word in plain]
    while at < len(plain):
        may_begin = folded[at][:1] == () or folded[at][0] in lexed.first_words
        size, values = _longest(plain, folded, at, lexed) if may_begin else (1, NOTHING)
        first, last = plain[at], plain[at + size - 1]
        at += size
        if values is NOTHING and size == 1:
            yield first
            continue
        text = first.text if size == 1 else " ".join(word.text for word in plain[at - size : at])
        keeps_figures = size == 1 and "nothing" not in values
        yield Word(first.start, last.end, text, {**first.values, **values} if keeps_figures else values)


def _longest(plain: list[Word], folded: list[tuple[str, ...]], at: int, lexed: Lexicon) -> tuple[int, Values]:
    """Return how many of the words from `at` on stand in the lexicon as one, and what they mean."""
    best: tuple[int, Values] = (1, NOTHING)
    said: tuple[str, ...] = ()
    for size, word in enumerate(plain[at : at + 2 * MAX_WORDS], start=1):
        if "line" in word.values or (word.values and size > 1):
            break
        if _is_joining_hyphen(plain, at + size - 1) and size > 1:
            continue
        said += folded[at + size - 1]
        if said in lexed.surfaces:
            best = size, lexed.surfaces[said]
        if len(said) == MAX_WORDS:
            break
    return best


def _is_joining_hyphen(plain: list[Word], at: int) -> bool:
    word = plain[at]
    joined = 0 < at < len(plain) - 1 and plain[at - 1].end == word.start and word.end == plain[at + 1].start
    return word.text == "-" and joined


def _without_abbreviation_dots(words: list[Word]) -> list[Word]:
    """Drop the dot of "Sept. 4" and "vr. 20 sept", which ends no sentence."""
    return [word for at, word in enumerate(words) if not _is_abbreviation_dot(words, at)]


def _is_abbreviation_dot(words: list[Word], at: int) -> bool:
    if words[at].text != "." or not 0 < at < len(words) - 1:
        return False
    before, after = words[at - 1].values, words[at + 1]
    return (
        ("weekday" in before or "month" in before)
        and not {"line", "sign"} & after.values.keys()
        and (after.text[0].isdigit() or after.text == "," or "month" in after.values)
    )


def _with_spans(words: list[Word]) -> Iterator[Word]:
    """Join "2 years, 3 months and a day" to one word with a span."""
    at = 0
    while at < len(words):
        size, span = _span_from(words, at)
        if span is None:
            yield words[at]
            at += 1
            continue
        text = " ".join(word.text for word in words[at : at + size])
        yield Word(words[at].start, words[at + size - 1].end, text, {"span": span, **_clock_of_span(words, at, size)})
        at += size


def _span_from(words: list[Word], at: int) -> tuple[int, Span | None]:
    """Return the number of words that make one span from `at` on, and the span."""
    size, total = 0, None
    while (part := _span_part(words, at + size + _joint_size(words, at + size, total))) is not None:
        size += _joint_size(words, at + size, total) + 2
        total = part if total is None else total + part
    return size, total


def _joint_size(words: list[Word], at: int, total: Span | None) -> int:
    if total is None:
        return 0
    size = 0
    while size < 2 and at + size < len(words) and {"comma", "and"} & words[at + size].values.keys():
        size += 1
    return size


def _span_part(words: list[Word], at: int) -> Span | None:
    if at + 1 >= len(words) or "unit" not in words[at + 1].values:
        return None
    values = words[at].values
    count = values.get("number", 1 if "one" in values else None)
    if count is None:
        return None
    kind, size = words[at + 1].values["unit"]
    if kind == "hours":
        return Span()
    return Span(**{kind: count * size})


def _clock_of_span(words: list[Word], at: int, size: int) -> Values:
    """Return the hour that a length may be as well: "2 uur"."""
    number = words[at].values.get("number")
    if size == 2 and number is not None and number < 25 and "oclock" in words[at + 1].values:
        return {"clock": time(office_hour(number) % 24)}
    return NOTHING


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return the date, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None

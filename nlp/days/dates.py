"""Days in a text: "Thursday", "over twee weken", "8/10" -> a date, counted from the day of writing.

The words and patterns of each language are in languages/<language>/dates.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache, partial

from nlp.days.meanings import Meant, Writing, meaning_of
from nlp.days.patterns import Match, longest_match, patterns_of
from nlp.days.times import time_around
from nlp.days.words import Word, Written, lexicon, words_of
from nlp.language import resource


@dataclass(frozen=True, slots=True)
class DayMention:
    """Words of the text that name a day or a period: `text[start:end]`, in characters, half-open."""

    start: int
    end: int
    day: date | None  # None: a period such as "next week", or a day that is not fixed
    at: time | None = None
    other_day: date | None = None  # what an ambiguous day ("next Tuesday") could also mean
    kind: str = ""  # the name of the pattern that fitted: "weekday", "span", "day_month" ...
    sure: bool = True  # False: only a day when somebody is to do something ("in the morning")


def find_days(text: str, *, language: str, written_on: date, month_first: bool = False) -> tuple[DayMention, ...]:
    """Return every day and period that a text names, in its order and without overlaps.

    Past days are included ("since Monday"). `month_first` reads "8/10" as 10 August.
    Raises FileNotFoundError when the language has no dates.yaml.
    """
    words = words_of(text, language)
    writing = Writing(written_on, month_first or _signs_of_month_first(text, words, language))
    return tuple(_mentions(words, language, writing))


def _signs_of_month_first(text: str, words: Sequence[Word], language: str) -> bool:
    """Say whether a note shows by itself that it puts months first: a date or a place that allows no other."""
    if any(_only_month_first(word.values.get("slash_date")) for word in words):
        return True
    signs = _month_first_signs(language)
    return signs is not None and signs.search(text) is not None


def _only_month_first(written: Written | None) -> bool:
    return written is not None and written.first <= 12 < written.second <= 31


@lru_cache
def _month_first_signs(language: str) -> re.Pattern[str] | None:
    signs = resource(language, "dates").get("month_first_signs")
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, signs))})\b") if signs else None


def _mentions(words: Sequence[Word], language: str, writing: Writing) -> Iterator[DayMention]:
    patterns = patterns_of(language, "patterns")
    at = taken = 0
    while at < len(words):
        match = longest_match(words, at, patterns, partial(_is_believable, words, language))
        meant = match and meaning_of(match.meaning, match.slots, writing)
        if match and meant:
            mention, at = _mention(words, match, meant, language, taken)
            taken = at
            yield mention
        else:
            at = match.end if match and match.meaning == NO_DAY else at + 1


def _mention(words: Sequence[Word], match: Match, meant: Meant, language: str, taken: int) -> tuple[DayMention, int]:
    """Return the mention with the time said beside it, and the position of the word after both."""
    clock = time_around(words, match.start, match.end, language, floor=taken)
    start, end = words[clock.start].start, words[clock.end - 1].end
    return DayMention(start, end, meant.day, clock.at, meant.other_day, match.meaning, meant.sure), clock.end


NO_DAY = "nothing"  # the patterns for what looks like a day and is none ("every Friday")
ENDED_BY_WHAT_FOLLOWS = ("day_of_month", "weekday_and_number", "weekday_and_ordinal")


def _is_believable(words: Sequence[Word], language: str, match: Match) -> bool:
    """Say whether short or bare words, which are often something else, name a day here."""
    if match.meaning in ENDED_BY_WHAT_FOLLOWS:
        return _ends_well(words, match.end)
    if match.meaning == "numeric_date":
        return _is_date_here(words, match)
    if match.meaning == "weekday" and match.end == match.start + 1:
        return _is_weekday_here(words, match.start, language)
    return True


def _ends_well(words: Sequence[Word], end: int) -> bool:
    """Say whether what follows lets it be a day: "the 14th" is one, "the 14th floor" is not."""
    if end == len(words):
        return True
    after = words[end]
    if {"oclock", "unit"} & after.values.keys():
        return False
    if {"follows_ordinal", "clock", "line", "daypart", "comma"} & after.values.keys() or not after.text[0].isalnum():
        return True
    return bool({"follows_verb", "before noon", "after noon"} & _values(words, end + 1).keys())


def _is_weekday_here(words: Sequence[Word], at: int, language: str) -> bool:
    said, lexed = words[at].text, lexicon(language)
    is_weak = said.lower() in lexed.weak or (said[0].isupper() and said.lower() in lexed.weak_in_capitals)
    if not is_weak and said.lower() not in lexed.weak_everywhere:
        return True
    if "supports_day" in _values(words, at - 1) or time_around(words, at, at + 1, language).end > at + 1:
        return True
    return is_weak and (_is_edge(words, at - 1) or _is_edge(words, at + 1))


def _is_date_here(words: Sequence[Word], match: Match) -> bool:
    """Two figures with a dash are a date only where a sentence or its next part ends behind them."""
    if "dash_date" not in match.slots or match.end - match.start > 1:
        return True
    return _is_edge(words, match.end) or "follows_ordinal" in _values(words, match.end)


def _values(words: Sequence[Word], at: int) -> Mapping[str, object]:
    return words[at].values if 0 <= at < len(words) else {}


def _is_edge(words: Sequence[Word], at: int) -> bool:
    return not 0 <= at < len(words) or not words[at].text[0].isalnum()

"""The time of day that goes with a day: "2pm", "half twee", "saturday morning at 9"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from nlp.days.patterns import Slots, longest_match, patterns_of
from nlp.days.words import Word, office_hour

GLUE = ("at", "on", "comma")  # classes of words that join a day and a time
MAX_GLUE = 2
FIRST_OF_AFTERNOON = 12


@dataclass(frozen=True, slots=True)
class Clock:
    """What was said of the time. `end` and `start` are word positions that the saying reaches to."""

    start: int
    end: int
    at: time | None = None


def time_around(words: Sequence[Word], start: int, end: int, language: str, *, floor: int = 0) -> Clock:
    """Return the time said right after (or else right before) the words `start` to `end`, half-open.

    Words before `floor` belong to something else.
    """
    after = _time_after(words, end, language)
    part = after.part or _part_of_day(words[start:end])
    if after.at is not None or after.end > end:
        return Clock(start, after.end, _in_part(after.at, part))
    before = _time_before(words, start, language, floor)
    return Clock(before.start, end, _in_part(before.at, part))


@dataclass(frozen=True, slots=True)
class _Said:
    end: int
    at: time | None = None
    part: str = ""


def _time_after(words: Sequence[Word], end: int, language: str) -> _Said:
    said = _Said(end)
    for _ in range(2):  # "morning at 9": a part of the day and a clock time, in either order
        at = _past_glue(words, said.end)
        found = _time_at(words, at, language) or (_time_at(words, at - 1, language) if at > said.end else None)
        if found is None or (found.at and said.at):
            break
        said = _Said(found.end, said.at or found.at, said.part or found.part)
    return said


def _past_glue(words: Sequence[Word], at: int) -> int:
    limit = at + MAX_GLUE
    while at < len(words) and at < limit and any(name in words[at].values for name in GLUE):
        at += 1
    return at


def _time_before(words: Sequence[Word], start: int, language: str, floor: int) -> Clock:
    at = start
    while at > floor and start - at < MAX_GLUE and any(name in words[at - 1].values for name in GLUE):
        at -= 1
    for first in range(max(floor, at - 3), at):
        found = _time_at(words, first, language)
        if found and found.end == at and found.at:
            return Clock(first, at, found.at)
    return Clock(start, start)


def _time_at(words: Sequence[Word], at: int, language: str) -> _Said | None:
    if not 0 <= at < len(words):
        return None
    match = longest_match(words, at, patterns_of(language, "times"))
    if match is None:
        return None
    if match.meaning == "part":
        return _Said(match.end, part=match.slots["daypart"][0])
    clock = TIMES[match.meaning](match.slots)
    return _Said(match.end, clock) if clock else None


def _part_of_day(words: Sequence[Word]) -> str:
    return next((str(word.values["part_of_day"]) for word in words if "part_of_day" in word.values), "")


def _in_part(at: time | None, part: str) -> time | None:
    """Move a time into the part of the day that was named with it: "sunday night at 9" is 21:00."""
    if at is None:
        return None
    if part == "morning" and FIRST_OF_AFTERNOON < at.hour < FIRST_OF_AFTERNOON + 7:
        return at.replace(hour=at.hour - 12)
    if part in ("afternoon", "evening") and at.hour < FIRST_OF_AFTERNOON:
        return at.replace(hour=at.hour + 12)
    return at


def _clock(slots: Slots) -> time:
    found = slots["clock"][0]
    assert isinstance(found, time)  # noqa: S101 (the lexicon's own value)
    return found


def _hour(slots: Slots, minutes: int = 0) -> time | None:
    number = int(slots["number"][0])
    if not 0 < number < 25:
        return None
    total = office_hour(number) * 60 + minutes
    return time(total // 60 % 24, total % 60)


def _half_before(slots: Slots) -> time | None:
    """Read "half twee" as 13:30: half an hour before two, which is in the afternoon."""
    return _hour(slots, -30)


TIMES: Mapping[str, Callable[[Slots], time | None]] = {
    "clock": _clock,
    "hour": _hour,
    "half_before": _half_before,
    "half_past": lambda slots: _hour(slots, 30),
    "quarter_past": lambda slots: _hour(slots, 15),
    "quarter_to": lambda slots: _hour(slots, -15),
}

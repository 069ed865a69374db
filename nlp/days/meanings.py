"""What a matched pattern means: slots and the day of writing in, a day out. Plain calendar arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from nlp.days.patterns import Slots
from nlp.days.words import Span, Written, day_or_none

FRIDAY, SATURDAY = 5, 6
WEEK = 7
LEAP_YEARS_APART = 8  # 29 February may be this far away (1896 to 1904)
WEEKDAY_SLIP_DAYS = 100  # nearer than this, a weekday that does not fit its date is a slip of the pen


@dataclass(frozen=True, slots=True)
class Meant:
    """The day that words mean. `day` None: a period, or no day that the calendar has."""

    day: date | None
    other_day: date | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Writing:
    """When and by whom the words were written."""

    day: date
    month_first: bool = False


VAGUE = Meant(None)
Meaning = Callable[[Slots, Writing], "Meant | None"]


def meaning_of(name: str, slots: Slots, writing: Writing) -> Meant | None:
    """Return what a pattern of this name means, or None when it is no day at all ("every Friday").

    Raises KeyError for a name that no function answers to.
    """
    try:
        return MEANINGS[name](slots, writing)
    except OverflowError:  # past the last year of the calendar
        return None


def plus(day: date, span: Span) -> date:
    """Add a span to a day; the 31st plus one month is the last day of that month. Raises OverflowError."""
    years, month = divmod(day.month - 1 + span.months, 12)
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(year)
    moved = date(year, month + 1, min(day.day, _length_of_month(year, month + 1)))
    return _plus_working_days(moved + timedelta(days=span.days), span.working)


def _plus_working_days(day: date, count: int) -> date:
    if count <= 0:
        return day
    if day.isoweekday() >= SATURDAY:
        day -= timedelta(days=day.isoweekday() - FRIDAY)
    weeks, rest = divmod(count, FRIDAY)
    over_weekend = 2 if day.isoweekday() + rest > FRIDAY else 0
    return day + timedelta(days=weeks * WEEK + rest + over_weekend)


def _length_of_month(year: int, month: int) -> int:
    return next(day for day in (31, 30, 29, 28) if day_or_none(year, month, day))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _coming(weekday: int, today: date) -> date:
    """The first such weekday after today: named on the day itself, it is a week later."""
    return today + timedelta(days=(weekday - today.isoweekday() - 1) % WEEK + 1)


def _in_week(weekday: int, week_of: date, *, weeks: int = 0) -> date:
    return _monday(week_of) + timedelta(days=weekday - 1 + weeks * WEEK)


def _one(slots: Slots, *names: str) -> Any:
    """Return the first value of the first of these classes that has one."""
    return next((slots[name][0] for name in names if name in slots), None)


def _day_number(slots: Slots) -> int:
    return int(_one(slots, "ordinal", "ordinal_figures", "daynum"))


def _day(found: date | None) -> Meant | None:
    return Meant(found) if found else None


# Days named by a weekday.


def _weekday(slots: Slots, writing: Writing) -> Meant:
    return Meant(_coming(slots["weekday"][0], writing.day))


def _weekday_of_this_week(slots: Slots, writing: Writing) -> Meant:
    return Meant(_in_week(slots["weekday"][0], writing.day))


def _weekday_next(slots: Slots, writing: Writing) -> Meant:
    """That of the next calendar week; this week's, when still ahead, could be meant too."""
    weekday = slots["weekday"][0]
    this_week = _in_week(weekday, writing.day)
    return Meant(this_week + timedelta(days=WEEK), this_week if this_week > writing.day else None)


def _weekday_next_week(slots: Slots, writing: Writing) -> Meant:
    return Meant(_in_week(slots["weekday"][0], writing.day, weeks=1))


def _weekday_week_after_next(slots: Slots, writing: Writing) -> Meant:
    return Meant(_in_week(slots["weekday"][0], writing.day, weeks=2))


def _weekday_last(slots: Slots, writing: Writing) -> Meant:
    return Meant(_coming(slots["weekday"][0], writing.day - timedelta(days=WEEK + 1)))


def _weekday_after_span(slots: Slots, writing: Writing) -> Meant:
    """As in "a week on Saturday", "Tuesday week": so long after the coming one, or after today when today is one."""
    weekday = slots["weekday"][0]
    span = _one(slots, "span") or Span(days=slots["week_later"][0])
    first = writing.day if writing.day.isoweekday() == weekday else _coming(weekday, writing.day)
    if span.months or span.days % WEEK:
        return _span_on_weekday(slots, writing)
    return Meant(plus(first, span))


def _span_on_weekday(slots: Slots, writing: Writing) -> Meant:
    """As in "Monday two weeks from now": that weekday in the week reached; after months or years, on or after it."""
    span = slots["span"][0]
    reached = plus(writing.day, span)
    weekday = slots["weekday"][0]
    if span.months:
        return Meant(_coming(weekday, reached - timedelta(days=1)))
    return Meant(_in_week(weekday, reached))


def _weekdays_from_now(slots: Slots, writing: Writing) -> Meant:
    weekday = _one(slots, "weekday", "weekdays")
    return Meant(_coming(weekday, writing.day) + timedelta(weeks=slots["number"][0] - 1))


# Days counted from today.


def _offset(slots: Slots, writing: Writing) -> Meant:
    return Meant(writing.day + timedelta(days=_one(slots, "offset", "offset_sometimes")))


def _offset_sometimes(slots: Slots, writing: Writing) -> Meant:
    return Meant(_offset(slots, writing).day, sure=False)


def _today(_slots: Slots, writing: Writing) -> Meant:
    return Meant(writing.day)


def _next_day(_slots: Slots, writing: Writing) -> Meant:
    return Meant(writing.day + timedelta(days=1), sure=False)


def _span(slots: Slots, writing: Writing) -> Meant:
    """As in "in two weeks"; "in an hour" is today only when somebody is to do something then."""
    reached = plus(writing.day, slots["span"][0])
    return Meant(reached, sure=reached != writing.day)


def _offset_and_span(slots: Slots, writing: Writing) -> Meant:
    span = _one(slots, "span") or Span(days=slots["week_later"][0])
    return Meant(plus(writing.day + timedelta(days=slots["offset"][0]), span))


def _span_ago(slots: Slots, writing: Writing) -> Meant:
    span = slots["span"][0]
    return Meant(plus(writing.day, Span(-span.months, -span.days - span.working, 0)))


# Days named by their place in a month or year.


def _dates_ahead(month: int, day: int, today: date) -> Iterator[date]:
    for year in range(today.year, today.year + LEAP_YEARS_APART + 2):
        found = day_or_none(year, month, day)
        if found and found >= today:
            yield found


def _date_ahead(month: int, day: int, today: date, weekday: int | None = None) -> date | None:
    """The next such date. A weekday beside it that fits a year later moves it, unless the date is near."""
    ahead = _dates_ahead(month, day, today)
    found = next(ahead, None)
    if found is None or weekday is None or found.isoweekday() == weekday:
        return found
    later = next(ahead, None)
    if later and later.isoweekday() == weekday and (found - today).days > WEEKDAY_SLIP_DAYS:
        return later
    return found


def _month_days_ahead(day: int, today: date) -> Iterator[date]:
    """Such a day of this month and the next twelve, today or later."""
    for offset in range(13):
        years, month = divmod(today.month - 1 + offset, 12)
        found = day_or_none(today.year + years, month + 1, day)
        if found and found >= today:
            yield found


def _day_of_month(slots: Slots, writing: Writing) -> Meant | None:
    return _day(next(_month_days_ahead(_day_number(slots), writing.day), None))


def _day_of_this_month(slots: Slots, writing: Writing) -> Meant | None:
    return _day(day_or_none(writing.day.year, writing.day.month, _day_number(slots)))


def _day_of_next_month(slots: Slots, writing: Writing) -> Meant | None:
    first = plus(writing.day.replace(day=1), Span(months=1))
    return _day(day_or_none(first.year, first.month, _day_number(slots)))


def _weekday_and_ordinal(slots: Slots, writing: Writing) -> Meant | None:
    """As in "Thu 15th": the first 15th that is a Thursday."""
    weekday, number = slots["weekday"][0], _day_number(slots)
    return _day(next((day for day in _month_days_ahead(number, writing.day) if day.isoweekday() == weekday), None))


def _weekday_and_number(slots: Slots, writing: Writing) -> Meant | None:
    """As in "Friday 23" is a date; "Friday 10" is one only when the coming Friday is the 10th, else a time."""
    coming = _coming(slots["weekday"][0], writing.day)
    today = writing.day
    number = _day_number(slots)
    if today.isoweekday() == slots["weekday"][0] and today.day == number:
        return Meant(today)
    if number <= 12 or coming.day == number:
        return Meant(coming)
    return _weekday_and_ordinal(slots, writing) or Meant(coming)


def _day_month(slots: Slots, writing: Writing) -> Meant | None:
    month, year = slots["month"][0], _one(slots, "year")
    number = _day_number(slots)
    if year:
        return _day(day_or_none(year, month, number))
    return _day(_date_ahead(month, number, writing.day, _one(slots, "weekday")))


def _numeric_date(slots: Slots, writing: Writing) -> Meant | None:
    iso = _one(slots, "iso_date")
    written: Written = iso or _one(slots, "full_date", "slash_date", "dash_date", "dot_date")
    month_first = writing.month_first or iso is not None
    for month, day in _month_and_day(written, month_first=month_first):
        if found := _written_on_calendar(month, day, written.year, slots, writing):
            return Meant(found)
    return None


def _month_and_day(written: Written, *, month_first: bool) -> tuple[tuple[int, int], tuple[int, int]]:
    """Both ways to read two figures, the likelier first; the other serves where that gives no date."""
    readings = ((written.second, written.first), (written.first, written.second))
    return (readings[1], readings[0]) if month_first else readings


def _written_on_calendar(month: int, day: int, year: int | None, slots: Slots, writing: Writing) -> date | None:
    if not 1 <= month <= 12:
        return None
    if year:
        return day_or_none(year, month, day)
    return _date_ahead(month, day, writing.day, _one(slots, "weekday"))


def _in_month_ahead(slots: Slots, writing: Writing, pick: Callable[[int, int], date | None]) -> Meant | None:
    """The day that `pick` finds in the named month, this year or (when past) the next."""
    month, year = slots["month"][0], _one(slots, "year")
    if year:
        return _day(pick(year, month))
    candidates = (pick(writing.day.year + later, month) for later in (0, 1))
    return _day(next((day for day in candidates if day and day >= writing.day), None))


def _weekday_of_month(slots: Slots, writing: Writing) -> Meant | None:
    weekday, count = slots["weekday"][0], slots["ordinal"][0]

    def pick(year: int, month: int) -> date | None:
        first = day_or_none(year, month, 1)
        return first and day_or_none(year, month, 1 + (weekday - first.isoweekday()) % WEEK + (count - 1) * WEEK)

    return _in_month_ahead(slots, writing, pick)


def _last_weekday_of_month(slots: Slots, writing: Writing) -> Meant | None:
    def pick(year: int, month: int) -> date | None:
        last = day_or_none(year, month, _length_of_month(year, month))
        return last and last - timedelta(days=(last.isoweekday() - slots["weekday"][0]) % WEEK)

    return _in_month_ahead(slots, writing, pick)


def _counted_back_day_of_month(slots: Slots, writing: Writing) -> Meant | None:
    count = _one(slots, "ordinal") or 1
    return _in_month_ahead(
        slots, writing, lambda year, month: day_or_none(year, month, _length_of_month(year, month) + 1 - count)
    )


# Ends of periods.


def _end_of_week(_slots: Slots, writing: Writing) -> Meant:
    """That week's Friday; said at the weekend, the coming one."""
    friday = _in_week(FRIDAY, writing.day)
    return Meant(friday if friday >= writing.day else friday + timedelta(days=WEEK))


def _end_of_next_week(_slots: Slots, writing: Writing) -> Meant:
    return Meant(_in_week(FRIDAY, writing.day, weeks=1))


def _end_of_month(_slots: Slots, writing: Writing) -> Meant:
    day = writing.day
    return Meant(day.replace(day=_length_of_month(day.year, day.month)))


def _end_of_next_month(slots: Slots, writing: Writing) -> Meant:
    next_month = plus(writing.day.replace(day=1), Span(months=1))
    return _end_of_month(slots, Writing(next_month))


def _vague(_slots: Slots, _writing: Writing) -> Meant:
    return VAGUE


def _nothing(_slots: Slots, _writing: Writing) -> None:
    return None


MEANINGS: Mapping[str, Meaning] = {
    "weekday": _weekday,
    "weekday_of_this_week": _weekday_of_this_week,
    "weekday_next": _weekday_next,
    "weekday_next_week": _weekday_next_week,
    "weekday_week_after_next": _weekday_week_after_next,
    "weekday_last": _weekday_last,
    "weekday_after_span": _weekday_after_span,
    "span_on_weekday": _span_on_weekday,
    "weekdays_from_now": _weekdays_from_now,
    "offset": _offset,
    "offset_sometimes": _offset_sometimes,
    "today": _today,
    "next_day": _next_day,
    "span": _span,
    "offset_and_span": _offset_and_span,
    "span_ago": _span_ago,
    "day_of_month": _day_of_month,
    "day_of_this_month": _day_of_this_month,
    "day_of_next_month": _day_of_next_month,
    "weekday_and_ordinal": _weekday_and_ordinal,
    "weekday_and_number": _weekday_and_number,
    "day_month": _day_month,
    "numeric_date": _numeric_date,
    "weekday_of_month": _weekday_of_month,
    "last_weekday_of_month": _last_weekday_of_month,
    "counted_back_day_of_month": _counted_back_day_of_month,
    "end_of_week": _end_of_week,
    "end_of_next_week": _end_of_next_week,
    "end_of_month": _end_of_month,
    "end_of_next_month": _end_of_next_month,
    "vague": _vague,
    "nothing": _nothing,
}

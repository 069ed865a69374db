"""Days on which people work, in a country."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays
from holidays import HolidayBase

REGIONS = {"GB": "ENG"}  # where holidays differ by region and the country alone knows only those of all regions


def working_day_after(start: date, count: int, *, country: str) -> date:
    """Return the day that is `count` working days after a day; 0 means that day or the first working day after it."""
    return _calendar(country).get_nth_working_day(start, count)


@lru_cache
def _calendar(country: str) -> HolidayBase:
    return holidays.country_holidays(country, subdiv=REGIONS.get(country))

"""Days on which people work."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answers.working_days import working_day_after


@pytest.mark.parametrize(
    ("start", "count", "country", "day"),
    [
        (date(2026, 3, 9), 0, "NL", date(2026, 3, 9)),
        (date(2026, 3, 7), 0, "NL", date(2026, 3, 9)),  # a Saturday
        (date(2026, 3, 9), 5, "NL", date(2026, 3, 16)),
        (date(2026, 4, 2), 1, "NL", date(2026, 4, 7)),  # over Easter
        (date(2026, 4, 26), 1, "NL", date(2026, 4, 28)),  # over the King's birthday
        (date(2026, 8, 28), 1, "GB", date(2026, 9, 1)),  # over the August bank holiday of England
        (date(2026, 12, 24), 1, "US", date(2026, 12, 28)),
    ],
)
def test_weekends_and_holidays_of_the_country_are_left_out(start, count, country, day):
    assert working_day_after(start, count, country=country) == day

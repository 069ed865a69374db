"""Days named in a text, counted from the day of writing."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.days.dates import find_days
from nlp.days.meanings import MEANINGS
from nlp.language import languages, resource

WEDNESDAY = date(2026, 3, 11)


def days(text: str, language: str, written_on: date = WEDNESDAY) -> list[date | None]:
    return [mention.day for mention in find_days(text, language=language, written_on=written_on)]


@pytest.mark.parametrize(
    ("language", "said", "day"),
    [
        ("en", "call her Friday", date(2026, 3, 13)),
        ("en", "ring wednesday", date(2026, 3, 18)),  # named on a Wednesday: a week later
        ("en", "round there Mon.", date(2026, 3, 16)),
        ("en", "by sat at the latest", date(2026, 3, 14)),
        ("nl", "bel haar vrijdag", date(2026, 3, 13)),
        ("nl", "woensdag opnieuw", date(2026, 3, 18)),
        ("nl", "a.s. zaterdag", date(2026, 3, 14)),
        ("nl", "offerte tegen di", date(2026, 3, 17)),
        ("nl", "ma nabellen", date(2026, 3, 16)),
    ],
)
def test_a_weekday_is_the_first_one_after_the_day_of_writing(language: str, said: str, day: date) -> None:
    assert days(said, language) == [day]


@pytest.mark.parametrize(
    ("language", "said", "day", "other_day"),
    [
        ("en", "next Friday", date(2026, 3, 20), date(2026, 3, 13)),
        ("en", "next Monday", date(2026, 3, 16), None),  # this week's Monday is past
        ("en", "Tues next week", date(2026, 3, 17), None),
        ("en", "next week thursday", date(2026, 3, 19), None),
        ("nl", "volgende vrijdag", date(2026, 3, 20), date(2026, 3, 13)),
        ("nl", "volgende maandag", date(2026, 3, 16), None),
        ("nl", "do volgende week", date(2026, 3, 19), None),
        ("nl", "volgende week zo", date(2026, 3, 22), None),
    ],
)
def test_next_means_the_next_calendar_week(language: str, said: str, day: date, other_day: date | None) -> None:
    (mention,) = find_days(said, language=language, written_on=WEDNESDAY)

    assert (mention.day, mention.other_day) == (day, other_day)


@pytest.mark.parametrize(
    ("language", "said", "day"),
    [
        ("en", "ring her tmrw", date(2026, 3, 12)),
        ("en", "ring her tonight", date(2026, 3, 11)),
        ("en", "price to him day after tomorrow", date(2026, 3, 13)),
        ("en", "within 4 days", date(2026, 3, 15)),
        ("en", "in five weeks' time", date(2026, 4, 15)),
        ("en", "a fortnight from now with Ann", date(2026, 3, 25)),
        ("en", "in 2 months", date(2026, 5, 11)),
        ("en", "in three working days", date(2026, 3, 16)),
        ("en", "Monday week", date(2026, 3, 23)),
        ("en", "a week on Friday", date(2026, 3, 20)),
        ("en", "a fortnight Friday", date(2026, 3, 27)),
        ("en", "end of the week", date(2026, 3, 13)),
        ("en", "EOW", date(2026, 3, 13)),
        ("en", "EOM", date(2026, 3, 31)),
        ("nl", "vanavond nog bellen", date(2026, 3, 11)),
        ("nl", "morgenvroeg", date(2026, 3, 12)),
        ("nl", "overmorgen bij haar", date(2026, 3, 13)),
        ("nl", "binnen de tien dagen", date(2026, 3, 21)),
        ("nl", "over 4 wkn", date(2026, 4, 8)),
        ("nl", "over een maand", date(2026, 4, 11)),
        ("nl", "maandag over een week", date(2026, 3, 23)),
        ("nl", "eind deze week", date(2026, 3, 13)),
        ("nl", "eind van de maand", date(2026, 3, 31)),
    ],
)
def test_a_length_of_time_counts_from_the_day_of_writing(language: str, said: str, day: date) -> None:
    assert days(said, language) == [day]


@pytest.mark.parametrize(
    ("language", "said", "day"),
    [
        ("en", "the 24th", date(2026, 3, 24)),
        ("en", "on the 3rd", date(2026, 4, 3)),
        ("en", "9 April", date(2026, 4, 9)),
        ("en", "Thu, Apr 9th", date(2026, 4, 9)),
        ("en", "the first of February", date(2027, 2, 1)),
        ("en", "last Friday of April", date(2026, 4, 24)),
        ("en", "Thu 16th", date(2026, 4, 16)),
        ("en", "9/4", date(2026, 4, 9)),
        ("en", "2026-04-09", date(2026, 4, 9)),
        ("en", "visit Feb 29", date(2028, 2, 29)),
        ("nl", "den 24ste", date(2026, 3, 24)),
        ("nl", "op de 3e", date(2026, 4, 3)),
        ("nl", "9 apr.", date(2026, 4, 9)),
        ("nl", "Do 9/4", date(2026, 4, 9)),
        ("nl", "vrijdag 9/4", date(2026, 4, 9)),  # the date counts when the weekday does not fit
        ("nl", "op 9-4", date(2026, 4, 9)),
        ("nl", "eerste maandag van april", date(2026, 4, 6)),
        ("nl", "de 21e van volgende maand", date(2026, 4, 21)),
    ],
)
def test_a_date_without_a_year_is_the_next_one(language: str, said: str, day: date) -> None:
    assert days(said, language) == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ring 5/6", date(2026, 6, 5)),
        ("ring 5/6, first met on 1/23", date(2026, 5, 6)),  # 1/23 has no other reading
        ("Tulsa OK then Austin TX, ring 5/6", date(2026, 5, 6)),
    ],
)
def test_an_english_note_that_shows_it_puts_the_month_first_is_read_so(text: str, day: date) -> None:
    assert days(text, "en")[0] == day


def test_a_team_in_the_united_states_puts_the_month_first() -> None:
    (mention,) = find_days("ring 5/6", language="en", written_on=WEDNESDAY, month_first=True)

    assert mention.day == date(2026, 5, 6)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "at some point next week"),
        ("en", "early June"),
        ("en", "in the second half of next month"),
        ("en", "Q4"),
        ("en", "week 33"),
        ("en", "the week of the 12th"),
        ("nl", "ergens volgende week"),
        ("nl", "begin juni"),
        ("nl", "in het najaar"),
        ("nl", "wk 31"),
        ("nl", "de week van 12 mei"),
    ],
)
def test_a_period_fixes_no_day(language: str, said: str) -> None:
    assert days(said, language) == [None]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "every Friday"),
        ("en", "closed on Sundays"),
        ("en", "up on the 14th floor"),
        ("en", "our sat nav sent me to a farm"),
        ("en", "they sat and listened"),
        ("en", "open 24/7"),
        ("en", "1/2 of the seats"),
        ("en", "30 Feb"),
        ("nl", "elke maandag"),
        ("nl", "op de 2e verdieping"),
        ("nl", "zo gezegd, zo gedaan"),
        ("nl", "ma en pa kwamen mee"),
        ("nl", "2-3 keer per dag"),
        ("nl", "ze werkt met een VR bril"),
        ("nl", "31/2"),
    ],
)
def test_what_only_looks_like_a_day_is_none(language: str, text: str) -> None:
    assert not [day for day in days(text, language) if day]


@pytest.mark.parametrize(
    ("language", "said", "at"),
    [
        ("en", "Friday 2pm", time(14)),
        ("en", "half past nine on Friday", time(9, 30)),
        ("en", "Friday at 4", time(16)),
        ("en", "friday night at 9", time(21)),
        ("en", "Friday 10:15", time(10, 15)),
        ("nl", "vrijdag om half twee", time(13, 30)),
        ("nl", "vrijdag 10u30", time(10, 30)),
        ("nl", "vrijdagavond 8 uur", time(20)),
        ("nl", "morgenvroeg om zes uur", time(6)),
        ("nl", "kwart voor elf vrijdag", time(10, 45)),
    ],
)
def test_the_time_beside_a_day_belongs_to_it(language: str, said: str, at: time) -> None:
    (mention,) = find_days(said, language=language, written_on=WEDNESDAY)

    assert mention.at == at


@pytest.mark.parametrize(
    ("language", "said", "day"),
    [
        ("en", "since Monday", date(2026, 3, 9)),
        ("en", "last Friday", date(2026, 3, 6)),
        ("en", "two weeks ago", date(2026, 2, 25)),
        ("nl", "sinds maandag", date(2026, 3, 9)),
        ("nl", "vorige week vrijdag", date(2026, 3, 6)),
        ("nl", "eergisteren", date(2026, 3, 9)),
    ],
)
def test_past_days_are_found_as_past(language: str, said: str, day: date) -> None:
    assert days(said, language) == [day]


def test_a_day_ends_where_its_words_end() -> None:
    text = "Quote out Fri. 13 March, then wait."

    (mention,) = find_days(text, language="en", written_on=WEDNESDAY)

    assert text[mention.start : mention.end] == "Fri. 13 March"


@pytest.mark.parametrize("language", languages())
@given(text=st.text(max_size=300), days_on=st.integers(0, 3_652_058))
@settings(deadline=None, max_examples=150)
def test_any_text_on_any_day_gives_exact_slices_in_order(language: str, text: str, days_on: int) -> None:
    _check_slices(text, language, date.min + timedelta(days=days_on))


@pytest.mark.parametrize("language", languages())
@given(data=st.data())
@settings(deadline=None, max_examples=300)
def test_any_words_of_the_grammar_give_exact_slices_in_order(language: str, data: st.DataObject) -> None:
    surfaces = [
        *_surfaces(language),
        "31",
        "2",
        "999999",
        "2026",
        "8/10",
        "10-12",
        "14:30",
        "3e",
        "5th",
        ",",
        ".",
        "-",
        "\n",
    ]
    text = " ".join(data.draw(st.lists(st.sampled_from(surfaces), max_size=25)))
    written_on = data.draw(st.dates())

    _check_slices(text, language, written_on)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("piece", ["monday ", "1 week, ", "5/5 ", "maandag over ", "'", "9" * 50, "- 1", "the 1st of "])
def test_eight_thousand_characters_of_anything_are_read(language: str, piece: str) -> None:
    text = (piece * 8000)[:8000]
    _check_slices(text, language, WEDNESDAY)


@pytest.mark.parametrize("language", languages())
def test_every_pattern_has_a_meaning(language: str) -> None:
    assert set(resource(language, "dates")["patterns"]) <= set(MEANINGS)


@pytest.mark.parametrize("language", languages())
def test_every_pattern_can_be_said(language: str) -> None:
    for meaning, sentences in resource(language, "dates")["patterns"].items():
        for sentence in sentences:
            said = " ".join(_saying(part, language) for part in sentence.split() if not part.endswith("?"))

            assert said.strip(), (meaning, sentence)
            _check_slices(said, language, WEDNESDAY)


FIGURES = {
    "daynum": "15",
    "year": "2027",
    "slash_date": "9/4",
    "dash_date": "9-4",
    "dot_date": "9.4",
    "full_date": "9/4/2027",
    "iso_date": "2027-04-09",
}


def _saying(element: str, language: str) -> str:
    """A word of the class that an element of a pattern names first."""
    words, name = resource(language, "dates")["words"], element.split("|")[0]
    if name == "span":
        return f"2 {words['unit']['days 7'][0]}"
    if name == "ordinal_figures":
        return "15" + str(resource(language, "dates")["ordinal_endings"][-1])
    if name in FIGURES:
        return FIGURES[name]
    surfaces = words[name] if isinstance(words[name], list) else next(iter(words[name].values()))
    return str(surfaces[0])


def _surfaces(language: str) -> list[str]:
    words = resource(language, "dates")["words"]
    lists = [entry.values() if isinstance(entry, dict) else [entry] for entry in words.values()]
    return [str(surface) for values in lists for surfaces in values for surface in surfaces]


def _check_slices(text: str, language: str, written_on: date) -> None:
    end = 0
    for mention in find_days(text, language=language, written_on=written_on):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
        end = mention.end

"""Which day in a note is the rep's own next step."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.days.next_step import find_next_step
from nlp.language import languages, resource

WEDNESDAY = date(2026, 3, 11)
FRIDAY = date(2026, 3, 13)
MONDAY = date(2026, 3, 16)


def step_day(text: str, language: str) -> date | None:
    step = find_next_step(text, language=language, written_on=WEDNESDAY)
    return step.day if step else None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "She was in a hurry. I ring her Friday."),
        ("en", "Ring Friday"),
        ("en", "ringing her back on friday with a price"),
        ("en", "Revised quote over to them Fri."),
        ("en", "Lunch Friday, my treat"),
        ("en", "Friday I must bring him the keys"),
        ("en", "he told me to call back Friday"),
        ("en", "wants our best price by Friday"),
        ("en", "she expects me Friday at nine"),
        ("en", "he gets the drawings from me Friday"),
        ("en", "they should have the file by Friday, I promised"),
        ("en", "the trial starts Friday, I'm there at six"),
        ("en", "so it's sorted by Friday or he walks"),
        ("en", "vm left, again Fri"),
        ("nl", "Ze had haast. Ik bel haar vrijdag."),
        ("nl", "vrijdag nabellen"),
        ("nl", "Vrijdag rij ik er zelf langs"),
        ("nl", "Prijs moet vrijdag de deur uit."),
        ("nl", "vrijdag demo met het hele team"),
        ("nl", "vrijdag krijgt hij van ons de tekening"),
        ("nl", "Klant vrijdag bellen"),
        ("nl", "hij wil dat ik vrijdag terugkom"),
        ("nl", "vraagt offerte tegen vrijdag"),
        ("nl", "ze verwacht me vrijdag om negen uur"),
        ("nl", "'k heb beloofd dat ze het vrijdag heeft"),
        ("nl", "Belletje vrijdag"),
        ("nl", "bel m vr. met een nieuw plan"),
    ],
)
def test_what_the_rep_does_on_a_day_is_the_next_step(language: str, text: str) -> None:
    assert step_day(text, language) == FRIDAY


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He rings me Friday"),
        ("en", "the board decides on Friday"),
        ("en", "My manager is taking it over from Friday"),
        ("en", "Tom will ring her Friday"),
        ("en", "Ben's going round Friday"),
        ("en", "she'll let me know on Friday"),
        ("en", "I'm off till Friday"),
        ("en", "I met her on Friday"),
        ("en", "has to stop before 1 April"),
        ("en", "contract ends 31 March"),
        ("en", "'I choose on Friday', he said."),
        ("en", "waiting for her call on Friday"),
        ("en", "Every Friday I ring in vain."),
        ("en", "sent it last Friday"),
        ("nl", "Hij belt mij vrijdag"),
        ("nl", "vrijdag beslist de directie"),
        ("nl", "vrijdag komt ze nog eens kijken"),
        ("nl", "Collega gaat vrijdag langs"),
        ("nl", "Tom gaat haar vrijdag bellen"),
        ("nl", "vrijdag hoor ik meer"),
        ("nl", "Ben vrijdag vrij"),
        ("nl", "vrijdag was ik er al"),
        ("nl", "contract vervalt 31/3"),
        ("nl", "moet voor 1 april draaien"),
        ("nl", "'ge hebt tot vrijdag', zei hij."),
        ("nl", "sinds vrijdag niks gehoord"),
    ],
)
def test_what_anybody_else_does_or_what_is_past_is_not(language: str, text: str) -> None:
    assert step_day(text, language) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "ring her Friday, no, Monday"),
        ("en", "pop in friday no scratch that monday"),
        ("en", "Lunch Friday. Price over to her Monday."),
        ("en", "his boss decides Friday so I call Monday"),
        ("nl", "ik bel vrijdag, nee wacht, maandag"),
        ("nl", "Vrijdag lunch. Maandag stuur ik de prijs."),
        ("nl", "bestuur zit vrijdag samen, ik bel maandag"),
    ],
)
def test_the_last_day_that_the_rep_acts_on_wins(language: str, text: str) -> None:
    assert step_day(text, language) == MONDAY


def test_of_two_days_to_choose_from_the_first_comes_with_the_other() -> None:
    step = find_next_step("call her Friday or Monday", language="en", written_on=WEDNESDAY)

    assert step is not None
    assert (step.day, step.other_day) == (FRIDAY, MONDAY)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "I'll ring him some time next week"), ("nl", "Ik bel hem ergens volgende week")],
)
def test_an_action_without_a_fixed_day_is_a_step_without_a_day(language: str, text: str) -> None:
    step = find_next_step(text, language=language, written_on=WEDNESDAY)

    assert step is not None
    assert step.day is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They are busy in the morning."),
        ("en", "Call me an optimist."),
        ("nl", "Drukke winkel, ook in de zomer."),
    ],
)
def test_no_action_is_no_step(language: str, text: str) -> None:
    assert find_next_step(text, language=language, written_on=WEDNESDAY) is None


@pytest.mark.parametrize(
    ("language", "text", "quote", "action"),
    [
        ("en", "Nice man. Send the price by Friday.", "Send the price by Friday", "Send the price"),
        ("en", "Keen. I call him Friday 2pm, he said fine", "I call him Friday 2pm", "I call him"),
        ("nl", "Aardig. Vrijdag bel ik terug.", "Vrijdag bel ik terug", "bel ik terug"),
        ("nl", "Offerte tegen vrijdag", "Offerte tegen vrijdag", "Offerte"),
    ],
)
def test_the_quote_holds_the_action_and_the_day(language: str, text: str, quote: str, action: str) -> None:
    step = find_next_step(text, language=language, written_on=WEDNESDAY)

    assert step is not None
    assert (step.quote.text, step.action) == (quote, action)


def test_the_time_comes_with_the_day() -> None:
    step = find_next_step("bel hem vrijdag om half twee", language="nl", written_on=WEDNESDAY)

    assert step is not None
    assert step.at == time(13, 30)


@pytest.mark.parametrize("language", languages())
@given(data=st.data())
@settings(deadline=None, max_examples=300)
def test_any_note_gives_a_quote_that_is_an_exact_slice(language: str, data: st.DataObject) -> None:
    words = [
        str(word) for entry in resource(language, "next_step").values() if isinstance(entry, list) for word in entry
    ]
    pieces = st.sampled_from([*words, "Friday", "vrijdag", "9/4", ",", ".", ":", "'", '"', "\n", "- ", "Ünal", "日本"])
    text = " ".join(data.draw(st.lists(pieces | st.text(max_size=5), max_size=30)))

    _check_quote(text, language)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("piece", ["5/5 ", "I ring Friday ", "and ", "'a ", "bel vrijdag, ", "friday or "])
def test_eight_thousand_characters_of_anything_are_read(language: str, piece: str) -> None:
    _check_quote((piece * 8000)[:8000], language)


def _check_quote(text: str, language: str) -> None:
    step = find_next_step(text, language=language, written_on=WEDNESDAY)
    if step is not None:
        assert text[step.quote.start : step.quote.end] == step.quote.text
        assert step.quote.text

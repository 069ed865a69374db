"""How a reading becomes a brief: what is shown, how it is worded, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bot.answers.brief import MOST_CHARACTERS, Subject, brief_lines, next_step_text
from bot.reply import Line
from nlp.reading import (
    LifecycleFinding,
    NeedFinding,
    NextStep,
    ObjectionFinding,
    Quote,
    Reading,
    StyleGuess,
    Vote,
)
from playbooks.advice import advise
from playbooks.playbook import Playbook

DAY = date(2026, 3, 9)


def quote(text):
    return Quote(text, 0, len(text))


def vote(text):
    return Vote("a-cue", "style", "driver", 1.0, quote(text), "counts")


UNCLEAR = StyleGuess("unclear", None, {}, 0.0, 0.0)
DRIVER = StyleGuess("driver", None, {"driver": 0.998}, 0.9, -0.9, (vote("straight to it"), vote("no coffee")))
CLOSE = StyleGuess("driver", "expressive", {"driver": 0.46, "expressive": 0.4}, 0.9, 0.0, (vote("loud"),))


@pytest.fixture
def show(playbook_json):
    """Return the brief of a reading as lines of text."""
    playbook = Playbook.from_json(playbook_json)

    def show(reading, *, language="en", title="Karin Bos", head=()):
        advice = advise(playbook, reading, lifecycle=reading.lifecycle.value, language=language)
        subject = Subject(title, reading, advice, playbook, language, DAY)
        return [line.plain for line in brief_lines(subject, head=head)]

    return show


def reading(**more):
    return replace(Reading("en", True, UNCLEAR), **more)


def test_customers_stage_is_shown_as_said_or_as_assumed(show):
    assert show(reading(lifecycle=LifecycleFinding("loyal", quote("again"))))[0] == "Karin Bos · loyal"
    assert show(reading(lifecycle=LifecycleFinding("new", assumed=True)))[0] == "Karin Bos · new (assumed)"
    assert show(reading())[0] == "Karin Bos · stage unclear"


def test_style_comes_with_its_strongest_words_and_is_never_certain(show):
    assert show(reading(style=DRIVER))[1] == "Driver 99% — “straight to it”"


def test_two_close_styles_are_both_named(show):
    assert show(reading(style=CLOSE))[1] == "Driver 46% / Expressive 40% — “loud”"


def test_unclear_style_says_so_and_what_to_watch_for(show):
    lines = show(reading())
    assert lines[1] == "Style: not enough to go on"
    assert lines[2].startswith("Watch: ")
    assert not any(line.startswith("Talk:") for line in lines)


def test_three_needs_at_most_are_shown_with_kind_and_quote(show):
    keys = ("price", "reliability", "efficiency", "security")
    found = tuple(NeedFinding(key, "want", quote(f"said {key}"), 0.5) for key in keys)
    line = next(line for line in show(reading(needs=found)) if line.startswith("Needs:"))
    assert line.count("“") == 3
    assert "“said price” · " in line
    assert "security" not in line


def test_need_that_the_playbook_lost_keeps_its_key(show):
    found = (NeedFinding("forgotten_need", "need", quote("it"), 0.5),)
    assert any(line.startswith("Needs: forgotten_need (") for line in show(reading(needs=found)))


def test_what_the_note_does_not_say_is_open(show):
    line = next(line for line in show(reading()) if line.startswith("Open:"))
    assert 1 <= line.count(";") <= 3


def test_long_quote_is_cut_and_a_quote_is_one_line(show):
    found = (ObjectionFinding("price", quote("far\ntoo " + "expensive " * 30), 0.5),)
    line = next(line for line in show(reading(objections=found)) if line.startswith("Holds back:"))
    assert "far too expensive" in line
    assert line.endswith("…”")
    assert len(line) < 100


def test_brief_keeps_to_its_length_by_leaving_out_whole_items_from_the_end(show):
    full = reading(style=DRIVER, objections=(ObjectionFinding("price", quote("too dear"), 0.5),))
    whole = show(full)
    for size in range(1, 700, 70):
        cut = show(full, head=[Line("h" * size)])
        assert len("\n".join(cut)) <= MOST_CHARACTERS
        assert cut[1:-1] == whole[: len(cut) - 2]
        assert whole[len(cut) - 2].startswith(cut[-1])  # a line of several items may keep its first ones


@pytest.mark.parametrize(
    ("step", "en", "nl"),
    [
        (NextStep(quote("x"), date(2026, 3, 12), action="call"), "call Thu 12 Mar", "call do 12 mrt"),
        (NextStep(quote("x"), date(2026, 3, 12)), "contact Thu 12 Mar", "contact do 12 mrt"),
        (
            NextStep(quote("x"), date(2026, 3, 12), time(15, 0), "call"),
            "call Thu 12 Mar at 15:00",
            "call do 12 mrt om 15:00",
        ),
        (
            NextStep(quote("x"), date(2026, 3, 17), None, "call", date(2026, 3, 10)),
            "call Tue 17 Mar (or Tue 10 Mar?)",
            "call di 17 mrt (of di 10 mrt?)",
        ),
        (NextStep(quote("x"), date(2027, 1, 4), action="call"), "call Mon 4 Jan 2027", "call ma 4 jan 2027"),
        (NextStep(quote("x"), action="send the quote"), "send the quote, no day yet", "send the quote, nog geen dag"),
    ],
)
def test_next_step_is_said_with_weekday_and_date(step, en, nl):
    assert next_step_text(step, "en", written_on=DAY) == en
    assert next_step_text(step, "nl", written_on=DAY) == nl

"""Callback data: short, without text, and readable after years."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.presses import MOST_BYTES, VERBS, Press, PressUnknown, parse_press

ROWS = st.integers(min_value=0, max_value=2**63)


@given(st.sampled_from(sorted(VERBS)), ROWS, st.lists(ROWS, max_size=2))
def test_what_is_written_is_read_again(verb: str, row: int, values: list[int]) -> None:
    press = Press(verb, row, tuple(values))
    assert parse_press(press.data) == press
    assert len(press.data.encode()) <= MOST_BYTES


@pytest.mark.parametrize(
    "data",
    [
        "",
        "1",
        "1:brief",
        "1:brief:",
        "1:brief:12:",
        "1:brief:12:3.",
        "1:brief:-1",
        "1:brief:1 ",
        "2:brief:1",
        "1:forgotten:1",
        "1:brief:" + "z" * 60,
        "1:brief:é",
        "brief",
        "1:BRIEF:1",
        "1:brief:1:2:3",
    ],
)
def test_what_is_malformed_or_unknown_is_refused(data: str) -> None:
    with pytest.raises(PressUnknown):
        parse_press(data)


@given(st.text(max_size=80))
def test_any_data_is_a_press_or_refused(data: str) -> None:
    with contextlib.suppress(PressUnknown):
        assert parse_press(data).verb in VERBS


def test_a_verb_that_nobody_registered_makes_no_button() -> None:
    with pytest.raises(PressUnknown):
        _ = Press("secretly", 1).data

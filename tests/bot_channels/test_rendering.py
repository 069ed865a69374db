from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from teremok.validation import validate_html

from bot.reply import Button, Line, Reply
from bot.telegram.rendering import LONGEST, keyboard_of, messages_of, size_of

any_text = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["<b>", "&amp;", "a < b & c > d", "🙂" * 9, "\x00", "\ud83d"]
)
some_line = st.builds(Line, text=any_text, label=any_text)


def visible(message: str) -> str:
    return html.unescape(re.sub(r"</?b>", "", message))


def test_labels_are_bold_and_nothing_else_is_markup():
    reply = Reply((Line("“<b>no</b> & yes”", label="Karin <Bos>"), Line("plain")))
    assert messages_of(reply) == ["<b>Karin &lt;Bos&gt;</b> “&lt;b&gt;no&lt;/b&gt; &amp; yes”\nplain"]


def test_a_label_may_stand_alone_and_an_empty_line_stays_empty():
    assert messages_of(Reply((Line(label="Why"), Line(), Line("because")))) == ["<b>Why</b>\n\nbecause"]


def test_long_answers_are_cut_between_lines():
    reply = Reply(tuple(Line("x" * 30) for _ in range(5)))
    assert messages_of(reply, longest=70) == ["\n".join(["x" * 30] * n) for n in (2, 2, 1)]


def test_a_line_that_is_too_long_is_cut_between_words():
    words = " ".join(["objection"] * 40)
    parts = messages_of(Reply((Line(words, label="Why"),)), longest=100)
    assert all(size_of(part) <= 100 for part in parts)
    assert " ".join(visible(part).replace("\n", " ") for part in parts) == f"Why {words}"


def test_emoji_count_as_telegram_counts_them():
    assert size_of("🙂") == 2
    assert len(messages_of(Reply((Line("🙂" * LONGEST),)))) == 2


@given(st.lists(some_line, min_size=1, max_size=6), st.integers(40, 200))
def test_any_answer_becomes_messages_that_telegram_takes(lines, longest):
    for message in messages_of(Reply(tuple(lines)), longest=longest):
        validate_html(message)
        message.encode("utf-8")
        assert size_of(message) <= longest


def test_buttons_keep_their_rows():
    rows = ((Button("More", "1:more:a"), Button("Why", "1:why:a")), (Button("Plan", "1:plan:a"),))
    keyboard = keyboard_of(Reply((Line("x"),), buttons=rows))
    assert [[(b.text, b.callback_data) for b in row] for row in keyboard.inline_keyboard] == [
        [("More", "1:more:a"), ("Why", "1:why:a")],
        [("Plan", "1:plan:a")],
    ]


@pytest.mark.parametrize("buttons", [(), ((),)], ids=["none", "an empty row"])
def test_without_buttons_there_is_no_keyboard(buttons):
    assert keyboard_of(Reply((Line("x"),), buttons=buttons)) is None

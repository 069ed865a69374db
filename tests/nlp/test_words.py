"""Words, sentences, clauses and quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.cues import CueBank
from nlp.pipeline import make_pipeline

PIPELINES = {}


def words_of(text: str, language: str = "en"):
    if language not in PIPELINES:
        PIPELINES[language] = make_pipeline(CueBank(()), language)
    return PIPELINES[language](text).user_data["words"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Can't wait 4hrs/wk", ["can't", "wait", "4", "hrs", "wk"]),
        ("nl", "'k bel 'm op z'n 06", ["'k", "bel", "'m", "op", "z'n", "06"]),
        ("en", "1,200.50 at 9.30", ["1,200.50", "at", "9.30"]),
        ("en", "w/o price,then done.Bye", ["w/o", "price", "then", "done", "bye"]),
        ("en", "🙂 ... !!!", []),
    ],
)
def test_words_are_split_alike_in_all_languages(language, text, expected):
    assert words_of(text, language).lower == expected


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("en", "One. Two", [["one"], ["two"]]),
        ("en", "Dr. Osei called. Done!", [["dr", "osei", "called"], ["done"]]),
        ("nl", "ca. 3 wkn. Klaar", [["ca", "3", "wkn"], ["klaar"]]),
        ("en", "- one\n- two", [["one"], ["two"]]),
        ("en", "1.5 tonnes, no more", [["1.5", "tonnes", "no", "more"]]),
    ],
)
def test_sentences_end_at_marks_and_new_lines_but_not_after_abbreviations(language, text, sentences):
    words = words_of(text, language)
    found = {}
    for word, number in zip(words.lower, words.sentence, strict=True):
        found.setdefault(number, []).append(word)
    assert list(found.values()) == sentences


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('she said "send it" twice', ["send", "it"]),
        ("he said 'email it' and left", ["email", "it"]),
        ("“I decide” she said", ["i", "decide"]),
        ("the boys' room is his", []),
        ("don't, can't, won't", []),
    ],
)
def test_what_stands_in_quotation_marks_is_somebodys_own_words(text, quoted):
    words = words_of(text)
    assert [word for word, inside in zip(words.lower, words.quoted, strict=True) if inside] == quoted


@given(st.text(max_size=300))
def test_every_word_is_an_exact_piece_of_the_note(text):
    words = words_of(text)
    for number, (start, end) in enumerate(zip(words.start, words.end, strict=True)):
        assert text[start:end].lower() == words.lower[number]
    assert words.sentence == sorted(words.sentence)
    assert words.clause == sorted(words.clause)

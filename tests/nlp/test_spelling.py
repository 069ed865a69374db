"""Typos: which misspelt words are read as a cue's word, and which are left alone."""

from __future__ import annotations

import pytest

from nlp.cues import Cue, CueBank
from nlp.pipeline import make_pipeline

CUES = (
    Cue("reliable", "nl", "need", "reliability", ("betrouwbaarheid", "<levering> op tijd")),
    Cue("price", "nl", "need", "price", ("korting", "duur")),
    Cue("reliable-en", "en", "need", "reliability", ("reliable", "breakdown", "on time")),
)


@pytest.fixture(scope="module")
def read():
    pipelines = {language: make_pipeline(CueBank(CUES), language) for language in ("en", "nl")}
    return lambda language, note: [(vote.cue, vote.read_as) for vote in pipelines[language](note).user_data["votes"]]


@pytest.mark.parametrize(
    ("language", "note", "found"),
    [
        ("nl", "wil vooral betrouwbaarhied", [("reliable", "betrouwbaarheid")]),
        ("nl", "leverinng op tijd", [("reliable", "levering")]),
        ("nl", "vroeg om kortign", [("price", "korting")]),
        ("nl", "betrouwbaarheid", [("reliable", "")]),
        ("en", "must be relaible", [("reliable-en", "reliable")]),
        ("en", "another brekdown", [("reliable-en", "breakdown")]),
        ("nl", "dur", []),  # under five letters: no guess
        ("nl", "duurt", []),  # a word of its own
        ("en", "pliable", []),  # the first letter must be right
        ("en", "reliance", []),  # a dictionary holds it
    ],
)
def test_a_misspelt_word_is_read_as_the_cue_word_that_was_meant_and_shown(read, language, note, found):
    assert read(language, note) == found

"""Notes that mix languages: cues of the other language count on its own words, under the note's own scope."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.cues import Cue, CueBank
from nlp.reader import Reader

CUES = (
    Cue("discount-en", "en", "need", "price", ("discount", "<want> something off")),
    Cue("gadget-en", "en", "need", "design", ("gadget",)),
    Cue("people-en", "en", "style", "amiable", ("people person",)),
    Cue("current-en", "en", "objection", "competitor", ("happy with their supplier",)),
    Cue("korting-nl", "nl", "need", "price", ("korting", "discount")),
    Cue("gezellig-nl", "nl", "style", "amiable", ("gezellige|gezellig",)),
    Cue("haast-nl", "nl", "style", "driver", ("geen tijd te verliezen",)),
)


@pytest.fixture(scope="module")
def votes():
    reader = Reader(CueBank(CUES))
    day = date(2026, 3, 9)

    def read(language, note):
        found = reader.read(note, written_on=day, language=language).votes
        return [(vote.cue, vote.verdict) for vote in found if vote.cue != "second-reader"]

    return read


@pytest.mark.parametrize(
    ("language", "note", "found"),
    [
        ("nl", "volgens Piet zijn ze daar happy with their supplier", [("current-en", "counts")]),
        ("en", "long talk, very gezellig", [("gezellig-nl", "counts")]),
        ("en", "he has geen tijd te verliezen", [("haast-nl", "counts")]),
        ("nl", "hij is niet echt een people person", [("people-en", "reversed")]),  # the note's own scope rules
        ("nl", "klant wil een discount", [("korting-nl", "counts")]),  # said once, counted once
        ("nl", "spreken met Gadget Company", []),  # a name is no word of a language
        ("nl", "hij zit in de vergadering", []),
        ("en", "she wants nothing of ours", []),
    ],
)
def test_cues_of_another_language_count_on_words_that_only_it_knows(votes, language, note, found):
    assert votes(language, note) == found

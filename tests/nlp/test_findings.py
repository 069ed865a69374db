"""From cues to findings: needs with kind and rung, objections, where the customer stands."""

from __future__ import annotations

import pytest

from nlp.cues import Cue, CueBank
from nlp.findings import find_lifecycle, find_needs, find_objections, find_topics
from nlp.pipeline import make_pipeline

CUES = (
    Cue("uptime", "en", "need", "uptime", ("breaks down", "<fail>"), 1.5),
    Cue("looks", "en", "need", "looks", ("look good", "pretty")),
    Cue("wish", "en", "need", "extras", ("a ribbon",), kind="want"),
    Cue("must", "en", "kind", "need", ("has to", "must", "or we stop")),
    Cue("nice", "en", "kind", "want", ("would be nice", "ideally")),
    Cue("hours", "en", "rung", "benefit", ("saves # hours",)),
    Cue("sleep", "en", "rung", "value", ("sleep at night",)),
    Cue("dear", "en", "objection", "dear", ("too dear",)),
    Cue("boss", "en", "objection", "boss", ("ask my boss",)),
    Cue("renewed", "en", "lifecycle", "loyal", ("<renew>",)),
    Cue("leaving", "en", "lifecycle", "at_risk", ("wants out",), 2.0),
    Cue("board", "en", "topic", "who", ("the board",)),
)


@pytest.fixture(scope="module")
def read():
    pipeline = make_pipeline(CueBank(CUES), "en")

    def run(note: str):
        doc = pipeline(note)
        return doc.user_data["votes"], doc.user_data["words"]

    return run


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("It has to look good.", [("looks", "need")]),
        ("It would be nice if it could look good.", [("looks", "want")]),
        ("It breaks down or we stop.", [("uptime", "need")]),
        ("Must look good. A second line would be nice.", [("looks", "need")]),
        ("It breaks down, must be pretty too ideally", [("uptime", "need"), ("looks", "need")]),
        ("a ribbon", [("extras", "want")]),
        ("It would be nice if pretty. It breaks down.", [("uptime", "need"), ("looks", "want")]),
        ("Nothing here.", []),
    ],
)
def test_the_marks_near_a_need_tell_want_from_need_and_needs_come_first(read, note, expected):
    assert [(need.need, need.kind) for need in find_needs(*read(note))] == expected


@pytest.mark.parametrize(
    ("note", "rung"),
    [
        ("it breaks down", "feature"),
        ("it breaks down, fixing it saves 4 hours", "benefit"),
        ("it breaks down, mending saves 4 hours and he can sleep at night", "value"),
        ("it breaks down. He can sleep at night.", "feature"),
    ],
)
def test_a_need_carries_the_highest_rung_that_its_sentence_reaches(read, note, rung):
    assert [need.rung for need in find_needs(*read(note)) if need.need == "uptime"] == [rung]


def test_a_need_said_twice_is_found_once_and_stronger(read):
    once, twice = (find_needs(*read(note))[0] for note in ("It breaks down.", "It breaks down. It failed again."))
    assert once.strength < twice.strength <= 1


def test_every_quote_is_an_exact_piece_of_the_note(read):
    note = "Well, it breaks down every week; too dear, says Ann, and wants out."
    votes, words = read(note)
    quotes = [need.quote for need in find_needs(votes, words)] + [o.quote for o in find_objections(votes)]
    assert [note[quote.start : quote.end] for quote in quotes] == [quote.text for quote in quotes]
    assert [quote.text for quote in quotes] == ["it breaks down every week", "too dear"]


def test_objections_come_in_the_order_of_the_note(read):
    votes, _ = read("will ask my boss, and too dear")
    assert [found.objection for found in find_objections(votes)] == ["boss", "dear"]


@pytest.mark.parametrize(
    ("note", "value", "assumed"),
    [
        ("Renewed again.", "loyal", False),
        ("Renewed in May, now wants out.", "at_risk", False),
        ("it breaks down", "potential", True),
        ("hello", "unclear", False),
    ],
)
def test_the_lifecycle_is_what_the_note_shows_or_marked_as_assumed(read, note, value, assumed):
    found = find_lifecycle(read(note)[0])
    assert (found.value, found.assumed) == (value, assumed)


def test_a_topic_is_spoken_of_even_when_denied(read):
    assert find_topics(read("not the board")[0]) == {"who"}

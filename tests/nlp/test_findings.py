"""From cues to findings: needs with kind and rung, objections, where the customer stands."""

from __future__ import annotations

import pytest

from nlp.cues import Cue, CueBank
from nlp.evidence import LEANING_NAMES, Evidence
from nlp.findings import find_lifecycle, find_needs, find_objections, find_topics
from nlp.forms import Forms
from nlp.pipeline import make_pipeline
from nlp.weighing import Weighing, Weights

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

# Cues alone, so that each case can be followed by hand: any cue is enough for a need or an objection.
NOTHING = dict.fromkeys(LEANING_NAMES, 0.0)
PLAIN = {
    "need": Weights({**NOTHING, "cues": 1.0}, constant=-0.5),
    "objection": Weights({**NOTHING, "cues": 1.0}, constant=-0.5),
    "lifecycle": Weights({**NOTHING, "cues": 1.0}, constant=0.5, prior={"potential": 0.6}),
    "kind": Weights(NOTHING),
}
WEIGHING = Weighing(PLAIN, PLAIN)
NEEDS = ("uptime", "looks", "extras")
OBJECTIONS = ("dear", "boss")


@pytest.fixture(scope="module")
def read():
    pipeline, forms = make_pipeline(CueBank(CUES), "en"), Forms("en")

    def run(note: str) -> Evidence:
        doc = pipeline(note)
        return Evidence(doc.user_data["words"], doc.user_data["votes"], None, forms)

    return run


def needs_in(evidence: Evidence):
    return find_needs(evidence, WEIGHING, NEEDS)


def objections_in(evidence: Evidence):
    return find_objections(evidence, WEIGHING, OBJECTIONS)


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
    assert [(need.need, need.kind) for need in needs_in(read(note))] == expected


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
    assert [need.rung for need in needs_in(read(note)) if need.need == "uptime"] == [rung]


def test_a_need_said_twice_is_found_once_and_stronger(read):
    once, twice = (needs_in(read(note))[0] for note in ("It breaks down.", "It breaks down. It failed again."))
    assert once.strength < twice.strength <= 1


def test_every_quote_is_an_exact_piece_of_the_note(read):
    note = "Well, it breaks down every week; too dear, says Ann, and wants out."
    evidence = read(note)
    quotes = [need.quote for need in needs_in(evidence)] + [o.quote for o in objections_in(evidence)]
    assert [note[quote.start : quote.end] for quote in quotes] == [quote.text for quote in quotes]
    assert [quote.text for quote in quotes] == ["it breaks down every week", "too dear"]


def test_objections_come_in_the_order_of_the_note(read):
    assert [found.objection for found in objections_in(read("will ask my boss, and too dear"))] == ["boss", "dear"]


@pytest.mark.parametrize(
    ("note", "value", "assumed"),
    [
        ("Renewed again.", "loyal", False),
        ("Renewed in May, now wants out.", "at_risk", False),
        ("it breaks down", "potential", True),
        ("", "unclear", False),
    ],
)
def test_the_lifecycle_is_what_the_note_shows_or_marked_as_assumed(read, note, value, assumed):
    found = find_lifecycle(read(note), WEIGHING)
    assert (found.value, found.assumed) == (value, assumed)


def test_a_topic_is_spoken_of_even_when_denied(read):
    assert find_topics(read("not the board").votes) == {"who"}

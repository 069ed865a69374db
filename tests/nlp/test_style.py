"""From evidence to a style: what adds up, what does not, and when nothing is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.evidence import LEANING_NAMES, Evidence
from nlp.forms import Forms
from nlp.reading import STYLES, Quote, Vote
from nlp.style import Thresholds, guess_style
from nlp.weighing import Weighing, Weights
from nlp.words import Words

# A cue's weight is its log-odds, and "unclear" weighs as much as a cue of 1.
PLAIN = Weights({**dict.fromkeys(LEANING_NAMES, 0.0), "cues": 1.0}, constant=1.0)
WEIGHING = Weighing({"style": PLAIN}, {"style": PLAIN})
FORMS = Forms("en")


def vote(key: str, weight: float, *, about: str = "style", cue: str = "", at: int = 0) -> Vote:
    quote = Quote("x", at, at + 1)
    return Vote(cue or f"{key}-{at}", about, key, weight, quote, "counts", first=at, last=at + 1)


def guess(*votes: Vote, confidence: float = 0.5, margin: float = 0.15):
    evidence = Evidence(Words(""), votes, None, FORMS)
    return guess_style(evidence, weighing=WEIGHING, thresholds=Thresholds(confidence, margin))


def test_without_evidence_nothing_is_named():
    assert guess().style == "unclear"
    assert guess(vote("efficiency", 2.0, about="need")).style == "unclear"


def test_enough_evidence_names_the_style_and_shows_it():
    found = guess(vote("driver", 1.5, at=1), vote("driver", 1.5, at=2))
    assert (found.style, found.second) == ("driver", None)
    assert [v.cue for v in found.evidence] == ["driver-1", "driver-2"]


def test_two_styles_that_are_close_are_both_named():
    found = guess(vote("driver", 3.0, at=1), vote("expressive", 2.9, at=2))
    assert (found.style, found.second) == ("driver", "expressive")


def test_little_evidence_for_much_confidence_names_nothing():
    assert guess(vote("driver", 2.0), confidence=0.9).style == "unclear"


def test_a_cue_that_stands_twice_counts_once():
    once = guess(vote("driver", 1.0, cue="watch", at=1))
    twice = guess(vote("driver", 1.0, cue="watch", at=1), vote("driver", 1.0, cue="watch", at=9))
    assert once.probabilities == twice.probabilities


def test_words_that_two_cues_share_count_once():
    one = guess(vote("driver", 1.0, cue="a", at=1))
    both = guess(vote("driver", 1.0, cue="a", at=1), vote("driver", 0.8, cue="b", at=1))
    assert one.probabilities == both.probabilities


def test_evidence_against_a_style_makes_it_less_likely():
    assert guess(vote("driver", -0.6)).probabilities["driver"] < guess().probabilities["driver"]


@pytest.mark.parametrize(
    ("about", "pole", "liked"),
    [
        ("assertiveness", "high", {"driver", "expressive"}),
        ("assertiveness", "low", {"analytical", "amiable"}),
        ("responsiveness", "high", {"amiable", "expressive"}),
        ("responsiveness", "low", {"analytical", "driver"}),
    ],
)
def test_evidence_on_one_axis_speaks_for_the_two_styles_of_that_pole(about, pole, liked):
    found = guess(vote(pole, 2.0, about=about))
    assert {style for style in STYLES if found.probabilities[style] > 0.25} == liked
    place = found.assertiveness if about == "assertiveness" else found.responsiveness
    assert (place > 0) == (pole == "high")


@given(st.lists(st.tuples(st.sampled_from(STYLES), st.floats(-3, 3), st.integers(0, 50)), max_size=30))
def test_probabilities_and_places_stay_in_their_ranges(evidence):
    found = guess(*(vote(style, weight, at=at) for style, weight, at in evidence))
    assert all(0 <= probability <= 1 for probability in found.probabilities.values())
    assert sum(found.probabilities.values()) <= 1 + 1e-9
    assert -1 <= found.assertiveness <= 1
    assert -1 <= found.responsiveness <= 1


EVIDENCE = [("driver", 1.0, 1), ("amiable", 3.0, 2), ("driver", 0.5, 3), ("analytical", -0.6, 4)]


@given(st.permutations(EVIDENCE))
def test_the_order_of_the_evidence_changes_nothing(evidence):
    shuffled = guess(*(vote(style, weight, at=at) for style, weight, at in evidence))
    ordered = guess(*(vote(style, weight, at=at) for style, weight, at in EVIDENCE))
    assert shuffled.style == "amiable"
    assert shuffled.probabilities == pytest.approx(ordered.probabilities)

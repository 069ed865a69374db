"""The figures of an evaluation, on cases that can be counted by hand."""

from __future__ import annotations

import pytest

from nlp.scoring import calibration, misses, score


def note(**labels):
    return {"id": "1", "text": "Board signs, must be fast, would like blue.", **labels}


def need(key: str, kind: str, quote: str):
    return {"need": key, "kind": kind, "quote": quote}


def test_a_field_that_a_note_does_not_carry_is_skipped():
    report = score([(note(style="driver"), {"style": "driver"}), (note(lifecycle="new"), {"style": "amiable"})])
    assert report["notes"] == 2
    assert report["style"]["accuracy"] == 1.0
    assert report["lifecycle"]["accuracy"] == 0.0
    assert "needs" not in report


@pytest.mark.parametrize(
    ("wanted", "second", "got", "accuracy", "right"),
    [
        ("driver", None, "driver", 1.0, 1.0),
        ("driver", "expressive", "expressive", 0.0, 1.0),
        ("driver", None, "unclear", 0.0, 0.0),
        ("unclear", None, "driver", 0.0, 0.0),
    ],
)
def test_style_counts_clear_notes_and_answers(wanted, second, got, accuracy, right):
    report = score([(note(style=wanted, second_style=second), {"style": got})])["style"]
    assert (report["accuracy"], report["right_when_answered"]) == (accuracy, right)


def test_needs_are_counted_over_all_notes_with_kind_and_quote_of_those_found():
    want = note(needs=[need("performance", "need", "must be fast"), need("design", "want", "would like blue")])
    got = {"needs": [need("performance", "want", "be fast"), need("price", "need", "Board")]}
    report = score([(want, got)])["needs"]
    assert report == {
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
        "kind_accuracy": 0.0,
        "quote_overlap": 1.0,
    }


def test_a_day_counts_only_when_it_is_the_same():
    wanted = note(next_step={"date": "2026-03-12", "quote": "x"})
    report = score([(wanted, {"next_step": {"date": "2026-03-12"}}), (note(next_step=None), {"next_step": None})])
    assert report["next_step"]["f1"] == 1.0
    assert score([(wanted, {"next_step": {"date": "2026-03-13"}})])["next_step"]["f1"] == 0.0


@pytest.mark.parametrize(
    ("scores", "brier"),
    [
        ({"driver": 1.0}, 0.0),
        ({}, None),
        ({"driver": 0.5, "amiable": 0.5}, 0.5),
        ({"driver": 0.0, "amiable": 0.0}, 2.0),
    ],
)
def test_the_brier_score_is_over_four_styles_and_unclear(scores, brier):
    assert score([(note(style="driver"), {"style": "driver", "style_scores": scores})])["style"]["brier"] == brier


def test_calibration_compares_what_was_said_with_what_was_right():
    pairs = [
        (note(style=style), {"style": "driver", "style_scores": {"driver": 0.7, "amiable": 0.1}})
        for style in ("driver", "driver", "amiable", "driver")
    ]
    (band,) = calibration(pairs)
    assert (band["from"], band["to"], band["notes"]) == (0.6, 0.8, 4)
    assert (band["said"], band["right"]) == (pytest.approx(0.7), 0.75)


def test_every_difference_is_listed_with_what_was_wanted():
    found = misses(
        [(note(style="driver", objections=[]), {"style": "unclear", "objections": [{"objection": "price"}]})]
    )
    assert [(miss["field"], miss["wanted"], miss["got"]) for miss in found] == [
        ("style", "driver", "unclear"),
        ("objections", [], ["price"]),
    ]

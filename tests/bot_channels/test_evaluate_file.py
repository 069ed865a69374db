"""`callcue evaluate`: figures of labelled notes, and bad lines told by their number."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.evaluate_file import as_table, evaluate_file, labelled_note_of, report
from bot.read_file import LineInvalid
from nlp.cues import Cue
from nlp.reading import LifecycleFinding, Quote, Reading, StyleGuess, Vote

TODAY = date(2026, 3, 9)
TEXT = "Straight to it. Too dear."
CURT = Cue("curt-en", "en", "style", "driver", ("straight to it",))


def line(**row) -> bytes:
    return json.dumps({"id": "1", "text": TEXT, "lang": "en", **row}).encode()


def reading(style: str) -> Reading:
    scores = {"driver": 0.7, "amiable": 0.1, "analytical": 0.1, "expressive": 0.05}
    vote = Vote("curt-en", "style", "driver", 1.0, Quote("Straight to it", 0, 14), "counts")
    return Reading(
        "en", True, StyleGuess(style, None, scores, 0.5, -0.5), lifecycle=LifecycleFinding("new"), votes=(vote,)
    )


def test_what_nobody_judged_is_not_counted():
    judged = [(labelled_note_of(line(style="driver"), today=TODAY), reading("driver"))]
    figures = report(judged, [CURT])
    assert figures["all"]["style"]["accuracy"] == 1.0
    assert "lifecycle" not in figures["all"]
    assert figures["languages"].keys() == {"en"}


def test_a_cue_is_right_where_it_spoke_for_what_a_person_said():
    judged = [
        (labelled_note_of(line(style=style), today=TODAY), reading("driver"))
        for style in ("driver", "driver", "amiable")
    ]
    cues = [CURT, Cue("never-en", "en", "style", "driver", ("never",)), Cue("price-en", "en", "need", "price", ("x",))]
    assert report(judged, cues)["cues"] == {
        "curt-en": {"right": 2, "wrong": 1, "said": 2, "precision": 2 / 3, "recall": 1.0},
        "never-en": {"right": 0, "wrong": 0, "said": 2, "precision": None, "recall": 0.0},
    }


@pytest.mark.parametrize(
    ("row", "labels"),
    [
        (
            {"about": "need", "label": "price", "kind": "want"},
            {"needs": [{"need": "price", "quote": TEXT, "kind": "want"}]},
        ),
        ({"about": "objection", "label": "none"}, {"objections": []}),
        ({"about": "style", "label": "none"}, {"style": "unclear"}),
        ({"about": "lifecycle", "label": "loyal"}, {"lifecycle": "loyal"}),
    ],
)
def test_a_line_with_one_label_is_a_note_in_which_that_alone_was_judged(row, labels):
    of_line = json.dumps({"text": TEXT, "lang": "en", **row}).encode()
    judged = labelled_note_of(of_line, number=7, today=TODAY)
    assert judged.labels == {"id": "line 7", "text": TEXT, **labels}


def test_the_table_names_each_figure_and_each_miss():
    judged = [(labelled_note_of(line(style="amiable", lifecycle="new"), today=TODAY), reading("driver"))]
    table = as_table(report(judged, [CURT]))
    assert "style: accuracy on clear notes" in table
    assert "1  style: wanted amiable, got driver" in table
    assert "60% to 80%" in table


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"needs": "price"}, '"needs" is not a list'),
        ({"needs": [{"kind": "need"}]}, 'an entry of "needs" has no "need"'),
        ({"objections": [{"objection": "price", "quote": "cheap"}]}, "does not stand in the text"),
        ({"style": 3}, '"style" is no text'),
        ({"next_step": "Thursday"}, '"next_step" is neither null'),
        ({"id": None}, '"id" is missing'),
    ],
)
def test_a_label_that_cannot_be_used_is_refused_with_the_reason(row, reason):
    with pytest.raises(LineInvalid, match=reason):
        labelled_note_of(line(**row), today=TODAY)


def test_a_bad_line_is_told_by_its_number_and_the_rest_is_measured(tmp_path, capsys):
    file = tmp_path / "notes.jsonl"
    file.write_bytes(b"\n".join([line(lifecycle="potential"), b"{broken", line(style=3)]))
    assert evaluate_file(str(file), as_json=True, today=TODAY) == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["all"]["notes"] == 1
    assert "line 2: is not JSON" in said.err
    assert 'line 3: "style" is no text' in said.err

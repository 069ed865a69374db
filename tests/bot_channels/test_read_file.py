from __future__ import annotations

import io
import json
from datetime import date

import pytest

from bot.read_file import LineInvalid, labels_of, note_of, read_file, read_notes
from nlp.reading import (
    LifecycleFinding,
    NeedFinding,
    NextStep,
    ObjectionFinding,
    Quote,
    Reading,
    StyleGuess,
    Vote,
)

TODAY = date(2026, 3, 9)
QUOTE = Quote("too dear", 4, 12)
READING = Reading(
    language="en",
    language_sure=True,
    style=StyleGuess("driver", None, {"driver": 0.84321, "expressive": 0.1}, 0.7, -0.6),
    needs=(NeedFinding("price", "want", QUOTE, 0.5),),
    objections=(ObjectionFinding("price", QUOTE, 0.9),),
    lifecycle=LifecycleFinding("potential", assumed=True),
    next_step=NextStep(QUOTE, day=date(2026, 3, 12)),
    votes=(Vote("c1", "objection", "price", 1.0, QUOTE, "counts"),),
)


class RecordingReader:
    """Reads every note the same and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def read(self, text, *, written_on, language=None, likely="en"):
        self.asked.append((text, written_on, language))
        return READING

    def complete(self):
        pass


def test_a_reading_is_written_as_notes_are_labelled():
    note = note_of(b'{"id": "n1", "text": "Far too dear."}', today=TODAY)
    assert labels_of(note, READING, explain=False) == {
        "id": "n1",
        "lang": "en",
        "written_on": "2026-03-09",
        "text": "Far too dear.",
        "style": "driver",
        "second_style": None,
        "style_scores": {"driver": 0.8432, "expressive": 0.1},
        "needs": [{"need": "price", "kind": "want", "quote": "too dear"}],
        "objections": [{"objection": "price", "quote": "too dear"}],
        "lifecycle": "potential",
        "next_step": {"date": "2026-03-12", "quote": "too dear"},
    }


def test_explaining_adds_every_vote():
    note = note_of(b'{"id": "n1", "text": "Far too dear."}', today=TODAY)
    (vote,) = labels_of(note, READING, explain=True)["votes"]
    assert (vote["cue"], vote["key"], vote["verdict"], vote["quote"]) == ("c1", "price", "counts", "too dear")


def test_bad_lines_are_named_by_number_and_the_rest_goes_on():
    lines = io.BytesIO(
        b'\xef\xbb\xbf{"id": 1, "text": "one", "lang": "nl", "written_on": "2026-01-02"}\n'
        b"\n"
        b"{not json}\n"
        b'{"id": 2, "text": "two"}'
    )
    reader, written, complaints = RecordingReader(), [], []
    bad = read_notes(
        lines,
        reader,
        today=TODAY,
        explain=False,
        write=written.append,
        complain=lambda number, reason: complaints.append((number, reason)),
    )
    assert bad == 1
    assert [number for number, _ in complaints] == [3]
    assert [json.loads(line)["id"] for line in written] == [1, 2]
    assert reader.asked == [("one", date(2026, 1, 2), "nl"), ("two", TODAY, None)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": "a", "text": "x"', "not JSON"),
        (b"[]", "not a JSON object"),
        (b'"secret words"', "not a JSON object"),
        (b'{"text": "secret words"}', '"id"'),
        (b'{"id": true, "text": "secret words"}', '"id"'),
        (b'{"id": "a"}', '"text"'),
        (b'{"id": "a", "text": ["secret words"]}', '"text"'),
        (b'{"id": "a", "text": "secret words", "lang": "xx"}', '"lang"'),
        (b'{"id": "a", "text": "secret words", "lang": ["en"]}', '"lang"'),
        (b'{"id": "a", "text": "secret words", "written_on": "soon"}', '"written_on"'),
        (b'{"id": "a", "text": "secret words", "written_on": 20260309}', '"written_on"'),
        (b'{"id": "a", "text": "caf\xe9 secret words"}', "UTF-8"),
        (b"[" * 100_000, "JSON"),
        (b'{"id": ' + b"9" * 5000 + b', "text": "secret words"}', "JSON"),
    ],
)
def test_a_bad_line_says_what_is_wrong_and_not_what_it_says(line, reason):
    with pytest.raises(LineInvalid) as invalid:
        note_of(line, today=TODAY)
    assert reason in str(invalid.value)
    assert "secret words" not in str(invalid.value)


def test_half_a_surrogate_pair_can_be_written_again():
    note = note_of(rb'{"id": "a", "text": "half \ud83d pair"}', today=TODAY)
    assert note.text == "half ? pair"


def test_a_dash_is_standard_input(monkeypatch, capsys):
    monkeypatch.setattr("bot.read_file.default_playbook", lambda: None)
    monkeypatch.setattr("bot.read_file.compile_reader", lambda playbook: RecordingReader())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"id": 1, "text": "one"}\n{}\n')))
    assert read_file("-", explain=False, today=TODAY) == 1
    written = capsys.readouterr()
    assert json.loads(written.out)["id"] == 1
    assert written.err.startswith("standard input, line 2: ")

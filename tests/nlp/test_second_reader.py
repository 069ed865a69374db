"""The second reader: what it is trained on, and what it says of a note."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import second_reader
from nlp.cues import CueBank
from nlp.evidence import Evidence
from nlp.features import Features, bucket_of
from nlp.forms import Forms
from nlp.linear_model import LinearModel
from nlp.pipeline import make_pipeline
from nlp.second_reader import SecondReader
from nlp.training.data import FOLDER, FOLDERS, read_lines, read_notes
from nlp.units import LONGEST, SHORTEST, find_units


@pytest.fixture(scope="module")
def trained() -> SecondReader:
    return second_reader.load()


@pytest.fixture(scope="module")
def pipelines():
    return {language: make_pipeline(CueBank(()), language) for language in ("en", "nl")}


@pytest.fixture(scope="module")
def evidence(trained, pipelines):
    return lambda language, note: Evidence(pipelines[language](note).user_data["words"], [], trained, Forms(language))


def test_the_model_was_trained_on_the_data_that_lies_beside_it():
    manifest = json.loads((second_reader.MODEL.parent / "manifest.json").read_text(encoding="utf-8"))
    present = [path for folder in FOLDERS for path in Path(FOLDER, folder).glob("*.jsonl")]
    assert manifest == {
        str(path.relative_to(FOLDER)): hashlib.sha256(path.read_bytes()).hexdigest() for path in present
    }


def test_every_label_of_the_data_has_an_exact_quote():
    for note in read_notes():
        for entry in [*note.row["needs"], *note.row["objections"]]:
            assert entry["quote"] in note.text, note.id
    assert {line.language for line in read_lines()} == {"en", "nl"}


@pytest.mark.parametrize(
    ("language", "note", "about", "key", "less_than"),
    [
        (
            "en",
            "He hugged everyone, told a story about Rome and drew it on the wall.",
            "style",
            "expressive",
            "analytical",
        ),
        (
            "nl",
            "Had alle cijfers in een spreadsheet en vroeg per regel hoe we daaraan komen.",
            "style",
            "analytical",
            "expressive",
        ),
        ("en", "The board has to approve it first.", "objection", "authority", "price"),
        ("nl", "Veel te duur, past niet in het budget.", "objection", "price", "authority"),
    ],
)
def test_it_prefers_what_a_note_says(evidence, language, note, about, key, less_than):
    found = evidence(language, note)
    assert max(found.log_odds(about, key)) > max(found.log_odds(about, less_than))


@pytest.mark.parametrize(
    ("language", "note", "key", "less_than"),
    [
        ("en", "Third outage this month. Two mails unanswered, has asked for our notice period.", "at_risk", "loyal"),
        ("nl", "Voor het zesde jaar verlengd, tekende meteen bij en beveelt ons aan bij zijn buurman.", "loyal", "new"),
    ],
)
def test_it_judges_a_note_as_a_whole(evidence, language, note, key, less_than):
    found = evidence(language, note)
    assert found.leaning("lifecycle", key).whole > found.leaning("lifecycle", less_than).whole


def test_its_vote_quotes_the_piece_and_names_the_words_that_told(evidence):
    note = "Lovely office. The board has to approve it first."
    found = evidence("en", note)
    (opinion,) = found.opinion_votes("objection", "authority")
    vote = found.told(opinion, 0.5)
    assert vote.weight == 0.5
    assert vote.quote.text == "The board has to approve it first"
    assert note[vote.quote.start : vote.quote.end] == vote.quote.text
    assert set(vote.because.split(", ")) & {"board", "approve"}


def test_it_has_no_opinion_on_a_label_that_it_was_not_trained_on(evidence):
    found = evidence("en", "The board has to approve it first.")
    assert not found.knows("need", "a_leads_own_need")
    assert found.log_odds("need", "a_leads_own_need") == []


def test_what_is_stored_comes_back_as_it_was(tmp_path, trained):
    second_reader.save(tmp_path / "m.npz", trained)
    loaded = second_reader.load(tmp_path / "m.npz")
    assert (loaded.languages, loaded.labels, loaded.whole_labels) == (
        trained.languages,
        trained.labels,
        trained.whole_labels,
    )
    for one, other in ((loaded.pieces, trained.pieces), (loaded.whole, trained.whole)):
        for name in ("buckets", "weights", "scale", "by_vector", "bias"):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_a_model_adds_up_what_features_and_vector_say():
    buckets = np.array(sorted([bucket_of("w:board"), bucket_of("w:price")]), dtype=np.int64)
    row = int(np.searchsorted(buckets, bucket_of("w:board")))
    weights = np.zeros((2, 2), dtype=np.float32)
    weights[row] = [2.0, -1.0]
    model = LinearModel.rounded(buckets, weights, np.eye(2, dtype=np.float32), np.array([0.5, 0.0], np.float32))
    of_text = Features(
        np.array([bucket_of("w:board"), bucket_of("w:never seen")]), np.array([2.0, 9.0], dtype=np.float32)
    )
    said = model.log_odds(of_text, np.array([1.0, 3.0], dtype=np.float32))
    assert said == pytest.approx([0.5 + 4.0 + 1.0, -2.0 + 3.0], abs=0.02)
    assert model.weight(of_text, 1) == pytest.approx(-2.0, abs=0.01)


@settings(deadline=None)
@given(st.text(max_size=400), st.sampled_from(["en", "nl"]))
def test_any_text_is_cut_into_pieces_and_judged(trained, pipelines, text, language):
    words = pipelines[language](text).user_data["words"]
    judgement = trained.judge(words, Forms(language))
    opinions = judgement.pieces
    pieces = find_units(words)
    assert {index for first, last in pieces for index in range(first, last)} == set(range(len(words)))
    assert [(o.first, o.last) for o in opinions] == [(a, b) for a, b in pieces if b - a >= SHORTEST]
    assert all(o.last - o.first <= LONGEST + 2 and np.isfinite(o.log_odds).all() for o in opinions)
    assert (judgement.whole is None) == (not len(words))
    assert judgement.whole is None or np.isfinite(judgement.whole).all()

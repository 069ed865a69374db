"""Reading whole notes with the cues that a playbook brings and the second reader that ships."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.cues import Cue, CueBank
from nlp.reader import Reader
from nlp.reading import LIFECYCLES, STYLES, UNCLEAR

MONDAY = date(2026, 3, 9)
CUES = CueBank(
    (
        Cue("watch-en", "en", "style", "driver", ("<look> at his|her watch", "no small talk"), 2.0),
        Cue("retype-en", "en", "need", "efficiency", ("<retype>",), 2.0),
        Cue("board-en", "en", "objection", "authority", ("board <sign> off",), 2.0),
        Cue("own-en", "en", "need", "a_leads_own_need", ("scented candles",), 2.0),
        Cue("horloge-nl", "nl", "style", "driver", ("<kijken> ..3 horloge",), 2.0),
        Cue("duur-nl", "nl", "objection", "price", ("te duur",), 2.0),
    )
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(CUES)


def test_a_note_is_read_whole(reader):
    note = (
        "Met Karin Bos (Bos Logistics). No small talk, looked at her watch, cut me off: bottom line please. "
        "They retype sheets. Board signs off in June. Call back Thursday."
    )
    read = reader.read(note, written_on=MONDAY)
    assert (read.language, read.language_sure) == ("en", True)
    assert read.style.style == "driver"
    assert [need.need for need in read.needs] == ["efficiency"]
    assert [found.objection for found in read.objections] == ["authority"]
    assert (read.named.person, read.named.company) == ("Karin Bos", "Bos Logistics")
    assert read.next_step is not None
    assert read.next_step.day == date(2026, 3, 12)


def test_a_need_that_a_lead_adds_is_read_by_its_cues_alone(reader):
    read = reader.read("She asked for scented candles in every room.", written_on=MONDAY)
    assert "a_leads_own_need" in [need.need for need in read.needs]


@pytest.mark.parametrize(
    ("note", "language", "sure"),
    [
        ("Hij keek drie keer op zijn horloge en vond het te duur.", "nl", True),
        ("She looked at her watch and asked for the price.", "en", True),
        ("ok", "nl", True),
        ("Der Kunde möchte einen Rabatt haben und ruft am Freitag wieder an.", "nl", False),
        ("", "nl", True),
        ("Jansen BV, Qtool Utrecht", "nl", True),
        ("Привет, завтра позвоню директору завода", "nl", False),
    ],
)
def test_the_language_is_detected_or_taken_from_the_writer(reader, note, language, sure):
    read = reader.read(note, written_on=MONDAY, likely="nl")
    assert (read.language, read.language_sure) == (language, sure)


@pytest.mark.parametrize("note", ["Zaal 3.", "Jan", "ok!", "🙂", "Karin Bos"])
def test_without_evidence_nothing_is_named(reader, note):
    read = reader.read(note, written_on=MONDAY, language="nl")
    assert read.style.style == UNCLEAR
    assert (read.needs, read.objections, read.next_step) == ((), (), None)


def test_the_same_note_gives_the_same_reading_to_the_letter(reader):
    note = "Hij keek op zijn horloge. Te duur. Vrijdag bel ik terug."
    first, second = (reader.read(note, written_on=MONDAY) for _ in range(2))
    fresh = Reader(CUES).read(note, written_on=MONDAY)
    assert first == second == fresh


def test_deleting_the_sentence_removes_its_vote(reader):
    whole = reader.read("She looked at her watch. Nice office.", written_on=MONDAY, language="en")
    without = reader.read("Nice office.", written_on=MONDAY, language="en")
    assert "watch-en" in [vote.cue for vote in whole.votes]
    assert "watch-en" not in [vote.cue for vote in without.votes]


@pytest.mark.parametrize(
    "note", ["Te duur is het niet.", "Het is beslist niet te duur, zegt ze.", "te duur, inmiddels opgelost"]
)
def test_what_scope_silenced_is_not_found_on_an_opinion_alone(reader, note):
    read = reader.read(note, written_on=MONDAY, language="nl")
    assert "price" not in [found.objection for found in read.objections]


def test_a_style_that_no_cue_shows_is_named_with_the_words_that_come_nearest():
    note = "Jan zei dat hij er nog over na wil denken, zijn vrouw moet het ook zien."
    read = Reader(CueBank(())).read(note, written_on=MONDAY, language="nl")
    assert read.style.style == "amiable"
    (vote,) = read.style.evidence
    assert (vote.key, vote.weight) == ("amiable", round(read.style.probabilities["amiable"], 2))
    assert vote.quote.text in note


ANY = st.text(st.characters(codec="utf-8"), max_size=300) | st.text(
    st.sampled_from(" .,!?\n\"'()-abdehiklnorstuwzéëÀ0123456789€%/:‮🙂"), max_size=400
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(ANY, st.sampled_from(["en", "nl", None]))
def test_any_text_can_be_read_and_every_quote_is_an_exact_piece_of_it(reader, text, language):
    read = reader.read(text, written_on=MONDAY, language=language)
    quotes = [found.quote for found in (*read.needs, *read.objections, *read.votes, *read.facts)]
    assert all(text[quote.start : quote.end] == quote.text for quote in quotes)
    assert read.style.style in (*STYLES, UNCLEAR)
    assert read.style.style == UNCLEAR or read.style.evidence[0].quote.text  # a style is never named without words
    assert read.lifecycle.value in (*LIFECYCLES, UNCLEAR)
    assert all(0 <= probability <= 1 for probability in read.style.probabilities.values())
    assert asdict(read)


@pytest.mark.parametrize("text", ["a" * 8000, "te duur " * 1000, "(" * 8000, "1/" * 4000, "’" * 8000, "🙂" * 4000])
def test_a_note_at_the_limit_is_read(reader, text):
    assert reader.read(text, written_on=MONDAY, language="nl").language == "nl"

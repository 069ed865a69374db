"""A note in, a brief out; whose note it is; and messages that go together."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers.brief import MOST_CHARACTERS as LONGEST_BRIEF
from bot.records.awaited import Awaited
from bot.records.notes import MOST_CHARACTERS, Note, NoteMessage, StoredReading
from bot.records.prospects import Prospect

KARIN = (
    "Met Karin Bos (Bos Logistics) re fleet tracking. Straight to it, no coffee. "
    "Drivers retype trip sheets 4 hrs a week. Board signs off in June. Call back Thursday."
)


def labels(reply):
    return [button.label for row in reply.buttons for button in row]


# ---- the brief


def test_note_is_answered_with_its_brief(rep):
    shown = rep.say(KARIN).plain.split("\n")
    assert shown[:5] == [
        "Karin Bos · Bos Logistics · potential (assumed)",
        "Driver 84% — “no coffee”",
        "Needs: efficiency (must) “retype trip sheets 4 hrs a week”",
        "Holds back: authority “Board signs off in June”",
        "Next: Call back Thu 12 Mar",
    ]
    assert [line.split(" ")[0] for line in shown[5:]] == ["Open:", "Talk:", "Ask:", "2.", "3.", "If"]
    assert shown[-1].startswith("If “Board signs off in June”:")


def test_brief_is_in_the_language_of_the_rep(office):
    shown = office.hire("Sanne", language="nl").say(KARIN).plain
    assert "Volgende: Call back do 12 mrt" in shown
    assert "Behoeften:" in shown
    assert "Bij “Board signs off in June”:" in shown


def test_brief_of_a_note_that_says_nothing_invents_nothing(rep):
    shown = rep.say("Met Karin Bos (Bos Logistics). Nice weather.").plain
    assert "Style: not enough to go on" in shown
    assert "Watch:" in shown
    for label in ("Needs:", "Holds back:", "Next:", "Talk:", "If “"):
        assert label not in shown


def test_brief_never_gets_longer_than_a_screen_and_is_cut_between_items(rep):
    whole = rep.say(KARIN)
    long_name = "Met Karin Bos (" + "Bos Logistics " * 12 + ")" + KARIN.partition(")")[2]
    cut = rep.say(long_name)
    assert len(cut.plain) <= LONGEST_BRIEF
    assert len(cut.lines) < len(whole.lines) + 1
    assert {line.plain for line in cut.lines[1:]} <= {line.plain for line in whole.lines}


def test_same_note_gives_the_same_brief_to_the_letter(office):
    first, second = office.hire("A").say(KARIN), office.hire("B").say(KARIN)
    assert first.plain == second.plain


def test_note_in_neither_language_is_said_so(rep):
    assert "looks like neither" in rep.say("Met Karin Bos. lorem ipsum dolor").plain


def test_day_of_a_note_is_the_day_where_the_rep_is(office, rep, clock):
    clock.wait(14.5 * 3600)  # 23:30 in UTC, half past midnight on Tuesday in Amsterdam
    rep.say(KARIN)
    (note,) = office.look(Note)
    assert note.local_day.isoformat() == "2026-03-10"
    assert note.zone == "Europe/Amsterdam"


# ---- whose note


def test_note_finds_its_prospect_again_however_the_name_is_typed(office, rep, clock):
    rep.say("Met Karin Bos (Bos Logistics B.V.). First.")
    clock.wait(3600)
    shown = rep.say("Met KARIN BOS (Bos logistics). Second.")
    assert shown.plain.startswith("Karin Bos · Bos Logistics B.V.")
    assert len(office.look(Prospect)) == 1


def test_name_fills_in_the_company_that_was_not_known(office, rep, clock):
    rep.say("Met Karin Bos. First.")
    clock.wait(3600)
    assert rep.say("Met Karin Bos (Acme). Second.").plain.startswith("Karin Bos · Acme")
    assert len(office.look(Prospect)) == 1


def test_same_name_at_another_company_is_another_prospect(office, rep, clock):
    rep.say("Met Karin Bos (Acme). First.")
    clock.wait(3600)
    rep.say("Met Karin Bos (Zenith). Second.")
    assert len(office.look(Prospect)) == 2


def test_several_that_fit_are_asked_and_none_is_guessed(office, rep, clock):
    rep.say("Met Karin Bos (Acme). One.")
    clock.wait(3600)
    rep.say("Met Karin Bos (Zenith). Two.")
    clock.wait(3600)
    asked = rep.say("Met Karin Bos. Three, no coffee.")
    assert "Which one" in asked.plain
    assert "Driver 84%" in asked.plain
    assert labels(asked)[:3] == ["Karin Bos · Zenith", "Karin Bos · Acme", "New: Karin Bos"]
    assert office.look(Note)[-1].prospect_id is None
    chosen = rep.press("Karin Bos · Acme")
    assert chosen.replaces
    assert chosen.plain.startswith("Karin Bos · Acme")
    assert office.look(Note)[-1].prospect_id == office.look(Note)[0].prospect_id


def test_new_is_one_of_the_choices(office, rep, clock):
    for company in ("Acme", "Zenith"):
        rep.say(f"Met Karin Bos ({company}).")
        clock.wait(3600)
    rep.say("Met Karin Bos. Three.")
    assert rep.press("New: Karin Bos").plain.startswith("Karin Bos · potential")
    assert len(office.look(Prospect)) == 3


def test_second_tap_on_a_choice_changes_nothing(office, rep, clock):
    for company in ("Acme", "Zenith"):
        rep.say(f"Met Karin Bos ({company}).")
        clock.wait(3600)
    rep.say("Met Karin Bos. Three.")
    first, second = rep.button("Karin Bos · Acme").data, rep.button("Karin Bos · Zenith").data
    rep.send("press", first)
    (shown,) = rep.send("press", second)
    assert shown.plain.startswith("Karin Bos · Acme")
    assert office.look(Note)[-1].prospect_id == office.look(Note)[0].prospect_id


def test_uncertain_name_is_asked(office, rep):
    asked = rep.say("Long call, perhaps Jan, no coffee")
    assert "Is it about Jan?" in asked.plain
    assert rep.press("New: Jan").plain.startswith("Jan · potential")


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Karin Bos", "Karin Bos"),
        ("karin bos", "karin bos"),
        ("Karin Bos, Bos Logistics", "Karin Bos · Bos Logistics"),
        ("Karin Bos (Bos Logistics)", "Karin Bos · Bos Logistics"),
        ("Karin Bos - Bos Logistics", "Karin Bos · Bos Logistics"),
    ],
)
def test_nameless_note_is_briefed_at_once_and_its_name_is_asked(office, rep, said, title):
    asked = rep.say("Straight to it, no coffee.")
    assert asked.plain.startswith("Saved. Who is it about?")
    assert "Driver 84%" in asked.plain
    assert rep.say(said).plain == f"Saved under {title}."
    assert rep.press("Brief").plain.startswith(f"{title} · potential")


def test_answer_is_expected_for_ten_minutes_only(office, rep, clock):
    rep.say("Straight to it, no coffee.")
    clock.wait(601)
    assert "Who is it about" in rep.say("Karin Bos").plain
    assert len(office.look(Note)) == 2


def test_note_instead_of_an_answer_is_a_note(office, rep, clock):
    rep.say("Straight to it.")
    clock.wait(120)
    rep.say("no coffee. Call back Thursday.")
    assert len(office.look(Note)) == 2
    assert office.look(Prospect) == []


def test_note_may_stay_without_a_name(office, rep):
    rep.say("Straight to it, no coffee.")
    shown = rep.press("Leave it without a name")
    assert shown.plain.startswith("No name yet")
    assert office.look(Awaited) == []


def test_cancel_stops_the_question(office, rep, clock):
    rep.say("Straight to it, no coffee.")
    assert "not waiting" in rep.say("/cancel").plain
    assert "nothing to cancel" in rep.say("/cancel").plain


def test_nameless_note_is_about_the_one_before_within_fifteen_minutes(office, rep, clock):
    rep.say(KARIN)
    clock.wait(14 * 60)
    shown = rep.say("She wants a demo.")
    assert "Press Change" in shown.plain
    assert "Karin Bos · Bos Logistics" in shown.plain
    clock.wait(16 * 60)
    assert "Who is it about" in rep.say("She wants a demo.").plain


def test_change_moves_a_note_to_somebody_else(office, rep, clock):
    rep.say("Met Jan Smit (Acme).")
    clock.wait(3600)
    rep.say(KARIN)
    clock.wait(120)
    rep.say("She wants a demo.")
    assert labels(rep.press("Change")) == ["Jan Smit · Acme", "« Back"]
    assert rep.press("Jan Smit · Acme").plain.startswith("Jan Smit · Acme")


def test_change_takes_a_name_as_well(office, rep, clock):
    rep.say(KARIN)
    clock.wait(120)
    rep.say("She wants a demo.")
    rep.press("Change")
    assert rep.say("Piet Mol").plain == "Saved under Piet Mol."
    assert len(office.look(Note)) == 2


def test_reply_to_a_message_is_about_its_prospect(office, rep, clock):
    rep.say(KARIN)
    brief_of_karin = rep.message_ids[-1]
    clock.wait(3600)
    rep.say("Met Jan Smit (Acme).")
    clock.wait(120)
    shown = rep.say("She wants a demo.", reply_to=brief_of_karin)
    assert "Karin Bos · Bos Logistics" in shown.plain


def test_a_rep_never_meets_the_prospects_of_another(office, rep):
    rep.say(KARIN)
    other = office.hire("Kim")
    assert "Who is it about" in other.say("She wants a demo.", reply_to=rep.message_ids[-1]).plain
    other.say(KARIN)
    assert len({prospect.owner_id for prospect in office.look(Prospect)}) == 2


# ---- messages that go together


def test_messages_within_ninety_seconds_are_one_note(office, rep, clock):
    rep.say("Met Karin Bos (Bos Logistics). Straight to it.")
    clock.wait(89)
    shown = rep.say("no coffee. Call back Thursday.")
    assert "Added to the note before" in shown.plain
    assert "Driver 84%" in shown.plain
    (note,) = office.look(Note)
    assert note.text == "Met Karin Bos (Bos Logistics). Straight to it.\nno coffee. Call back Thursday."
    assert [message.position for message in office.look(NoteMessage)] == [0, 1]


def test_after_ninety_seconds_it_is_another_note(office, rep, clock):
    rep.say(KARIN)
    clock.wait(91)
    rep.say("no coffee")
    assert len(office.look(Note)) == 2


def test_message_that_names_another_prospect_is_another_note(office, rep, clock):
    rep.say(KARIN)
    clock.wait(20)
    assert rep.say("Met Jan Smit (Acme). no coffee").plain.startswith("Jan Smit · Acme")
    assert len(office.look(Note)) == 2


def test_name_in_the_second_message_names_the_note(office, rep, clock):
    rep.say("Straight to it, no coffee, wants figures and nothing but figures.")
    clock.wait(20)
    shown = rep.say("Met Karin Bos (Bos Logistics). Call back Thursday.")
    assert "Karin Bos · Bos Logistics" in shown.plain
    assert len(office.look(Note)) == 1


def test_split_makes_two_notes_of_one_and_a_second_tap_nothing(office, rep, clock):
    rep.say("Met Karin Bos (Bos Logistics). Straight to it.")
    clock.wait(20)
    rep.say("no coffee. Call back Thursday.")
    split = rep.button("Split").data
    shown = rep.press("Split")
    assert "Split off" in shown.plain
    rep.send("press", split)
    notes = office.look(Note)
    assert [note.text for note in notes] == [
        "Met Karin Bos (Bos Logistics). Straight to it.",
        "no coffee. Call back Thursday.",
    ]
    assert notes[1].prospect_id is None


def test_terminal_joins_only_when_asked(office, rep, clock):
    rep.say("Met Karin Bos (Bos Logistics).", bot_id=0)
    clock.wait(5)
    rep.say("no coffee", bot_id=0)
    assert len(office.look(Note)) == 2
    clock.wait(3600)
    rep.say("and a demo", bot_id=0, joins_previous=True)
    assert office.look(Note)[-1].text == "no coffee\nand a demo"


def test_edited_message_changes_its_note(office, rep):
    rep.say(KARIN)
    (message,) = office.look(NoteMessage)
    (shown,) = rep.send("edit", KARIN.replace("no coffee", "lots of coffee"), message_id=message.message_id)
    assert "The note is changed" in shown.plain
    assert "not enough to go on" in shown.plain
    (note,) = office.look(Note)
    assert "lots of coffee" in note.text


def test_edit_of_a_message_that_is_no_note_is_passed_over(rep):
    assert rep.send("edit", "/help", message_id=4) == []
    assert rep.send("edit", "whatever", message_id=4) == []


# ---- bad input


@pytest.mark.parametrize("text", ["", "   ", "👍", "🎉🎉 !!", "…", "\x00\x07"])
def test_text_without_words_is_said_so_and_not_saved(office, rep, text):
    assert "no words" in rep.say(text).plain
    assert office.look(Note) == []


def test_anything_but_text_is_said_so(office, rep):
    (shown,) = rep.send("media")
    assert "typed text only" in shown.plain
    assert office.look(Note) == []


def test_too_long_a_note_is_refused_whole(office, rep):
    shown = rep.say("word " * 2000)
    assert "9,999 characters" in shown.plain
    assert "Nothing of it is saved" in shown.plain
    assert office.look(Note) == []


def test_long_text_that_was_cut_into_messages_is_one_note(office, rep, clock):
    for part in ("Met Karin Bos (Bos Logistics). " + "x" * 3900, "y" * 4000):
        shown = rep.say(part)
        clock.wait(1)
    assert "Added to the note before" in shown.plain
    assert len(office.look(Note)) == 1


def test_too_long_a_text_in_several_messages_leaves_nothing_half_saved(office, rep, clock):
    answers = []
    for part in ("Met Karin Bos (Bos Logistics). " + "x" * 4000, "y" * 4096, "z" * 500, "w" * 100):
        answers.append(rep.say(part).plain)
        clock.wait(1)
    assert "Nothing of it is saved" in answers[1]
    assert "not saved either" in answers[2]
    assert "not saved either" in answers[3]
    for table in (Note, NoteMessage, StoredReading, Prospect):
        assert office.look(table) == []
    clock.wait(60)
    assert rep.say(KARIN).plain.startswith("Karin Bos")


def test_addition_that_would_make_a_note_too_long_is_kept_apart(office, rep, clock):
    rep.say("Met Karin Bos (Bos Logistics). " + "x" * 7900)
    clock.wait(60)
    shown = rep.say("Add: " + "y" * 200)
    assert "note of its own" in shown.plain
    assert "Karin Bos" in shown.plain
    assert len(office.look(Note)) == 2


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Met Karin Bos. <b>bold</b> & *stars* _under_ [x](http://y)", None),
        ("Met Karin Bos. \x00null \x1b[31mred\x07", "Met Karin Bos. null [31mred"),
        ("Met Karin Bos. \u202eevil\u202c", "Met Karin Bos. evil"),
        ("Met Karin Bos. פגישה טובה מאוד", None),
        ("Met Karin Bos. one\r\ntwo\rthree", "Met Karin Bos. one\ntwo\nthree"),
        ("Met Karin Bos. broken \ud800 half", "Met Karin Bos. broken  half"),
        ("Met Karin Bos. 👩‍👩‍👧 family", None),
    ],
)
def test_odd_characters_are_kept_or_made_harmless(office, rep, typed, kept):
    assert rep.say(typed).plain.startswith("Karin Bos")
    (note,) = office.look(Note)
    assert note.text == (kept or typed)


def test_any_text_is_answered(rep, clock):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.text(st.characters(), max_size=300))
    def check(text):
        clock.wait(100)
        assert rep.send("text", text)[-1].plain
        assert "went wrong" not in rep.shown[-1].plain

    check()


def test_longest_note_is_within_what_is_promised(rep):
    assert MOST_CHARACTERS == 8000

"""What is behind the buttons of a brief, and what old or foreign buttons do."""

from __future__ import annotations

import pytest

from bot.answers.behind import PAGE, pages_of
from bot.database import transaction
from bot.records.notes import Note, StoredReading
from bot.reply import Line
from bot.roles import Role

KARIN = (
    "Met Karin Bos (Bos Logistics) re fleet tracking. Straight to it, no coffee. "
    "Drivers retype trip sheets 4 hrs a week. Board signs off in June. Call back Thursday."
)
GONE = "This button has nothing to show any more"


def test_brief_has_buttons_to_the_rest(rep):
    rows = [[button.label for button in row] for row in rep.say(KARIN).buttons]
    assert rows == [["More questions", "Objections"], ["Why", "Follow-ups"]]


def test_more_questions_goes_beyond_the_three_of_the_brief(rep):
    brief = rep.say(KARIN).plain
    more = rep.press("More questions")
    assert more.replaces
    assert more.lines[0].plain == "Questions for Karin Bos · Bos Logistics"
    assert len(more.lines) > 4
    assert all(line.plain.partition(" ")[2] in brief for line in more.lines[1:4])
    assert rep.press("« Back").plain == brief


def test_objections_are_answered_step_by_step(rep):
    rep.say(KARIN)
    lines = rep.press("Objections").lines
    assert lines[0].plain.endswith("“Board signs off in June”")
    assert [line.label for line in lines[1:]] == ["Listen:", "Acknowledge:", "Explore:", "Respond:", "Confirm:"]
    assert all(line.text for line in lines[1:])


def test_note_without_an_objection_says_so(rep):
    rep.say("Met Karin Bos. no coffee")
    assert "no objection" in rep.press("Objections").plain


def test_why_shows_each_cue_with_its_words_and_whether_it_counts(rep):
    rep.say(KARIN)
    why = rep.press("Why").plain
    assert "Driver 84%" in why
    assert "“no coffee” → Driver +1.4 · counts" in why
    assert "unclear 16%" in why


def test_why_of_a_note_without_cues_says_so(rep):
    rep.say("Met Karin Bos. Nice weather.")
    assert "No cue" in rep.press("Why").plain


def test_follow_ups_start_with_what_was_agreed_and_have_a_day_each(rep):
    rep.say(KARIN)
    plan = rep.press("Follow-ups")
    assert plan.lines[1].plain == "Call back Thu 12 Mar (agreed)"
    days = [line.label for line in plan.lines[2:] if "·" in line.label]
    assert days
    assert not any(day.startswith(("Sat", "Sun")) for day in days)
    assert "{" not in plan.plain


def test_pages_are_as_long_as_a_channel_can_show_and_lose_nothing():
    lines = [Line("x" * 300, f"{number}:") for number in range(40)]
    pages = pages_of(lines)
    assert [line for page in pages for line in page] == lines
    assert all(sum(len(line.plain) + 1 for line in page) <= PAGE for page in pages)


def test_buttons_work_when_what_was_read_is_not_kept_any_more(office, rep):
    brief = rep.say(KARIN).plain
    with transaction(office.engine) as session:
        session.delete(session.get(StoredReading, 1))
    rep.press("Why")
    assert rep.press("« Back").plain == brief


@pytest.mark.parametrize(
    "data", ["", "1:brief:zzzz", "1:gone:1", "2:brief:1", "nonsense", "1:language:9", "1:brief:1z141z3"]
)
def test_button_of_nothing_gets_a_polite_line(rep, data):
    rep.say(KARIN)
    (shown,) = rep.send("press", data)
    assert shown.plain.startswith(GONE)


@pytest.mark.parametrize("verb", ["brief", "more", "objections", "why", "plan", "pick", "change", "nameless", "split"])
def test_button_on_a_colleagues_note_gets_the_same_line(office, rep, verb):
    rep.say(KARIN)
    (shown,) = office.hire("Kim").send("press", f"1:{verb}:1")
    assert shown.plain.startswith(GONE)


def test_lead_of_the_team_and_admin_see_a_note_and_another_teams_lead_does_not(office, rep, add_working_team):
    rep.say(KARIN)
    with transaction(office.engine) as session:
        other_team = add_working_team(session, "South").id
    may = [office.hire("Lee", Role.LEAD), office.hire("Ada", Role.ADMIN, team_id=other_team)]
    may_not = [office.hire("Lou", Role.LEAD, team_id=other_team), office.hire("Vic", Role.VIEWER)]
    assert all(chat.send("press", "1:brief:1")[0].plain.startswith("Karin Bos") for chat in may)
    assert all(chat.send("press", "1:brief:1")[0].plain.startswith(GONE) for chat in may_not)


def test_lead_cannot_move_a_reps_note(office, rep, clock):
    for company in ("Acme", "Zenith"):
        rep.say(f"Met Karin Bos ({company}).")
        clock.wait(3600)
    rep.say("Met Karin Bos. Three.")
    office.hire("Lee", Role.LEAD).send("press", rep.button("Karin Bos · Acme").data)
    assert office.look(Note)[-1].prospect_id is None

"""Who gets in, with what, and what everybody else hears."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.database import transaction
from bot.records.people import CODE_LASTS, Invite, Person, create_invite
from bot.records.strangers import MOST_ATTEMPTS
from bot.roles import Role


@pytest.fixture
def code(office):
    return invite(office)


def invite(office, role=Role.REP):
    with transaction(office.engine) as session:
        code, _ = create_invite(session, office.team_id, role=role, now=office.clock())
    return code


def test_code_lets_in_and_tells_what_is_stored_and_who_sees_it(office, code):
    shown = office.stranger().say(f"/start {code}").plain
    assert "Welcome, Someone. You are in as sales rep." in shown
    assert "stored here" in shown
    assert "you and your team lead" in shown
    (person,) = office.look(Person)
    assert (person.telegram_id, person.role, person.zone) == (66, "rep", "Europe/Amsterdam")


@pytest.mark.parametrize("role", list(Role))
def test_code_gives_the_role_that_it_was_made_for(office, role):
    office.stranger().say(f"/start {invite(office, role)}")
    assert office.look(Person)[0].role == role


def test_language_is_that_of_the_persons_app_where_the_bot_speaks_it(office):
    assert "Welkom" in office.stranger(1, language_code="nl-BE").say(f"/start {invite(office)}").plain
    assert "Welcome" in office.stranger(2, language_code="pt").say(f"/start {invite(office)}").plain


def test_code_works_once(office, code):
    office.stranger(1).say(f"/start {code}")
    assert "does not work" in office.stranger(2).say(f"/start {code}").plain
    assert len(office.look(Person)) == 1


def test_code_expires_after_seven_days(office, code, clock):
    clock.now += CODE_LASTS - timedelta(seconds=1)
    assert "Welcome" in office.stranger(1).say(f"/start {code}").plain
    late = invite(office)
    clock.now += CODE_LASTS
    assert "does not work" in office.stranger(2).say(f"/start {late}").plain


def test_code_is_kept_as_a_hash_only(office, code):
    assert code not in str([row.model_dump() for row in office.look(Invite)])


def test_wrong_codes_are_limited_and_the_next_day_is_a_new_one(office, code, clock):
    stranger = office.stranger()
    answers = [stranger.say("/start nonsense").plain for _ in range(MOST_ATTEMPTS)]
    assert "too many tries" in answers[-1]
    assert not any("too many" in answer for answer in answers[:-1])
    assert stranger.send("text", f"/start {code}") == []
    assert office.look(Person) == []
    clock.now += timedelta(days=1)
    assert "Welcome" in stranger.say(f"/start {code}").plain


@pytest.mark.parametrize(("kind", "text"), [("text", "hello"), ("text", "/start"), ("text", "/help"), ("media", "")])
def test_stranger_gets_one_neutral_line_then_silence(office, kind, text):
    stranger = office.stranger()
    (shown,) = stranger.send(kind, text)
    assert shown.plain.startswith("This is a private assistant")
    assert all(stranger.send(more, text) == [] for more in ("text", "media", "press", "edit"))


def test_stranger_in_a_group_hears_nothing_and_a_code_there_is_not_used(office, code):
    stranger = office.stranger(private=False)
    assert stranger.send("text", f"/start {code}") == []
    assert "Welcome" in office.stranger().say(f"/start {code}").plain


def test_member_in_a_group_is_pointed_to_the_private_chat(rep, office):
    for kind, text in (("text", "Met Karin Bos. no coffee"), ("text", "/help"), ("press", "1:brief:1")):
        (shown,) = rep.send(kind, text, private=False)
        assert "in private only" in shown.plain


def test_member_who_opens_a_link_again_is_told_so_and_the_code_stays_good(office, rep, code):
    assert "You are in already, as sales rep." in rep.say(f"/start {code}").plain
    assert "Welcome" in office.stranger().say(f"/start {code}").plain


def test_code_is_found_behind_the_bots_name_too(office, code):
    assert "Welcome" in office.stranger().say(f"/start@callcue_bot {code}").plain


def test_odd_names_of_people_are_made_harmless(office, code):
    shown = office.stranger(sender_name="\u202eEve\x00\n<b>").say(f"/start {code}").plain
    assert "Welcome, Eve <b>." in shown

"""The rights matrix: every command and every button says who may use it, and nobody else can."""

from __future__ import annotations

import pytest

from bot.answers import routes
from bot.commands import COMMANDS, MAY_WRITE_NOTES, menu
from bot.presses import VERBS, Press
from bot.records.notes import Note
from bot.roles import Role

# Who may do what, written down a second time: a change of rights has to be meant.
ALL = {Role.VIEWER, Role.REP, Role.LEAD, Role.ADMIN}
WRITERS = {Role.REP, Role.LEAD, Role.ADMIN}
COMMAND_RIGHTS = {"start": ALL, "help": ALL, "language": ALL, "cancel": ALL}
VERB_RIGHTS = {
    "brief": WRITERS,
    "more": WRITERS,
    "objections": WRITERS,
    "why": WRITERS,
    "plan": WRITERS,
    "pick": WRITERS,
    "change": WRITERS,
    "nameless": WRITERS,
    "split": WRITERS,
    "language": ALL,
}
UNKNOWN = "I don't know that command"
GONE = "This button has nothing to show"


def test_rights_are_as_written_down_here():
    assert {name: set(command.roles) for name, command in COMMANDS.items()} == COMMAND_RIGHTS
    assert {verb: set(roles) for verb, roles in VERBS.items()} == VERB_RIGHTS
    assert set(MAY_WRITE_NOTES) == WRITERS


def test_everything_that_answers_is_registered_and_the_other_way_round():
    assert set(routes.ON_COMMAND) == set(COMMANDS)
    assert set(routes.ON_PRESS) | set(routes.ON_NOTE_PRESS) == set(VERBS)
    assert set(routes.ON_PRESS).isdisjoint(routes.ON_NOTE_PRESS)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_command_answers_those_who_may(office, role, name):
    shown = office.hire("Sam", role).say(f"/{name}").plain
    assert shown.startswith(UNKNOWN) == (role not in COMMAND_RIGHTS[name])


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", sorted(VERBS))
def test_button_answers_those_who_may(office, role, verb):
    office.hire("Robin").say("Met Karin Bos. no coffee")
    chat = office.hire("Sam", role)
    if role in WRITERS:
        chat.say("Met Karin Bos. no coffee")
    own_row = 2 if role in WRITERS else 1
    (shown,) = chat.send("press", Press(verb, 1 if verb == "language" else own_row).data)
    assert shown.plain.startswith(GONE) == (role not in VERB_RIGHTS[verb])


@pytest.mark.parametrize("role", list(Role))
def test_note_is_taken_from_those_who_may(office, role):
    shown = office.hire("Sam", role).say("Met Karin Bos. no coffee").plain
    assert bool(office.look(Note)) == (role in WRITERS)
    assert shown.startswith("You are in as a viewer") == (role not in WRITERS)


@pytest.mark.parametrize("role", list(Role))
def test_menu_and_help_show_what_a_role_may_use(office, role):
    chat = office.hire("Sam", role)
    offered = {name for name, _ in office.desk.menu(chat.telegram_id)}
    assert offered == {name for name, roles in COMMAND_RIGHTS.items() if role in roles and name != "start"}
    shown = chat.say("/help")
    assert offered == {line.label.removeprefix("/") for line in shown.lines if line.label.startswith("/")}
    assert len(shown.plain) < 1500


def test_menu_for_everybody_exists_in_every_language(office):
    assert [name for name, _ in office.desk.menu(None, "nl")] == [name for name, _ in menu("en")]
    assert office.desk.menu(None, "nl") != office.desk.menu(None, "en")


def test_command_that_does_not_exist_is_said_so(rep):
    assert rep.say("/dance now").plain.startswith(UNKNOWN)


def test_language_is_switched_in_one_tap_or_word(rep):
    assert [button.label for row in rep.say("/language").buttons for button in row] == ["English", "Nederlands"]
    assert rep.press("Nederlands").plain.startswith("Vanaf nu")
    assert rep.say("/language en").plain.startswith("From now on")
    assert "don't speak" in rep.say("/language klingon").plain

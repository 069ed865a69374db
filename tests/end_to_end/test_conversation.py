"""A team at work: the bot runs as a process of its own and talks to a Bot API server."""

from __future__ import annotations

import re

import pytest

NOTE = (
    "Met Karin Bos (Bos Logistics) re fleet tracking. Straight to it, no coffee, "
    '"what does it cost and when is it live". Drivers retype trip sheets 4 hrs a week, has to stop before Q3. '
    "Board signs off in June. Call back Thursday."
)
DUTCH_NOTE = (
    "Gesproken met Karin Bos (Bos Logistics) over ritregistratie. Meteen ter zake, geen koffie, "
    '"wat kost het en wanneer draait het". Chauffeurs typen ritstaten over, 4 uur per week, dat moet voor Q3 stoppen. '
    "Directie tekent in juni. Donderdag terugbellen."
)


@pytest.fixture
def rep(running, request):
    """Somebody who has joined; every test has its own."""
    user = running.user(language=getattr(request, "param", "en"))
    user.asks(f"/start {running.invite_quickly()}")
    return user


def test_a_code_from_the_command_line_lets_one_person_in_and_a_note_brings_a_brief(running):
    rep, late = running.user(), running.user()
    made = running.call("invite", "--role", "lead")
    code = made.stdout.split()[0]
    assert f"https://t.me/callcue_test_bot?start={code}" in made.stdout

    assert rep.asks(f"/start {code}").text.startswith("Welcome, Robin. You are in as team lead.")
    assert late.asks(f"/start {code}").text.startswith("That code does not work")

    brief = rep.asks(NOTE)
    assert brief.text.startswith("Karin Bos · Bos Logistics")
    assert "Driver" in brief.text
    assert "What people say" not in brief.text
    assert len(brief.text) <= 900


@pytest.mark.parametrize("rep", ["nl"], indirect=True)
def test_who_has_telegram_in_dutch_is_answered_in_dutch(rep):
    assert re.search(r"\bDonderdag|\bdo \d", rep.asks(DUTCH_NOTE).text)


def test_every_button_shows_something_in_place_of_the_brief(rep, running):
    brief = rep.asks(NOTE)
    acknowledged = running.server.count("answerCallbackQuery")
    for number, label in enumerate(brief.buttons, start=1):
        rep.presses(label)
        shown = rep.sees(number + 2)
        assert (shown.method, shown.message_id) == ("editMessageText", brief.message_id), label
    running.server.wait_until(
        lambda: running.server.count("answerCallbackQuery") == acknowledged + len(brief.buttons), "acknowledgements"
    )


def test_a_stranger_gets_one_neutral_line_and_then_silence(running, rep):
    stranger = running.user()
    assert "private assistant" in stranger.asks("hello?").text
    stranger.writes(NOTE)
    stranger.sends(photo=[{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}])
    rep.asks("/help")  # comes after what the stranger sent, so that would have been answered by now
    assert len(stranger.shown) == 1


@pytest.mark.parametrize(
    "content",
    [
        {"photo": [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}], "caption": "Met Karin"},
        {"voice": {"file_id": "1", "file_unique_id": "1", "duration": 3}},
        {"location": {"latitude": 1.0, "longitude": 2.0}},
    ],
    ids=lambda content: next(iter(content)),
)
def test_what_is_no_text_gets_a_line_that_says_so(rep, content):
    before = len(rep.shown)
    rep.sends(**content)
    assert "typed text only" in rep.sees(before + 1).text


@pytest.mark.parametrize(
    "text",
    [
        "<b>Met</b> <script>alert(1)</script> &amp; *Karin* _Bos_ [x](http://example.com) `code`",
        "🙂🙃😀",
        "נפגשתי עם קרין ‮abc‬ היא רצתה הכול מהר",
        "null\x00byte \x1b[2J bell\x07",
        "half \ud83d a pair",
        "<" * 3000,
        "word " * 1_600 + "end",
    ],
    ids=["markup", "emoji", "right to left", "controls", "half a surrogate", "only angles", "8,000 characters"],
)
def test_any_text_is_answered_with_something_that_telegram_takes(rep, text):
    assert rep.asks(text).status == 200


def test_one_person_who_is_slow_or_gone_holds_up_nobody(running, rep):
    blocked, flooded = running.user(), running.user()
    running.server.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user", chat_id=blocked.id)
    running.server.refuse("sendMessage", 429, "Too Many Requests", chat_id=flooded.id, retry_after=1)
    blocked.writes("hello?")
    flooded.writes("hello?")
    rep.asks("/help")
    assert flooded.sees(1).text == running.user().asks("hello?").text  # it comes when the second is over
    assert not blocked.shown


def test_an_answer_that_the_server_failed_to_take_is_sent_again_in_its_turn(running, rep):
    before = len(rep.shown)
    running.server.refuse("sendMessage", 502, "Bad Gateway", chat_id=rep.id)
    rep.writes("/nonsense")
    rep.writes("/help")
    unknown, helping = rep.sees(before + 1), rep.sees(before + 2)
    assert "/help" in unknown.text
    assert len(helping.text) > len(unknown.text)


def test_members_coming_and_going_in_a_group_are_passed_over(running, rep):
    group = {"id": -1001, "type": "supergroup", "title": "Sales"}
    running.server.deliver(
        message={
            "message_id": 1,
            "date": 1_700_000_000,
            "chat": group,
            "from": {"id": rep.id, "is_bot": False, "first_name": "Robin"},
            "new_chat_members": [{"id": 5, "is_bot": False, "first_name": "Sam"}],
        }
    )
    rep.asks("/help")
    assert not running.server.sent_to(-1001)


def test_an_update_that_cannot_be_parsed_stops_nothing(running, rep):
    running.server.deliver(message={"message_id": "odd", "chat": "no chat", "date": "never"})
    assert rep.asks("/help").status == 200


def test_the_log_holds_neither_the_token_nor_what_people_wrote(running, rep):
    rep.asks("Met Zyxwvut Marker (Markerworks), wants it fast. Call Friday.")
    written = running.said_on_stderr() + (running.folder / "callcue.log").read_text(encoding="utf-8")
    assert "Zyxwvut" not in written
    assert running.environment["CALLCUE_TELEGRAM_TOKEN"] not in written

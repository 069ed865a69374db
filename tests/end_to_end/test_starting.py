"""What whoever starts the bot is told when it cannot work: one clear line, a code that is not 0, no traceback."""

from __future__ import annotations

import pytest


def assert_told(done, *words):
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert all(word in done.stderr for word in words), done.stderr
    assert "Traceback" not in done.stderr


def test_no_token(installation):
    installation.settings["CALLCUE_TELEGRAM_TOKEN"] = ""
    assert_told(installation.call("run"), "CALLCUE_TELEGRAM_TOKEN is not set", "@BotFather", "callcue chat")


def test_a_malformed_token_is_not_repeated(installation):
    installation.settings["CALLCUE_TELEGRAM_TOKEN"] = "hunter2"
    told = installation.call("run")
    assert_told(told, "CALLCUE_TELEGRAM_TOKEN", "@BotFather")
    assert "hunter2" not in told.stderr


@pytest.mark.parametrize(("status", "description"), [(401, "Unauthorized"), (404, "Not Found")])
def test_a_token_that_the_server_does_not_know(installation, status, description):
    installation.server.refuse("getMe", status, description)
    told = installation.call("run")
    assert_told(told, "does not know this token", "@BotFather")
    assert installation.environment["CALLCUE_TELEGRAM_TOKEN"] not in told.stderr


def test_a_token_that_is_revoked_while_the_bot_runs(installation):
    process = installation.start_bot()
    installation.server.refuse("getUpdates", 401, "Unauthorized")
    installation.server.deliver(message={"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}})
    process.communicate(timeout=10)
    assert process.returncode == 1
    assert "does not know this token" in installation.said_on_stderr()
    assert "Traceback" not in installation.said_on_stderr()


def test_a_server_that_cannot_be_reached(installation):
    installation.settings["CALLCUE_TELEGRAM_API_URL"] = "http://127.0.0.1:9"
    assert_told(installation.call("run"), "http://127.0.0.1:9 cannot be reached", "CALLCUE_TELEGRAM_API_URL")


def test_another_program_that_takes_the_updates_is_named_and_the_bot_goes_on(installation):
    installation.start_bot()
    user = installation.user()
    installation.server.refuse("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    user.asks("hello?")
    user.asks(f"/start {installation.invite_quickly()}")
    assert "another program takes this bot's updates" in installation.said_on_stderr()


def test_an_invitation_without_a_server_still_gives_a_code(installation):
    installation.settings["CALLCUE_TELEGRAM_API_URL"] = "http://127.0.0.1:9"
    made = installation.call("invite")
    code = made.stdout.split()[0]
    assert (made.returncode, made.stderr) == (0, "")
    assert f"/start {code}" in made.stdout
    assert "t.me" not in made.stdout

"""Killed at any moment between receiving a note and answering it: the note is there once, the answer arrives."""

from __future__ import annotations

import signal
import sqlite3

import pytest

NOTE = "Met Karin Bos (Bos Logistics), straight to it. Board signs off in June. Call back Thursday."


@pytest.fixture
def rep(installation):
    """Somebody who has joined a bot that runs."""
    installation.start_bot()
    return installation.robin()


def assert_one_note_and_its_answer(installation, rep, *, answers=1):
    """Start again, and see that nothing was lost or done twice."""
    installation.start_bot()
    rep.writes("/help")  # whatever else was on its way is there before this is answered
    installation.server.wait_until(lambda: rep.shown and "/help" in rep.shown[-1].text, "the help")
    assert [call.text[:9] for call in rep.shown[:-1]] == ["Karin Bos"] * answers
    installation.stop_bot()
    assert installation.rows("SELECT count(*) FROM note") == [(1,)]
    assert installation.rows("SELECT count(*) FROM inboxupdate WHERE payload IS NOT NULL") == [(0,)]
    assert installation.rows("SELECT count(*) FROM outboxmessage WHERE content IS NOT NULL") == [(0,)]


def test_a_note_written_while_the_bot_was_down(installation, rep):
    installation.kill_bot()
    rep.writes(NOTE)
    assert_one_note_and_its_answer(installation, rep)


def test_killed_as_the_note_is_handed_over(installation, rep):
    server = installation.server
    asked = server.count("getUpdates")
    rep.writes(NOTE)
    server.wait_until(lambda: server.count("getUpdates") > asked, "the note to be delivered")
    installation.kill_bot()
    assert_one_note_and_its_answer(installation, rep)


def test_killed_before_the_note_could_be_stored(installation, rep):
    server = installation.server
    locked = sqlite3.connect(installation.folder / "callcue.db", isolation_level=None)
    locked.execute("BEGIN IMMEDIATE")
    asked = server.count("getUpdates")
    rep.writes(NOTE)
    server.wait_until(lambda: server.count("getUpdates") > asked, "the note to be delivered")
    installation.kill_bot()
    locked.close()
    assert installation.rows("SELECT count(*) FROM note") == [(0,)]
    assert_one_note_and_its_answer(installation, rep)


def test_killed_as_the_note_is_stored(installation, rep):
    server = installation.server
    polls = server.arrived.count("getUpdates")
    rep.writes(NOTE)
    server.wait_until(lambda: server.arrived.count("getUpdates") > polls, "the offset to move")
    installation.kill_bot()
    assert installation.rows("SELECT count(*) FROM inboxupdate") == [(1,)]
    assert_one_note_and_its_answer(installation, rep)


def test_killed_while_the_answer_is_on_its_way(installation, rep):
    server = installation.server
    server.hold("sendMessage")
    sending = server.arrived.count("sendMessage")
    rep.writes(NOTE)
    server.wait_until(lambda: server.arrived.count("sendMessage") > sending, "the answer to be sent")
    installation.kill_bot()
    server.release("sendMessage")
    assert installation.rows("SELECT count(*) FROM note") == [(1,)]
    assert_one_note_and_its_answer(installation, rep)


def test_killed_when_the_answer_has_arrived_unconfirmed(installation, rep):
    server = installation.server
    server.hold("sendMessage", when_done=True)
    rep.writes(NOTE)
    rep.sees(1)
    installation.kill_bot()
    server.release("sendMessage")
    assert_one_note_and_its_answer(installation, rep, answers=2)  # only what was being sent is sent again


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_bot_during_a_long_poll(installation, rep, number):
    code, seconds = installation.stop_bot(number)
    assert (code, installation.said_on_stderr().count("Traceback")) == (0, 0)
    assert seconds < 2


def test_a_second_signal_changes_nothing_and_an_answer_on_its_way_still_arrives(installation, rep):
    server = installation.server
    server.hold("sendMessage")
    sending = server.arrived.count("sendMessage")
    rep.writes(NOTE)
    server.wait_until(lambda: server.arrived.count("sendMessage") > sending, "the answer to be sent")
    installation.processes[-1].send_signal(signal.SIGINT)
    server.release("sendMessage")
    code, seconds = installation.stop_bot(signal.SIGINT)
    assert code == 0
    assert seconds < 2
    assert_one_note_and_its_answer(installation, rep)

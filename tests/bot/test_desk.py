"""Nothing received is lost, nothing is done twice, and what goes wrong is said in plain words."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.answers import noting
from bot.database import DatabaseLocked, DatabaseProblem
from bot.desk import Desk
from bot.records.inbox import MOST_RESTARTS, InboxState, InboxUpdate
from bot.records.notes import Note
from bot.records.outbox import LEASE, OutboxMessage, OutboxState

BOT = 7777
NOTE = "Met Karin Bos (Bos Logistics). no coffee"


@pytest.fixture
def stored(office, rep):
    """A note that is stored and not yet answered: (inbox id, incoming)."""
    incoming = rep.incoming("text", NOTE)
    return office.desk.store(BOT, incoming.update_id, {"text": NOTE}, incoming.at), incoming


# ---- what came in


def test_update_delivered_twice_is_stored_once(office):
    assert office.desk.store(BOT, 5, {"a": 1}, office.clock()) is not None
    assert office.desk.store(BOT, 5, {"a": 1}, office.clock()) is None
    assert office.desk.store(BOT + 1, 5, {"a": 1}, office.clock()) is not None


def test_update_is_handled_once_however_often_it_is_answered(office, rep, stored):
    for _ in range(3):
        office.desk.answer(*stored)
    assert len(office.look(Note)) == 1
    assert len(rep.collect()) == 1


def test_update_is_handled_once_by_many_at_the_same_moment(office, rep, stored):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: office.desk.answer(*stored), range(4)))
    assert len(office.look(Note)) == 1
    assert len(rep.collect()) == 1


def test_what_a_stopped_process_left_is_answered_by_the_next(office, rep, stored, reading, clock):
    next_desk = Desk(office.engine, reading, clock)
    ((inbox_id, payload),) = next_desk.unhandled(BOT)
    assert payload == {"text": NOTE}
    next_desk.answer(inbox_id, stored[1])
    assert next_desk.unhandled(BOT) == []
    assert len(office.look(Note)) == 1
    assert rep.collect()[0].plain.startswith("Karin Bos")


def test_payload_and_content_are_blanked_once_they_are_dealt_with(office, rep, stored):
    office.desk.answer(*stored)
    rep.collect()
    assert [(row.payload, row.state) for row in office.look(InboxUpdate)] == [(None, InboxState.HANDLED)]
    assert [(row.content, row.state) for row in office.look(OutboxMessage)] == [(None, OutboxState.SENT)]


def test_unhandled_come_in_their_order_and_by_bot(office):
    for number in (3, 1, 2):
        office.desk.store(BOT, number, {"n": number}, office.clock())
    office.desk.store(BOT + 1, 9, {"n": 9}, office.clock())
    assert [payload["n"] for _, payload in office.desk.unhandled(BOT)] == [1, 2, 3]
    assert office.desk.last_update_id(BOT) == 3
    assert office.desk.last_update_id(BOT + 2) == 0


def test_ignored_update_is_done_with(office):
    inbox_id = office.desk.store(BOT, 1, {"poll": {}}, office.clock())
    office.desk.ignore(inbox_id)
    assert office.desk.unhandled(BOT) == []


def test_odd_payload_is_kept_as_it_came(office):
    payload = {"text": "null \x00, half \ud83d, emoji 🎉, \u202e"}
    office.desk.store(BOT, 1, payload, office.clock())
    assert office.desk.unhandled(BOT)[0][1] == payload


def test_update_that_kills_every_process_is_parked_in_the_end(office):
    office.desk.store(BOT, 1, {"n": 1}, office.clock())
    office.desk.store(BOT, 2, {"n": 2}, office.clock())
    for _ in range(MOST_RESTARTS):
        assert len(office.desk.unhandled(BOT)) == 2
    assert [payload["n"] for _, payload in office.desk.unhandled(BOT)] == [2]
    assert office.look(InboxUpdate)[0].payload is not None


# ---- what goes wrong


def test_failure_is_tried_again_and_nothing_is_half_saved(office, rep, stored, monkeypatch):
    failures = iter([True, True, False])
    real = noting.settle

    def flaky(*args):
        real(*args)
        if next(failures):
            raise RuntimeError(NOTE)

    monkeypatch.setattr(noting, "settle", flaky)
    office.desk.answer(*stored)
    assert len(office.look(Note)) == 1
    assert [reply.plain[:9] for reply in rep.collect()] == ["Karin Bos"]


def test_after_three_failures_the_person_hears_of_it_and_the_update_is_kept(office, rep, stored, monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError(NOTE)

    monkeypatch.setattr(noting, "settle", broken)
    with caplog.at_level(logging.DEBUG):
        office.desk.answer(*stored)
    (shown,) = rep.collect()
    assert shown.plain.startswith("Sorry, something went wrong")
    assert str(stored[0]) in shown.plain
    assert office.look(Note) == []
    (row,) = office.look(InboxUpdate)
    assert (row.state, row.attempts) == (InboxState.FAILED, 3)
    assert "Karin" in row.payload
    assert not any("Karin" in record.getMessage() for record in caplog.records)


def test_unusable_database_is_told_to_the_channel_and_leaves_the_update(office, rep, stored, monkeypatch):
    def locked(*_, **__):
        raise DatabaseLocked

    with monkeypatch.context() as patched:
        patched.setattr("bot.desk.inbox.take_update", locked)
        with pytest.raises(DatabaseProblem, match="Stop the other"):
            office.desk.answer(*stored)
    office.desk.answer(*stored)
    assert len(rep.collect()) == 1


# ---- what goes out


def test_message_is_claimed_by_one(office, stored):
    office.desk.answer(*stored)
    with ThreadPoolExecutor(4) as pool:
        claimed = [one for found in pool.map(lambda _: office.desk.claim_outgoing(BOT), range(4)) for one in found]
    assert len(claimed) == 1
    assert claimed[0].attempt == 1


def test_message_of_a_dead_process_is_sent_after_the_lease_or_at_once_when_taken_over(office, stored, clock):
    office.desk.answer(*stored)
    (first,) = office.desk.claim_outgoing(BOT)
    assert office.desk.claim_outgoing(BOT) == []
    clock.now += LEASE
    (second,) = office.desk.claim_outgoing(BOT)
    office.desk.take_over_outgoing(BOT)
    (third,) = office.desk.claim_outgoing(BOT)
    assert [one.attempt for one in (first, second, third)] == [1, 2, 3]
    assert first.reply == third.reply


def test_message_that_could_not_be_sent_waits_until_its_moment(office, stored, clock):
    office.desk.answer(*stored)
    (one,) = office.desk.claim_outgoing(BOT)
    office.desk.mark_failed(one.id, error="flood", retry_at=clock() + timedelta(seconds=30))
    assert office.desk.claim_outgoing(BOT) == []
    clock.wait(30)
    assert len(office.desk.claim_outgoing(BOT)) == 1


def test_message_that_is_given_up_is_blanked(office, stored):
    office.desk.answer(*stored)
    (one,) = office.desk.claim_outgoing(BOT)
    office.desk.mark_failed(one.id, error="blocked", retry_at=None)
    (row,) = office.look(OutboxMessage)
    assert (row.state, row.content, row.error) == (OutboxState.FAILED, None, "blocked")
    assert office.desk.claim_outgoing(BOT) == []


def test_marking_sent_twice_changes_nothing(office, stored):
    office.desk.answer(*stored)
    (one,) = office.desk.claim_outgoing(BOT)
    office.desk.mark_sent(one.id, 41)
    office.desk.mark_sent(one.id, 42)
    office.desk.mark_failed(one.id, error="late", retry_at=office.clock())
    (row,) = office.look(OutboxMessage)
    assert (row.state, row.sent_message_id) == (OutboxState.SENT, 41)


def test_claims_are_by_chat_in_order_and_limited(office, rep):
    other = office.hire("Kim")
    for chat in (rep, other, rep, rep):
        incoming = chat.incoming("text", "/help")
        office.desk.answer(office.desk.store(BOT, incoming.update_id, {}, incoming.at), incoming)
    mine = office.desk.claim_outgoing(BOT, chat_id=rep.telegram_id, limit=2)
    assert [one.chat_id for one in mine] == [rep.telegram_id] * 2
    assert mine[0].id < mine[1].id
    assert len(office.desk.claim_outgoing(BOT)) == 2


def test_answer_to_a_press_replaces_the_message_pressed(office, rep):
    rep.say(NOTE)
    incoming = rep.incoming("press", rep.button("Why").data, message_id=99)
    office.desk.answer(office.desk.store(BOT, incoming.update_id, {}, incoming.at), incoming)
    (one,) = office.desk.claim_outgoing(BOT)
    assert one.replaces_message_id == 99
    assert one.reply.buttons


def test_same_note_at_once_from_two_people_is_answered_to_each(office):
    chats = [office.hire(name) for name in ("A", "B", "C", "D")]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda chat: chat.say(NOTE).plain, chats))
    assert len(set(answers)) == 1
    assert len(office.look(Note)) == 4

"""The brain that every channel asks: an update in, answers out, nothing lost and nothing done twice.

A channel (Telegram, the terminal) does four things with it: `store` what came in before anything else, `answer` it,
`claim_outgoing` what is to be sent, and `mark_sent` or `mark_failed`. All of it is plain and synchronous, to be called
from worker threads. Updates of one sender must be given to `answer` in their order.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from bot.answers import joining, routes
from bot.answers.turn import Defaults as Defaults
from bot.answers.turn import NotReadYet, ReadRequest, Turn, lines_of
from bot.commands import menu
from bot.database import DatabaseProblem, transaction
from bot.incoming import Incoming
from bot.reading_service import ReadingService
from bot.records import inbox, outbox
from bot.records.people import all_teams, find_person
from bot.reply import Reply
from bot.roles import Role
from bot.texts import say
from nlp.reading import Reading

MOST_READINGS = 8  # of one answer: a split note needs three

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to be sent now. Who claimed it marks it sent or failed within the lease."""

    id: int
    bot_id: int
    chat_id: int
    reply: Reply
    replaces_message_id: int | None  # edit this message instead of sending a new one
    attempt: int  # 1 the first time; more: an earlier attempt may have arrived without being marked


class Desk:
    """Answers people of all teams in one database."""

    def __init__(
        self,
        engine: Engine,
        reading: ReadingService,
        clock: Callable[[], datetime],
        defaults: Defaults = Defaults(),  # noqa: B008 (frozen)
    ) -> None:
        """`clock` returns now, aware and in UTC."""
        self.engine = engine
        self.reading = reading
        self.clock = clock
        self.defaults = defaults

    def warm_up(self) -> None:
        """Begin to compile the current playbooks of all teams, so that the first note waits less for it."""
        with transaction(self.engine) as session:
            for team in all_teams(session):
                if team.id is not None:
                    self.reading.edition_for(session, team.id)

    # what came in

    def store(self, bot_id: int, update_id: int, payload: dict[str, Any], at: datetime) -> int | None:
        """Keep a raw update before anything else happens; return its inbox id, None when it was already there.

        Raises DatabaseProblem: then the update is not stored and must be asked for again (don't move the offset).
        """
        with transaction(self.engine) as session:
            return inbox.store_update(session, bot_id, update_id, payload, at=at)

    def answer(self, inbox_id: int, incoming: Incoming) -> None:
        """Handle one stored update: one transaction holds the change of state, the answers and the handled mark.

        Never raises for what a person sent: after three failures they get an apologetic line and the update is parked.
        An update that was handled before changes nothing. Raises DatabaseProblem alone: the update stays unhandled.
        """
        for _ in range(inbox.MOST_ATTEMPTS):
            if self._succeeds(self._answer, inbox_id, incoming):
                return
            if not self._succeeds(self._count_failure, inbox_id, incoming):
                return  # it stays unhandled, for the next start

    def ignore(self, inbox_id: int) -> None:
        """Mark an update handled that holds nothing to answer (a kind of update that nobody asked for)."""
        with transaction(self.engine) as session:
            update = inbox.take_update(session, inbox_id)
            if update is not None:
                inbox.mark_handled(update, now=self.clock())

    def unhandled(self, bot_id: int) -> list[tuple[int, dict[str, Any]]]:
        """Return (inbox id, payload) of what a stopped process left, oldest first. Call it once, at the start.

        An update that was the oldest at twenty starts is parked: it must be what kills the process.
        """
        with transaction(self.engine) as session:
            waiting = inbox.waiting_updates(session, bot_id)
            if waiting:
                inbox.count_restart(waiting[0])
            return [
                (update.id or 0, json.loads(update.payload or "{}"))
                for update in waiting
                if update.state == inbox.InboxState.RECEIVED
            ]

    def last_update_id(self, bot_id: int) -> int:
        """Return the highest update id that this bot stored, 0 at first: what a terminal counts on from."""
        with transaction(self.engine) as session:
            return inbox.last_update_id(session, bot_id)

    # what goes out

    def take_over_outgoing(self, bot_id: int) -> None:
        """Free the messages that a dead process was sending. Only for a process that is alone with its bot."""
        with transaction(self.engine) as session:
            outbox.free_messages(session, bot_id)

    def claim_outgoing(self, bot_id: int, *, chat_id: int | None = None, limit: int = 20) -> list[Outgoing]:
        """Take what is to be sent now, oldest first; nobody else gets it for the lease (two minutes)."""
        with transaction(self.engine) as session:
            claimed = outbox.claim_messages(session, bot_id, chat_id=chat_id, limit=limit, now=self.clock())
            return [_outgoing(message) for message in claimed]

    def mark_sent(self, outbox_id: int, message_id: int | None) -> None:
        """The message arrived as `message_id`: its content is blanked. A second call changes nothing."""
        with transaction(self.engine) as session:
            outbox.mark_message_sent(session, outbox_id, message_id, now=self.clock())

    def mark_failed(self, outbox_id: int, *, error: str, retry_at: datetime | None) -> None:
        """Sending failed. `error` is a short word ("blocked", "flood", "network"); `retry_at` None gives it up."""
        with transaction(self.engine) as session:
            outbox.mark_message_failed(session, outbox_id, error=error, retry_at=retry_at)

    # for channels that show people and commands

    def menu(self, sender_id: int | None, language: str | None = None) -> list[tuple[str, str]]:
        """Return (command, description) of what this person may use; for None what everybody may, in `language`."""
        if sender_id is None:
            return menu(language or self.defaults.language)
        with transaction(self.engine) as session:
            person = find_person(session, sender_id)
        if person is None:
            return []
        return menu(language or person.language, Role(person.role))

    def _succeeds(self, act: Callable[[int, Incoming], None], inbox_id: int, incoming: Incoming) -> bool:
        """Do something for an update; nothing that a person sends may stop the bot, so what fails is only logged."""
        try:
            act(inbox_id, incoming)
        except DatabaseProblem:
            raise
        except Exception as error:
            log.error("inbox %d could not be answered", inbox_id, exc_info=error)
            return False
        return True

    def _answer(self, inbox_id: int, incoming: Incoming) -> None:
        """Answer in one transaction; what has to be read for it is read before, outside of any."""
        readings: dict[ReadRequest, Reading] = {}
        while True:
            try:
                with transaction(self.engine) as session:
                    self._answer_within(session, inbox_id, incoming, readings)
                return
            except NotReadYet as missing:
                if len(readings) >= MOST_READINGS:
                    raise RuntimeError("an answer asks for ever more readings") from None
                request = missing.request
                readings[request] = self.reading.read(
                    missing.edition, request.text, written_on=request.written_on, likely=request.likely
                )

    def _answer_within(
        self, session: Session, inbox_id: int, incoming: Incoming, readings: dict[ReadRequest, Reading]
    ) -> None:
        update = inbox.take_update(session, inbox_id)
        if update is None:
            return
        now = self.clock()
        reply = self._reply(session, incoming, readings, now)
        if reply is not None:
            self._put_out(session, incoming, reply, now)
        inbox.mark_handled(update, now=now)

    def _reply(
        self, session: Session, incoming: Incoming, readings: dict[ReadRequest, Reading], now: datetime
    ) -> Reply | None:
        person = find_person(session, incoming.sender_id, lock=True)
        if person is None:
            return joining.answer_stranger(session, incoming, now=now, defaults=self.defaults)
        return routes.answer(Turn(session, person, incoming, now, self.defaults, readings, self.reading))

    def _count_failure(self, inbox_id: int, incoming: Incoming) -> None:
        """Count a failed attempt; after the last one apologise and park the update."""
        with transaction(self.engine) as session:
            update = inbox.take_update(session, inbox_id)
            if update is None:
                return
            inbox.count_attempt(update)
            person = find_person(session, incoming.sender_id)
            if update.state == inbox.InboxState.FAILED and person is not None:
                reply = Reply(lines_of(say(person.language, "sorry", number=inbox_id)))
                self._put_out(session, incoming, reply, self.clock())

    def _put_out(self, session: Session, incoming: Incoming, reply: Reply, now: datetime) -> None:
        outbox.put_out(
            session,
            reply,
            bot_id=incoming.bot_id,
            chat_id=incoming.chat_id,
            replaces_message_id=incoming.message_id if reply.replaces else None,
            now=now,
        )


def _outgoing(message: outbox.OutboxMessage) -> Outgoing:
    return Outgoing(
        id=message.id or 0,
        bot_id=message.bot_id,
        chat_id=message.chat_id,
        reply=outbox.reply_of(message),
        replaces_message_id=message.replaces_message_id,
        attempt=message.attempts,
    )

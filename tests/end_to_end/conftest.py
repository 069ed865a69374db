"""A Bot API server that this project did not write, and a real `callcue run` process that talks to it."""

from __future__ import annotations

import asyncio
import html
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from lo_bot_api_emulator import ApiRefusal, LoBotApiEmulator
from lo_bot_api_emulator.updates import KINDS
from teremok.validation import validate_html

from bot.database import open_engine, transaction
from bot.first_start import open_database
from bot.records.people import add_person, create_invite
from bot.roles import Role
from bot.settings import Settings
from playbooks.default_playbook import default_files
from playbooks.versions import current_version, publish

TOKEN = "123456789:AAend-to-end-tests-only_0123456789ab"
BOT_NAME = "callcue_test_bot"
ROBIN = 7_000_000_000  # Telegram's number of a rep
PATIENCE = 20.0  # seconds for what normally takes a moment; a busy machine is slow
KINDS.add("edited_message")


@dataclass(frozen=True)
class Call:
    """One request that the server has answered."""

    method: str
    fields: dict[str, Any]
    status: int
    result: Any

    @property
    def chat_id(self) -> int:
        return int(self.fields["chat_id"])

    @property
    def text(self) -> str:
        """What the person sees: no markup."""
        return html.unescape(re.sub(r"</?b>", "", self.fields["text"]))

    @property
    def buttons(self) -> dict[str, str]:
        """Label -> callback data."""
        rows = json.loads(self.fields.get("reply_markup") or '{"inline_keyboard": []}')["inline_keyboard"]
        return {button["text"]: button["callback_data"] for row in rows for button in row}

    @property
    def message_id(self) -> int:
        return int(self.result["message_id"])


class TelegramServer(LoBotApiEmulator):
    """The emulator with what it lacks: a user name, a log of requests, and ways to be slow or to refuse."""

    def __init__(self) -> None:
        super().__init__(max_history=1)
        self.calls: list[Call] = []
        self.arrived: list[str] = []  # methods, also of requests that are not answered yet
        self._changed = threading.Condition()
        self._gates: dict[str, asyncio.Event] = {}  # by method: not done until it opens
        self._late_gates: dict[str, asyncio.Event] = {}  # by method: done, and not answered until it opens
        self._refusals: list[tuple[str, int | None, ApiRefusal]] = []
        self._asked: dict[str, Any] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.url = self._in_loop(self._serve())

    # what the tests do

    def deliver(self, **update: Any) -> int:
        return int(self._in_loop(self.enqueue_update(update, token=TOKEN)))

    def hold(self, method: str, *, when_done: bool = False) -> None:
        """Leave requests of a method unanswered: before anything is done, or when all is done but the answer."""
        (self._late_gates if when_done else self._gates)[method] = asyncio.Event()

    def release(self, method: str) -> None:
        for gates in (self._gates, self._late_gates):
            if gate := gates.pop(method, None):
                self._loop.call_soon_threadsafe(gate.set)

    def refuse(
        self, method: str, status: int, description: str, *, chat_id: int | None = None, **parameters: Any
    ) -> None:
        """Refuse the next request of a method, to one chat or to any."""
        self._refusals.append((method, chat_id, ApiRefusal(description, status, parameters or None)))

    def wait_until(self, holds: Callable[[], Any], what: str, *, seconds: float = PATIENCE) -> Any:
        """Return what `holds` gives as soon as it is true; it is asked again at every request, and now and then."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while time.monotonic() < deadline:
                if found := holds():
                    return found
                self._changed.wait(timeout=0.05)
        raise AssertionError(f"waited {seconds} s in vain: {what}")

    def sent_to(self, chat_id: int) -> list[Call]:
        """Return what a chat was shown, new messages and edited ones, in their order."""
        shown = ("sendMessage", "editMessageText")
        return [c for c in list(self.calls) if c.method in shown and c.status == 200 and c.chat_id == chat_id]

    def count(self, method: str) -> int:
        return sum(call.method == method for call in list(self.calls))

    def close(self) -> None:
        self._in_loop(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    # what the emulator calls

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        self._asked = dict(fields)  # read again by `handle`, before anything else can run
        for refusal in list(self._refusals):
            name, chat_id, error = refusal
            if name == method and chat_id in (None, int(fields.get("chat_id", 0))):
                self._refusals.remove(refusal)
                raise error
        known = {name: value for name, value in fields.items() if name != "link_preview_options"}
        if known.get("parse_mode") == "HTML":
            validate_html(known["text"])
        result = super().validate(method, known, uploads)
        if method == "getMe":
            result["username"] = BOT_NAME
        return result

    async def handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self._note(lambda: self.arrived.append(method))
        if gate := self._gates.get(method):
            await gate.wait()
            if request.transport is None or request.transport.is_closing():
                raise web.HTTPBadGateway  # who asked is dead: it never arrived
        response = await super().handle(request)
        body = json.loads(response.body)
        fields = self._asked if method != "getUpdates" else {}
        call = Call(method, fields, response.status, body.get("result"))
        self._note(lambda: self.calls.append(call))
        if gate := self._late_gates.get(method):
            await gate.wait()
        return response

    def _note(self, change: Callable[[], None]) -> None:
        with self._changed:
            change()
            self._changed.notify_all()

    async def _serve(self) -> str:
        self._runner = web.AppRunner(self.app(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    def _in_loop(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout=PATIENCE)


@dataclass
class TelegramUser:
    """Somebody with Telegram on their phone."""

    server: TelegramServer
    id: int
    name: str = "Robin"
    language: str = "en"
    message_ids: Iterator[int] = field(default_factory=lambda: iter(range(1_000_000, 2_000_000)))

    def writes(self, text: str, **more: Any) -> int:
        return self.sends(text=text, **more)

    def sends(self, **content: Any) -> int:
        message = {"message_id": next(self.message_ids), "date": int(time.time()), **self._chat(), **content}
        return self.server.deliver(message=message)

    def presses(self, label: str) -> int:
        """Press the button with this label under the newest message that has it."""
        message = next(call for call in reversed(self.shown) if label in call.buttons)
        shown = {"message_id": message.message_id, "date": int(time.time()), "chat": self._chat()["chat"]}
        press = {
            "id": f"press-{next(self.message_ids)}",
            "from": self._chat()["from"],
            "chat_instance": "1",
            "message": shown,
            "data": message.buttons[label],
        }
        return self.server.deliver(callback_query=press)

    @property
    def shown(self) -> list[Call]:
        return self.server.sent_to(self.id)

    def sees(self, count: int) -> Call:
        """Wait until the chat has shown so many messages in all; return the last of them."""
        shown = self.server.wait_until(lambda: len(self.shown) >= count and self.shown, f"{count} messages")
        return shown[count - 1]

    def asks(self, text: str) -> Call:
        """Write a message and return what comes back."""
        before = len(self.shown)
        self.writes(text)
        return self.sees(before + 1)

    def _chat(self) -> dict[str, Any]:
        sender = {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}
        return {"from": sender, "chat": {"id": self.id, "type": "private", "first_name": self.name}}


@dataclass
class Installation:
    """A data folder, and the `callcue` commands that work on it."""

    folder: Path
    server: TelegramServer
    settings: dict[str, str] = field(default_factory=dict)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    user_ids: Iterator[int] = field(default_factory=lambda: iter(range(7_000_000_001, 7_000_001_000)))

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CALLCUE_")}
        return kept | {
            "CALLCUE_DATA_DIR": str(self.folder),
            "CALLCUE_TELEGRAM_TOKEN": TOKEN,
            "CALLCUE_TELEGRAM_API_URL": self.server.url,
            "CALLCUE_LANGUAGE": "en",
            **self.settings,
        }

    def call(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            env=self.environment,
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def start_bot(self) -> subprocess.Popen[bytes]:
        """Start `callcue run` and wait until it asks for updates."""
        before = self.server.arrived.count("getUpdates")
        with (self.folder / "stderr.txt").open("ab") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        self.processes.append(process)
        self.server.wait_until(
            lambda: self.server.arrived.count("getUpdates") > before or process.poll() is not None, "the bot to start"
        )
        assert process.poll() is None, self.said_on_stderr()
        return process

    def kill_bot(self) -> None:
        process = self.processes.pop()
        process.kill()
        process.communicate()

    def stop_bot(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Stop the bot; return its exit code and the seconds that it took."""
        process = self.processes.pop()
        asked = time.monotonic()
        process.send_signal(number)
        process.communicate(timeout=PATIENCE)
        return process.returncode, time.monotonic() - asked

    def user(self, language: str = "en") -> TelegramUser:
        """Return somebody whom the bot has not met."""
        return TelegramUser(self.server, next(self.user_ids), language=language)

    def robin(self) -> TelegramUser:
        """Return the rep whom a prepared database knows."""
        return TelegramUser(self.server, ROBIN)

    def invite_quickly(self) -> str:
        """Return a code that lets a rep in, without starting a process for it."""
        engine = open_engine(f"sqlite:///{self.folder / 'callcue.db'}")
        with transaction(engine) as session:
            code, _ = create_invite(session, 1, role=Role.REP, now=datetime.now(UTC))
        engine.dispose()
        return code

    def said_on_stderr(self) -> str:
        return (self.folder / "stderr.txt").read_text(encoding="utf-8")

    def rows(self, query: str) -> Sequence[tuple[Any, ...]]:
        """Look into the database, as it is on the disk."""
        with closing(sqlite3.connect(self.folder / "callcue.db")) as connection:
            return connection.execute(query).fetchall()

    def clean_up(self) -> None:
        for process in self.processes:
            process.kill()
            process.communicate()


@contextmanager
def installed(folder: Path) -> Iterator[Installation]:
    server = TelegramServer()
    installation = Installation(folder, server)
    try:
        yield installation
    finally:
        installation.clean_up()
        server.close()


@pytest.fixture(scope="session")
def prepared_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one rep in it, whose team knows no cues: what starts a dozen times in tests starts quickly."""
    folder = tmp_path_factory.mktemp("prepared")
    now = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
    engine = open_database(Settings(_env_file=None, data_dir=folder), now=now)
    with transaction(engine) as session:
        cues = [path for path in default_files() if path.startswith("cues/")]
        publish(session, 1, {}, author_id=None, base_id=current_version(session, 1).id, removed=cues, now=now)
        add_person(session, 1, "Robin", role=Role.REP, language="en", zone="UTC", telegram_id=ROBIN, now=now)
    engine.dispose()
    return folder / "callcue.db"


@pytest.fixture
def installation(tmp_path: Path, prepared_database: Path) -> Iterator[Installation]:
    """An installation that has been used before, for one test; its bot is not running yet."""
    shutil.copy(prepared_database, tmp_path)
    with installed(tmp_path) as used:
        yield used


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Installation]:
    """An installation on which nothing has been started yet."""
    with installed(tmp_path) as unused:
        yield unused


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation whose bot runs for all tests of a module; every test brings people of its own."""
    with installed(tmp_path_factory.mktemp("running")) as shared:
        shared.start_bot()
        yield shared

"""What people wrote reaches no log and no error message, whatever goes wrong on the way."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import text as sql

from bot import desk as desk_module
from bot.answers import briefing, noting, placing
from bot.database import transaction
from bot.logs import set_up_logging
from bot.records import inbox, outbox

MARKER = "Xylophone-Marzipan"
NOTE = f"Met Karin Bos ({MARKER}). no coffee {MARKER}. Call back Thursday."


@pytest.fixture
def log_file(tmp_path):
    """Everything is logged into a file, at every level."""
    root = logging.getLogger()
    before, level, noisy = root.handlers[:], root.level, ("sqlalchemy", "asyncio", "httpx", "telegram")
    levels = {name: logging.getLogger(name).level for name in noisy}
    file = tmp_path / "callcue.log"
    set_up_logging(level="DEBUG", file=file, secrets=frozenset({"123:SECRET"}), on_screen=None)
    yield file
    for handler in root.handlers[:]:
        handler.close()
        root.removeHandler(handler)
    for handler in before:
        root.addHandler(handler)
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)


def breaking(function):
    """Make a function fail with the note in its message, after it has done its work."""

    def broken(*args, **kwargs):
        function(*args, **kwargs)
        raise ValueError(f"cannot handle {NOTE}") from KeyError(NOTE)

    return broken


PLACES = [
    (noting, "clean"),
    (noting, "keep_reading"),
    (noting, "settle"),
    (placing, "matching"),
    (briefing, "advise"),
    (outbox, "put_out"),
    (inbox, "mark_handled"),
    (desk_module, "find_person"),
]


@pytest.mark.parametrize(("module", "name"), PLACES, ids=[name for _, name in PLACES])
def test_failing_anywhere_tells_nothing_of_the_note(office, rep, log_file, monkeypatch, module, name):
    with monkeypatch.context() as patched:
        patched.setattr(module, name, breaking(getattr(module, name)))
        shown = rep.send("text", NOTE)
    logged = log_file.read_text(encoding="utf-8")
    assert "ValueError" in logged
    assert MARKER not in logged
    assert all(MARKER not in reply.plain for reply in shown)


def test_failing_statement_tells_nothing_of_its_values(office, rep, log_file):
    with transaction(office.engine) as session:
        session.execute(sql("ALTER TABLE note RENAME COLUMN text TO gone"))
    (shown,) = rep.send("text", NOTE)
    assert shown.plain.startswith("Sorry")
    logged = log_file.read_text(encoding="utf-8")
    assert "OperationalError" in logged or "ProgrammingError" in logged
    assert MARKER not in logged


def test_ordinary_day_logs_no_note(rep, log_file, clock):
    rep.say(NOTE)
    rep.press("Why")
    clock.wait(10)
    rep.say(f"{MARKER} again")
    log = logging.getLogger("bot")
    log.info("the end")
    logged = log_file.read_text(encoding="utf-8")
    assert "the end" in logged
    assert MARKER not in logged

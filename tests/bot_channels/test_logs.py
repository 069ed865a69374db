from __future__ import annotations

import io
import logging

import pytest

from bot.logs import log_crash, set_up_logging

MARKER = "Zyxwvut said it is too dear"
TOKEN = "123456789:secret"


@pytest.fixture
def written():
    """What is logged in a test, whoever logs it."""
    stream, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    set_up_logging(level="DEBUG", file=None, secrets=frozenset({TOKEN}), on_screen=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def test_our_own_records_are_written_with_their_values(written):
    logging.getLogger("bot.desk").warning("inbox %d", 7)
    assert "WARNING bot.desk: inbox 7" in written.getvalue()


@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO, logging.WARNING, logging.CRITICAL])
@pytest.mark.parametrize("library", ["telegram.ext.Application", "telegram.Bot", "httpx", "sqlalchemy.engine", "x.y"])
def test_a_librarys_records_are_written_without_values(written, library, level):
    logging.getLogger(library).log(level, "Error while handling update %s of %s", MARKER, TOKEN)
    assert "Zyxwvut" not in written.getvalue()
    assert TOKEN not in written.getvalue()


def test_the_token_is_never_written(written):
    logging.getLogger("bot").error("asked https://api.telegram.org/bot%s/getMe", TOKEN)
    assert TOKEN not in written.getvalue()
    assert "/bot<secret>/getMe" in written.getvalue()


def failed() -> Exception:
    """Return an error with another one behind it, both quoting a note."""
    try:
        try:
            raise ValueError(MARKER)
        except ValueError as first:
            raise KeyError(MARKER) from first
    except KeyError as error:
        return error


def test_a_traceback_names_places_and_kinds_but_not_what_an_error_says(written):
    assert log_crash(failed()) is None
    assert "test_logs.py" in written.getvalue()
    assert "ValueError" in written.getvalue()
    assert "KeyError" in written.getvalue()
    assert "Zyxwvut" not in written.getvalue()


def test_a_crash_says_in_which_file_it_is_written(written, tmp_path):
    set_up_logging(level="INFO", file=tmp_path / "data" / "callcue.log", secrets=frozenset(), on_screen=None)
    file = log_crash(OSError(28, "No space left on device"))
    logging.getLogger().handlers[0].close()
    assert file == str(tmp_path / "data" / "callcue.log")
    assert "No space left on device" in (tmp_path / "data" / "callcue.log").read_text()
    assert (tmp_path / "data" / "callcue.log").stat().st_mode & 0o777 == 0o600


def test_a_log_file_that_cannot_be_written_stops_nothing(written, tmp_path, capsys):
    (tmp_path / "file").write_text("no folder")
    set_up_logging(level="INFO", file=tmp_path / "file" / "callcue.log", secrets=frozenset(), on_screen=None)
    logging.getLogger("bot").error("lost")
    assert "Nothing is logged" in capsys.readouterr().err

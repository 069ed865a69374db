"""Logging that may be shown to anybody: ids and kinds of errors, never what people wrote and never the token."""

from __future__ import annotations

import logging
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

OWN = frozenset({"bot", "nlp", "playbooks", "__main__"})
FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"
LARGEST_FILE = 1_000_000  # bytes; then it is renamed and a new one begun
FILES_KEPT = 2

ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    """Writes the values of our own messages only, tracebacks without messages of errors, and hides secrets."""

    def __init__(self, secrets: frozenset[str] = frozenset()) -> None:
        super().__init__(FORM)
        self.secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as text. Of a library's record only the fixed part: its values may be people's words."""
        if record.name.partition(".")[0] not in OWN:
            record = _without_values(record)
        text = super().format(record)
        for secret in self.secrets:
            text = text.replace(secret, "<secret>")
        return text

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802 (the name that logging calls)
        """Return where an error was raised and its kind, and what led to it; its message may quote a note."""
        parts: list[str] = []
        error = ei[1]
        while error is not None:
            frames = "".join(traceback.format_tb(error.__traceback__))
            parts.append(f"Traceback (most recent call last):\n{frames}{kind_of(error)}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\nWhich came of:\n\n".join(parts)


def kind_of(error: BaseException) -> str:
    """Return the name of an error's class, with the system's own words for an error of the system."""
    name = type(error).__qualname__
    return f"{name}: {error.strerror}" if isinstance(error, OSError) and error.strerror else name


def set_up_logging(*, level: str, file: Path | None, secrets: frozenset[str], on_screen: TextIO | None) -> None:
    """Send log records to a file of bounded size, and to a stream where one is given.

    Without a file that can be written the rest goes on, since a full disk must not stop an answer.
    """
    logging.raiseExceptions = False  # a log that cannot be written is no reason to print a traceback
    handlers: list[logging.Handler] = []
    if on_screen is not None:
        handlers.append(logging.StreamHandler(on_screen))
    if file is not None and (handler := _file_handler(file)):
        handlers.append(handler)
    formatter = DiscreetFormatter(secrets)
    for handler in handlers:
        handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=handlers or [logging.NullHandler()], force=True)
    for library in ("httpx", "httpcore", "telegram", "sqlalchemy", "alembic", "asyncio"):
        logging.getLogger(library).setLevel(logging.WARNING)


def log_crash(error: BaseException) -> str | None:
    """Write an error that nobody expected to the log; return the path of the log file, None when there is none."""
    logging.getLogger(__name__).critical("stopped by an error in the program", exc_info=error)
    files = [h.baseFilename for h in logging.getLogger().handlers if isinstance(h, RotatingFileHandler)]
    return files[0] if files else None


def _file_handler(file: Path) -> logging.Handler | None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = RotatingFileHandler(file, maxBytes=LARGEST_FILE, backupCount=FILES_KEPT, encoding="utf-8")
        file.chmod(0o600)
    except OSError as error:
        sys.stderr.write(f"Nothing is logged: {file} cannot be written ({error.strerror}).\n")
        return None
    return handler


def _without_values(record: logging.LogRecord) -> logging.LogRecord:
    bare = logging.makeLogRecord(record.__dict__)
    bare.args = None
    bare.msg = str(record.msg)
    return bare

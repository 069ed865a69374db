"""Somebody sits at the terminal and types: the bot is a process of its own, with a terminal of its own."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import subprocess
import sys
import time

import pytest

PATIENCE = 20.0  # seconds
CTRL_C, CTRL_D = b"\x03", b"\x04"


class Keyboard:
    """A terminal on which `callcue chat` runs."""

    def __init__(self, installation):
        self._mine, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "chat"],
            env=installation.environment | {"TERM": "dumb"},
            cwd=installation.folder,
            pass_fds=[theirs],
            preexec_fn=lambda: os.login_tty(theirs),
        )
        os.close(theirs)
        self.seen = ""
        self._waited_for = 0  # characters of what was seen

    def types(self, keys: bytes) -> None:
        os.write(self._mine, keys)

    def waits_for(self, text: str) -> None:
        """Wait until a text appears, after the one that was waited for before."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.seen[self._waited_for :]:
            assert time.monotonic() < deadline, f"{text!r} did not come: {self.seen}"
            if select.select([self._mine], [], [], 0.1)[0]:
                self.seen += os.read(self._mine, 4096).decode()
        self._waited_for = self.seen.index(text, self._waited_for) + len(text)

    def interrupts(self) -> int:
        """Press Ctrl-C until the program ends, as people do; return its exit code."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.types(CTRL_C)
            with contextlib.suppress(subprocess.TimeoutExpired):
                return self.process.wait(timeout=0.2)
        raise AssertionError(f"it did not end: {self.seen}")

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._mine)


@pytest.fixture
def keyboard(installation):
    """The bot, waiting for the first line."""
    keyboard = Keyboard(installation)
    keyboard.waits_for("> ")
    yield keyboard
    keyboard.close()


def test_a_note_is_answered_and_control_d_ends(keyboard):
    assert ":help shows more" in keyboard.seen
    keyboard.types(b"Met Karin Bos (Bos Logistics), straight to it. Call back Thursday.\n")
    keyboard.waits_for("[1] ")
    keyboard.waits_for("> ")
    assert "Bos Logistics ·" in keyboard.seen
    keyboard.types(b":1\n")
    keyboard.waits_for("Questions for Karin Bos")
    keyboard.waits_for("> ")
    keyboard.types(CTRL_D)
    assert keyboard.process.wait(timeout=PATIENCE) == 0
    assert "Traceback" not in keyboard.seen


def test_control_c_ends_without_a_word_about_the_program(keyboard):
    keyboard.types(b"half a li")
    keyboard.waits_for("half a li")
    assert keyboard.interrupts() == 0
    assert "Traceback" not in keyboard.seen

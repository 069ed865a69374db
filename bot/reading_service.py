"""Reads notes on one dedicated thread, with the cues of the team's playbook."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Protocol

from sqlmodel import Session

from nlp.reading import Reading
from playbooks.playbook import Playbook
from playbooks.versions import current_version, load_version

MOST_EDITIONS = 32  # parsed playbooks kept in memory; old ones are needed when an old button is pressed


class CanRead(Protocol):
    """What reads a note: nlp.reader.Reader."""

    def read(self, text: str, *, written_on: date, language: str | None = None, likely: str = "en") -> Reading:
        """Read one note; see `nlp.reader.Reader.read`."""
        ...

    def complete(self) -> None:
        """Compile what no note has needed yet; see `nlp.reader.Reader.complete`."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """One version of a playbook, ready to give advice."""

    version_id: int
    playbook: Playbook

    @property
    def cues_key(self) -> str:
        """Changes when, and only when, notes would be read otherwise."""
        style = self.playbook.about.style
        return f"{self.playbook.cue_bank().digest}:{style.confidence}:{style.margin}"


def compile_reader(playbook: Playbook) -> CanRead:
    """Return a reader with a playbook's cues, which compiles them as notes need them."""
    # These are slow to import, and only this needs them.
    from nlp import encoder

    encoder.load_beside()
    from nlp.reader import Reader

    style = playbook.about.style
    return Reader(playbook.cue_bank(), confidence=style.confidence, margin=style.margin)


class ReadingService:
    """One per process. Pipelines may not be shared by threads, so one thread reads and another one compiles."""

    def __init__(self, compile_playbook: Callable[[Playbook], CanRead] = compile_reader) -> None:
        self._compile = compile_playbook
        self._reading = ThreadPoolExecutor(1, thread_name_prefix="reading")
        self._compiling = ThreadPoolExecutor(1, thread_name_prefix="compiling")
        self._lock = Lock()
        self._readers: dict[str, Future[CanRead]] = {}  # by the key of their cues
        self._editions: dict[int, Edition] = {}  # by version id, the one used last at the end
        self._answering: dict[int, Edition] = {}  # by team: what its notes are answered from
        self._incomplete: set[str] = set()  # keys of readers that compile the rest when their first note is read

    def edition_for(self, session: Session, team_id: int) -> Edition:
        """Return what a team's notes are answered from: the current version, or the one before while it compiles."""
        version_id = current_version(session, team_id).id
        assert version_id is not None  # noqa: S101 (it comes from the database)
        newest = self.edition_of(session, version_id)
        is_ready = _is_ready(self._reader(newest))
        with self._lock:
            before = self._answering.get(team_id)
            if before is None or is_ready:
                self._answering[team_id] = newest
                self._forget_unused_readers()
            return self._answering[team_id]

    def edition_of(self, session: Session, version_id: int) -> Edition:
        """Return one version, current or not."""
        with self._lock:
            edition = self._editions.pop(version_id, None)
        edition = edition or Edition(version_id, load_version(session, version_id))
        with self._lock:
            self._editions[version_id] = edition
            while len(self._editions) > MOST_EDITIONS:
                self._editions.pop(next(iter(self._editions)))
        return edition

    def read(self, edition: Edition, text: str, *, written_on: date, likely: str) -> Reading:
        """Read a note; waits for the reading thread. Never call it inside a transaction."""
        reader = self._reader(edition).result()
        reading = self._reading.submit(reader.read, text, written_on=written_on, likely=likely).result()
        self._complete(edition.cues_key, reader)
        return reading

    def close(self) -> None:
        """Stop both threads; what is being read is finished first."""
        self._compiling.shutdown(wait=False, cancel_futures=True)
        self._reading.shutdown(wait=True, cancel_futures=True)

    def _reader(self, edition: Edition) -> Future[CanRead]:
        with self._lock:
            reader = self._readers.get(edition.cues_key)
            if reader is None or (reader.done() and not _is_ready(reader)):
                # At a start somebody may be waiting: only what the first note needs is compiled before it is answered.
                is_first = not self._answering
                compile_it = self._compile if is_first else self._compile_whole
                reader = self._compiling.submit(compile_it, edition.playbook)
                self._readers[edition.cues_key] = reader
                if is_first:
                    self._incomplete.add(edition.cues_key)
            return reader

    def _compile_whole(self, playbook: Playbook) -> CanRead:
        reader = self._compile(playbook)
        reader.complete()
        return reader

    def _complete(self, key: str, reader: CanRead) -> None:
        """Compile what the first note did not need, now that it is read."""
        with self._lock:
            if key in self._incomplete:
                self._incomplete.remove(key)
                self._compiling.submit(reader.complete)

    def _forget_unused_readers(self) -> None:
        used = {edition.cues_key for edition in self._answering.values()}
        for key in [key for key, reader in self._readers.items() if key not in used and reader.done()]:
            del self._readers[key]


def _is_ready(reader: Future[CanRead]) -> bool:
    return reader.done() and not reader.cancelled() and reader.exception() is None

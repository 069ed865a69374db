"""Readings come from one thread, and from the old playbook while the new one is compiled."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest

from bot.database import transaction
from bot.reading_service import ReadingService
from bot.records.people import add_team
from nlp.reading import Reading, StyleGuess
from playbooks.playbook import Playbook
from playbooks.schema import CueCard
from playbooks.tables import PlaybookVersion, TeamPlaybook

NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
DAY = date(2026, 3, 9)


class Named:
    """A reader that tells which cues it was made from, and which thread reads."""

    def __init__(self, name: str) -> None:
        self.name = name

    def read(self, text, *, written_on, language=None, likely="en"):
        return Reading(f"{self.name}:{threading.current_thread().name}", True, StyleGuess("unclear", None, {}, 0, 0))

    def complete(self):
        pass


@pytest.fixture
def publish(sqlite_engine, playbook_json):
    """Publish a version with one cue more than the one before; return the session's engine and the team."""
    numbers = iter(range(1, 100))

    def publish_next(*, cue=True):
        number = next(numbers)
        playbook = Playbook.from_json(playbook_json)
        if cue:
            card = CueCard(id="a-cue", need="price", phrases=["x" * number], matches=["x"], misses=["y"])
            playbook = playbook.model_copy(update={"cues": {"en": [card]}})
        with transaction(sqlite_engine) as session:
            current = session.get(TeamPlaybook, 1)
            version = PlaybookVersion(
                team_id=1, number=number, schema_number=1, created_at=NOW, content=playbook.to_json()
            )
            session.add(version)
            session.flush()
            if current is None:
                session.add(TeamPlaybook(team_id=1, version_id=version.id))
            else:
                current.version_id = version.id
        return version.id

    return publish_next


def edition_in(engine, service):
    with transaction(engine) as session:
        return service.edition_for(session, 1)


@pytest.fixture
def team_only(sqlite_engine):
    with transaction(sqlite_engine) as session:
        add_team(session, "North", now=NOW)


@pytest.mark.usefixtures("team_only")
def test_old_playbook_answers_until_the_new_one_is_compiled(sqlite_engine, publish):
    may_compile = threading.Event()
    compiled = threading.Event()

    def compile_slowly(playbook):
        name = playbook.cues["en"][0].phrases[0]
        if name != "x":
            may_compile.wait(10)
            compiled.set()
        return Named(name)

    service = ReadingService(compile_slowly)
    first = publish()
    edition = edition_in(sqlite_engine, service)
    assert service.read(edition, "note", written_on=DAY, likely="en").language.startswith("x:reading")
    second = publish()
    edition = edition_in(sqlite_engine, service)
    assert edition.version_id == first
    assert service.read(edition, "note", written_on=DAY, likely="en").language.startswith("x:")
    may_compile.set()
    compiled.wait(10)
    service.read(edition_in(sqlite_engine, service), "note", written_on=DAY, likely="en")
    while edition_in(sqlite_engine, service).version_id != second:
        pass
    edition = edition_in(sqlite_engine, service)
    assert service.read(edition, "note", written_on=DAY, likely="en").language.startswith("xx:")
    service.close()


@pytest.mark.usefixtures("team_only")
def test_change_of_wording_alone_compiles_nothing(sqlite_engine, publish):
    made = []
    service = ReadingService(lambda playbook: made.append(1) or Named("any"))
    publish(cue=False)
    service.read(edition_in(sqlite_engine, service), "note", written_on=DAY, likely="en")
    second = publish(cue=False)
    assert edition_in(sqlite_engine, service).version_id == second
    assert made == [1]
    service.close()


@pytest.mark.usefixtures("team_only")
def test_playbook_that_cannot_be_compiled_leaves_the_old_one_answering(sqlite_engine, publish):
    def compile_once(playbook):
        if playbook.cues["en"][0].phrases[0] != "x":
            raise ValueError("cannot")
        return Named("x")

    service = ReadingService(compile_once)
    first = publish()
    service.read(edition_in(sqlite_engine, service), "note", written_on=DAY, likely="en")
    publish()
    for _ in range(3):
        assert edition_in(sqlite_engine, service).version_id == first
    service.close()


@pytest.mark.usefixtures("team_only")
def test_all_readings_happen_on_one_thread(sqlite_engine, publish):
    service = ReadingService(lambda playbook: Named("x"))
    publish()
    edition = edition_in(sqlite_engine, service)
    seen = set()

    def read():
        seen.add(service.read(edition, "note", written_on=DAY, likely="en").language)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 1
    service.close()


@pytest.mark.usefixtures("team_only")
def test_first_note_is_answered_before_the_other_languages_are_compiled(sqlite_engine, publish):
    read, completed = threading.Event(), threading.Event()
    before = []

    class Slow(Named):
        def read(self, text, **options):
            before.append(completed.is_set())
            read.set()
            return super().read(text, **options)

        def complete(self):
            assert read.wait(10)
            completed.set()

    service = ReadingService(lambda playbook: Slow("x"))
    publish()
    service.read(edition_in(sqlite_engine, service), "note", written_on=DAY, likely="en")
    assert before == [False]
    assert completed.wait(10)
    service.close()


@pytest.mark.usefixtures("team_only")
def test_later_playbook_answers_only_when_all_languages_are_compiled(sqlite_engine, publish):
    may_complete, completed = threading.Event(), []

    class Slow(Named):
        def complete(self):
            assert may_complete.wait(10)
            completed.append(self.name)

    service = ReadingService(lambda playbook: Slow(playbook.cues["en"][0].phrases[0]))
    may_complete.set()
    first = publish()
    service.read(edition_in(sqlite_engine, service), "note", written_on=DAY, likely="en")
    while not completed:
        pass
    may_complete.clear()
    second = publish()
    assert edition_in(sqlite_engine, service).version_id == first
    may_complete.set()
    while edition_in(sqlite_engine, service).version_id != second:
        pass
    assert completed == ["x", "xx"]
    service.close()

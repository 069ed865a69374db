"""The database: migrations, transactions, and what to do when it cannot be used."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import connect

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from bot.database import (
    DatabaseDamaged,
    DatabaseFull,
    DatabaseLocked,
    DatabaseNewer,
    DatabaseProblem,
    DatabaseReadOnly,
    DatabaseUnreachable,
    migrate,
    open_engine,
    transaction,
)
from bot.records.people import Person, Team, add_team
from bot.records.tables import all_tables

NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def run(engine: Engine, act: Callable[[Session], object]) -> None:
    """Do something in a transaction of its own."""
    with transaction(engine) as session:
        act(session)


def test_migrated_database_has_exactly_the_tables_of_the_program(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, all_tables()) == []


def test_migrating_again_changes_nothing_and_keeps_data(engine: Engine) -> None:
    with transaction(engine) as session:
        add_team(session, "North", now=NOW)
    migrate(engine)
    with transaction(engine) as session:
        assert [team.name for team in session.exec(select(Team))] == ["North"]


def test_left_over_of_a_broken_migration_is_dropped(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE _alembic_tmp_note (id INTEGER)"))
    migrate(engine)
    assert "_alembic_tmp_note" not in inspect(engine).get_table_names()


def test_foreign_keys_are_enforced_also_after_a_migration(engine: Engine) -> None:
    migrate(engine)
    with pytest.raises(IntegrityError), transaction(engine) as session:
        session.add(Person(team_id=99, name="x", role="rep", language="en", zone="UTC", joined_at=NOW))


def test_what_fails_in_a_transaction_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        run(engine, lambda session: (add_team(session, "North", now=NOW), 1 / 0))
    with transaction(engine) as session:
        assert session.exec(select(Team)).all() == []


def test_times_come_back_aware_and_in_utc(engine: Engine) -> None:
    with transaction(engine) as session:
        add_team(session, "North", now=NOW)
    with transaction(engine) as session:
        created_at = session.exec(select(Team)).one().created_at
    assert created_at == NOW
    assert created_at.utcoffset() == NOW.utcoffset()


def test_values_are_not_in_error_messages(engine: Engine) -> None:
    orphan = Person(team_id=99, name="a customer's secret", role="rep", language="en", zone="UTC", joined_at=NOW)
    with pytest.raises(IntegrityError) as caught:
        run(engine, lambda session: session.add(orphan))
    assert "secret" not in str(caught.value)


def test_telegram_ids_beyond_32_bits_fit(engine: Engine) -> None:
    with transaction(engine) as session:
        team = add_team(session, "North", now=NOW)
        person = Person(
            team_id=team.id or 0,
            telegram_id=2**52,
            name="x",
            role="rep",
            language="en",
            zone="UTC",
            joined_at=NOW,
        )
        session.add(person)
    with transaction(engine) as session:
        assert session.exec(select(Person.telegram_id)).one() == 2**52


def test_database_of_a_newer_version_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseNewer, match="newer version of Callcue"):
        migrate(engine)


def test_new_file_and_its_folder_are_for_the_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "data" / "callcue.db"
    migrate(open_engine(f"sqlite:///{file}"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_locked_file_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.database.BUSY_SECONDS", 0.05)
    file = tmp_path / "callcue.db"
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    with connect(file) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseLocked, match="Stop the other"), transaction(engine) as session:
            add_team(session, "North", now=NOW)
        other.rollback()
    other.close()


def test_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "callcue.db"
    file.write_text("this is a shopping list and no database" * 200)
    with pytest.raises(DatabaseDamaged, match="Restore a backup"):
        migrate(open_engine(f"sqlite:///{file}"))


def test_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseUnreachable, match="CALLCUE_DATA_DIR"):
        open_engine(f"sqlite:///{tmp_path}/file/callcue.db")


def test_read_only_database_is_said_so(engine: Engine) -> None:
    statement = "PRAGMA query_only=ON" if engine.dialect.name == "sqlite" else "SET TRANSACTION READ ONLY"
    with pytest.raises(DatabaseReadOnly, match="but not written"):
        run(engine, lambda session: (session.execute(text(statement)), add_team(session, "North", now=NOW)))


def test_full_disk_is_said_so_and_nothing_is_half_saved(sqlite_engine: Engine) -> None:
    def fill(session: Session) -> None:
        add_team(session, "North", now=NOW)
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
        session.execute(text(f"PRAGMA max_page_count={pages}"))
        for number in range(100):
            add_team(session, f"{number}" + "x" * 3000, now=NOW)

    with pytest.raises(DatabaseFull, match="Free some space"):
        run(sqlite_engine, fill)
    with transaction(sqlite_engine) as session:
        assert session.exec(select(Team)).all() == []


def test_server_that_is_not_there_is_said_so() -> None:
    engine = open_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with pytest.raises(DatabaseUnreachable, match="CALLCUE_DATABASE_URL"):
        migrate(engine)


@pytest.mark.parametrize("problem", DatabaseProblem.__subclasses__())
def test_every_problem_says_what_to_do_next(problem: type[DatabaseProblem]) -> None:
    assert str(problem()).endswith((".", "?"))
    assert len(str(problem())) > 40

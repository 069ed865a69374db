"""The database: one engine for SQLite or PostgreSQL, transactions, migrations, and errors that say what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.settings import Settings

BUSY_SECONDS = 10  # how long a transaction waits for another one
MIGRATIONS = Path(__file__).with_name("migrations")
MIGRATION_LOCK = 0x_CA11_C0E  # any number, the same in every process


class DatabaseProblem(Exception):
    """The database cannot be used as it is. The message says what to do next and holds no data."""

    advice = ""

    def __init__(self) -> None:
        super().__init__(self.advice)


class DatabaseNewer(DatabaseProblem):
    """A newer version of the program has been here."""

    advice = "The database was written by a newer version of Callcue. Install that version, or restore an older backup."


class DatabaseLocked(DatabaseProblem):
    """Another process holds it for too long."""

    advice = "The database is locked by another program. Stop the other Callcue or database tool, then try again."


class DatabaseReadOnly(DatabaseProblem):
    """It can be read, but not written."""

    advice = "The database can be read but not written. Check the rights of its file and folder, or of its account."


class DatabaseFull(DatabaseProblem):
    """There is no room left."""

    advice = "The disk or quota of the database is full. Free some space and start again: nothing was half saved."


class DatabaseUnreachable(DatabaseProblem):
    """It cannot be opened or connected to."""

    advice = (
        "The database cannot be opened. Check CALLCUE_DATABASE_URL or CALLCUE_DATA_DIR: does the server run, may the"
        " account log in, can the folder be written?"
    )


class DatabaseDamaged(DatabaseProblem):
    """The file is no database, or a broken one."""

    advice = "The database file is damaged or no database. Restore a backup, or let CALLCUE_DATABASE_URL name another."


# Keyed by what the driver says went wrong: SQLite's primary result code, PostgreSQL's SQLSTATE.
SQLITE_PROBLEMS: Mapping[int, type[DatabaseProblem]] = {
    sqlite3.SQLITE_BUSY: DatabaseLocked,
    sqlite3.SQLITE_LOCKED: DatabaseLocked,
    sqlite3.SQLITE_READONLY: DatabaseReadOnly,
    sqlite3.SQLITE_PERM: DatabaseReadOnly,
    sqlite3.SQLITE_FULL: DatabaseFull,
    sqlite3.SQLITE_IOERR: DatabaseUnreachable,
    sqlite3.SQLITE_CANTOPEN: DatabaseUnreachable,
    sqlite3.SQLITE_CORRUPT: DatabaseDamaged,
    sqlite3.SQLITE_NOTADB: DatabaseDamaged,
}
POSTGRES_PROBLEMS: Mapping[str, type[DatabaseProblem]] = {
    "25006": DatabaseReadOnly,  # read_only_sql_transaction
    "42501": DatabaseReadOnly,  # insufficient_privilege
    "53100": DatabaseFull,  # disk_full
    "53300": DatabaseUnreachable,  # too_many_connections
    "55P03": DatabaseLocked,  # lock_not_available
    "57P01": DatabaseUnreachable,  # admin_shutdown
    "57P02": DatabaseUnreachable,  # crash_shutdown
    "57P03": DatabaseUnreachable,  # cannot_connect_now
}


def database_url(settings: Settings) -> URL:
    """Return where the database is: as set, else a file in the data folder."""
    if settings.database_url is None:
        return URL.create("sqlite", database=str(settings.data_dir.expanduser() / "callcue.db"))
    url = make_url(settings.database_url.get_secret_value())
    return url.set(drivername="sqlite" if url.get_backend_name() == "sqlite" else "postgresql+psycopg")


def open_engine(url: URL | str) -> Engine:
    """Return an engine; a missing SQLite file is made, readable by its owner only. Raises DatabaseProblem."""
    url = make_url(url)
    if url.get_backend_name() != "sqlite":
        patience = {"connect_timeout": BUSY_SECONDS, "client_encoding": "utf8"}
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=patience)
        event.listen(engine, "connect", _prepare_postgres)
        return engine
    if url.database and url.database != ":memory:":
        _make_private_file(Path(url.database))
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Give a session whose work is kept as a whole at the end, or not at all. Raises DatabaseProblem."""
    with problems_named(), Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def problems_named() -> Iterator[None]:
    """Turn what a driver raises about the database as a whole into a DatabaseProblem; other errors pass."""
    try:
        yield
    except DBAPIError as error:
        problem = _problem(error)
        if problem is None:
            raise
        raise problem() from None


def migrate(engine: Engine) -> None:
    """Bring the tables to this version of the program, all or nothing. Raises DatabaseProblem."""
    # Alembic is slow to import and needed at the start only.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with problems_named(), engine.connect() as connection, _foreign_keys_off(connection):
        config.attributes["connection"] = connection
        try:
            with connection.begin():
                _one_at_a_time(connection)
                command.upgrade(config, "head")
        except CommandError as error:
            if "Can't locate revision" in str(error):
                raise DatabaseNewer from None
            raise


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    """SQLite copies a table to alter it: with foreign keys on, dropping the old one would delete its children."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")  # has no effect inside a transaction, so before it
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _one_at_a_time(connection: Connection) -> None:
    """Make another process that starts now wait; on SQLite the write lock already does."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))


def _make_private_file(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DatabaseFull from None
        # An existing file that cannot be touched may still be one that can be read.
        if not path.is_file():
            raise DatabaseUnreachable from None
    else:
        path.chmod(0o600)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # no BEGIN by the driver: _begin_immediate does it
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")  # what was acknowledged survives a power cut


def _prepare_postgres(connection: psycopg.Connection, _record: object) -> None:
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.commit()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _problem(error: DBAPIError) -> type[DatabaseProblem] | None:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) or 0
        return SQLITE_PROBLEMS.get(code & 0xFF)  # the low byte is the primary code
    if isinstance(cause, psycopg.Error) and cause.sqlstate:
        return POSTGRES_PROBLEMS.get(cause.sqlstate)
    if isinstance(cause, psycopg.OperationalError):  # without a state: the server was not reached
        return DatabaseUnreachable
    return None

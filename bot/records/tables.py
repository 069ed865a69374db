"""Every table of the database, with names for its constraints: what migrations compare themselves with."""

from __future__ import annotations

from importlib import import_module

from sqlalchemy import MetaData
from sqlmodel import SQLModel

MODULES = (
    "bot.records.awaited",
    "bot.records.inbox",
    "bot.records.notes",
    "bot.records.outbox",
    "bot.records.people",
    "bot.records.prospects",
    "bot.records.strangers",
    "playbooks.tables",
)
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def all_tables() -> MetaData:
    """Return a copy of all tables in which each constraint has a name, so that SQLite can alter it later."""
    for module in MODULES:
        import_module(module)
    named = MetaData(naming_convention=NAMES)
    for table in SQLModel.metadata.sorted_tables:
        table.to_metadata(named)
    return named

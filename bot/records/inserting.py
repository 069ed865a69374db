"""Inserting what another process may be inserting at the same moment."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_unless_there(session: Session, table: type[SQLModel], values: Mapping[str, object]) -> int | None:
    """Insert a row; return its first primary key, None when a row with the same unique values was there already."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    columns = table.__table__  # type: ignore[attr-defined]
    key = next(iter(columns.primary_key))
    statement = insert(columns).values(**values).on_conflict_do_nothing().returning(key)
    row: int | None = session.execute(statement).scalar_one_or_none()
    return row

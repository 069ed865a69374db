"""How Alembic reaches the database: on the connection that `bot.database.migrate` gives, in its transaction."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, inspect

from bot.database import database_url, open_engine
from bot.records.tables import all_tables
from bot.settings import Settings


def run(connection: Connection) -> None:
    """Run what is asked for (an upgrade, a comparison) on a connection."""
    for left_over in inspect(connection).get_table_names():
        if left_over.startswith("_alembic_tmp_"):  # of a migration that was broken off
            connection.exec_driver_sql(f'DROP TABLE "{left_over}"')
    context.configure(connection=connection, target_metadata=all_tables(), render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:  # called as `alembic`, by somebody who writes a migration
    with open_engine(database_url(Settings.load())).begin() as own:
        run(own)

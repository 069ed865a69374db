"""The first tables: who is in, what they wrote, what came in and goes out, and the playbooks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "inboxupdate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("restarts", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_inboxupdate"),
        sa.UniqueConstraint("bot_id", "update_id", name="uq_inboxupdate_bot_id"),
    )
    op.create_index("ix_inboxupdate_waiting", "inboxupdate", ["bot_id", "state"], unique=False)
    op.create_table(
        "stranger",
        sa.Column("telegram_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("attempts_since", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("telegram_id", name="pk_stranger"),
    )
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
        sa.UniqueConstraint("name", name="uq_team_name"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_person_team_id"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("telegram_id", name="uq_person_telegram_id"),
    )
    op.create_index("ix_person_team_id", "person", ["team_id"], unique=False)
    op.create_table(
        "invite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_invite_author_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_invite_person_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_invite_team_id"),
        sa.PrimaryKeyConstraint("id", name="pk_invite"),
        sa.UniqueConstraint("code_hash", name="uq_invite_code_hash"),
    )
    op.create_index("ix_invite_team_id", "invite", ["team_id"], unique=False)
    op.create_table(
        "playbookversion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=True),
        sa.Column("schema_number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_playbookversion_author_id"),
        sa.ForeignKeyConstraint(["base_id"], ["playbookversion.id"], name="fk_playbookversion_base_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_playbookversion_team_id"),
        sa.PrimaryKeyConstraint("id", name="pk_playbookversion"),
        sa.UniqueConstraint("team_id", "number", name="uq_playbookversion_team_id"),
    )
    op.create_index("ix_playbookversion_team_id", "playbookversion", ["team_id"], unique=False)
    op.create_table(
        "prospect",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.Column("company", sa.String(length=200), nullable=False),
        sa.Column("person_key", sa.String(length=200), nullable=False),
        sa.Column("company_key", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_note_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name="fk_prospect_owner_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_prospect_team_id"),
        sa.PrimaryKeyConstraint("id", name="pk_prospect"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_prospect_company", "prospect", ["owner_id", "company_key"], unique=False)
    op.create_index("ix_prospect_person", "prospect", ["owner_id", "person_key"], unique=False)
    op.create_index("ix_prospect_team_id", "prospect", ["team_id"], unique=False)
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("prospect_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("playbook_version_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_note_author_id"),
        sa.ForeignKeyConstraint(["playbook_version_id"], ["playbookversion.id"], name="fk_note_playbook_version_id"),
        sa.ForeignKeyConstraint(["prospect_id"], ["prospect.id"], name="fk_note_prospect_id"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_note_author", "note", ["author_id", "written_at"], unique=False)
    op.create_index("ix_note_prospect_id", "note", ["prospect_id"], unique=False)
    op.create_table(
        "playbookcard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.String(length=60), nullable=False),
        sa.Column("section", sa.String(length=20), nullable=False),
        sa.Column("path", sa.String(length=400), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["playbookversion.id"], name="fk_playbookcard_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_playbookcard"),
        sa.UniqueConstraint("version_id", "card_id", name="uq_playbookcard_version_id"),
    )
    op.create_index("ix_playbookcard_card_id", "playbookcard", ["card_id"], unique=False)
    op.create_index("ix_playbookcard_version_id", "playbookcard", ["version_id"], unique=False)
    op.create_table(
        "playbookfile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=400), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["playbookversion.id"], name="fk_playbookfile_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_playbookfile"),
        sa.UniqueConstraint("version_id", "path", name="uq_playbookfile_version_id"),
    )
    op.create_index("ix_playbookfile_version_id", "playbookfile", ["version_id"], unique=False)
    op.create_table(
        "teamplaybook",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_teamplaybook_team_id"),
        sa.ForeignKeyConstraint(["version_id"], ["playbookversion.id"], name="fk_teamplaybook_version_id"),
        sa.PrimaryKeyConstraint("team_id", name="pk_teamplaybook"),
    )
    op.create_table(
        "awaited",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("expected", sa.String(length=16), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name="fk_awaited_note_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_awaited_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_awaited"),
    )
    op.create_table(
        "notemessage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name="fk_notemessage_note_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_notemessage"),
        sa.UniqueConstraint("bot_id", "chat_id", "message_id", name="uq_notemessage_bot_id"),
        sa.UniqueConstraint("note_id", "position", name="uq_notemessage_note_id"),
    )
    op.create_table(
        "outboxmessage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("replaces_message_id", sa.BigInteger(), nullable=True),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=40), nullable=True),
        sa.Column("sent_message_id", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name="fk_outboxmessage_note_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_outboxmessage"),
    )
    op.create_index("ix_outboxmessage_note_id", "outboxmessage", ["note_id"], unique=False)
    op.create_index("ix_outboxmessage_sent", "outboxmessage", ["chat_id", "sent_message_id"], unique=False)
    op.create_index("ix_outboxmessage_waiting", "outboxmessage", ["bot_id", "state"], unique=False)
    op.create_table(
        "storedreading",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("playbook_version_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name="fk_storedreading_note_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["playbook_version_id"], ["playbookversion.id"], name="fk_storedreading_playbook_version_id"
        ),
        sa.PrimaryKeyConstraint("note_id", name="pk_storedreading"),
    )


def downgrade() -> None:
    """Drop them all."""
    op.drop_table("storedreading")
    op.drop_table("outboxmessage")
    op.drop_table("notemessage")
    op.drop_table("awaited")
    op.drop_table("teamplaybook")
    op.drop_table("playbookfile")
    op.drop_table("playbookcard")
    op.drop_table("note")
    op.drop_table("prospect")
    op.drop_table("playbookversion")
    op.drop_table("invite")
    op.drop_table("person")
    op.drop_table("team")
    op.drop_table("stranger")
    op.drop_table("inboxupdate")

"""The tables as the code knows them; `migrations` brings a database there.

Discord's ids (snowflakes) have 64 bits, so each is a BigInteger.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    true,
)

from bot.store.types import Seconds, UtcMillis

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

installation = Table(
    "installation",
    metadata,
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("created_at", UtcMillis, nullable=False),
    CheckConstraint('"row" = 1', name="single"),
)
"""One row: a random id that tells this database from one made anew."""

users = Table(
    "users",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("zone", Text),
    Column("locale", Text),
    Column("delivery", Text, nullable=False),
    Column("leads", JSON(none_as_null=True)),
    Column("wishes", JSON(none_as_null=True)),
    # Minutes since midnight in the user's zone; both or neither.
    Column("quiet_start", Integer),
    Column("quiet_end", Integer),
    Column("created_at", UtcMillis, nullable=False),
    Column("updated_at", UtcMillis, nullable=False),
)
"""What users chose; `zone` is an IANA name, `leads` a list of seconds, `wishes` the fields of a
request to `/gpu recommend`; null where not chosen."""

guilds = Table(
    "guilds",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("policy", Text, nullable=False),
    Column("channel_ids", JSON, nullable=False),
    Column("locale", Text),
    Column("answers", Boolean, nullable=False, server_default=true()),
    Column("created_at", UtcMillis, nullable=False),
    Column("updated_at", UtcMillis, nullable=False),
)

catalog_reports = Table(
    "catalog_reports",
    metadata,
    Column(
        "id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    ),
    Column("user_id", BigInteger, nullable=False),
    Column("offer_id", Text, nullable=False),
    Column("wrong", Text, nullable=False),
    Column("source", Text),
    Column("created_at", UtcMillis, nullable=False),
    Column("closed_at", UtcMillis),
    Index("ix_catalog_reports_user_id", "user_id"),
    sqlite_autoincrement=True,
)
"""What users say is wrong in the catalog; the texts are theirs."""

follows = Table(
    "follows",
    metadata,
    Column("user_id", BigInteger, nullable=False),
    Column("offer_id", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("destination", Text, nullable=False),
    Column("destination_channel_id", BigInteger),
    Column("origin_guild_id", BigInteger),
    Column("origin_channel_id", BigInteger),
    Column("origin_parent_id", BigInteger),
    Column("locale", Text, nullable=False),
    Column("created_at", UtcMillis, nullable=False),
    PrimaryKeyConstraint("user_id", "offer_id"),
    # Of whom each offer has to be told, a page of users at a time.
    Index("ix_follows_offer_id", "offer_id", "user_id"),
)
"""Which offers users follow; `facts` is what they were last told of, `digest` its hash."""

reminders = Table(
    "reminders",
    metadata,
    Column(
        "id",
        # SQLite counts only what is spelled INTEGER PRIMARY KEY.
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    Column("owner_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("note", Text),
    Column("offer_id", Text),
    Column("ends_at", UtcMillis),
    Column("destination", Text, nullable=False),
    Column("destination_channel_id", BigInteger),
    Column("origin_guild_id", BigInteger),
    Column("origin_channel_id", BigInteger),
    Column("origin_parent_id", BigInteger),
    Column("locale", Text, nullable=False),
    Column("zone", Text),
    Column("created_at", UtcMillis, nullable=False),
    Column("cancelled_at", UtcMillis),
    # `Recurrence.encode`, with `zone` and this end.
    Column("recurrence", Text),
    Column("recurs_until", UtcMillis),
    Column("link", Text),
    Column("revision", Integer, nullable=False, server_default="0"),
    Index("ix_reminders_owner_id", "owner_id"),
    # A nonce and a button name the id, so it is never used again, not even after a purge.
    sqlite_autoincrement=True,
)
"""The promises."""

occurrences = Table(
    "occurrences",
    metadata,
    Column("reminder_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("due_at", UtcMillis, nullable=False),
    # Where its owner's quiet hours moved it: when it would have come. A series goes on from here.
    Column("planned_for", UtcMillis),
    # The number of the message whose snooze this is.
    Column("snooze_of", Integer),
    Column("lead_seconds", Seconds),
    Column("state", Text, nullable=False),
    # Pending: when it may be claimed. Claimed: when the lease runs out, and it may be claimed
    # again. Null for good once it is sent, dead or cancelled. So the claim is one range of one
    # index, which holds nothing but the live rows.
    Column("next_attempt_at", UtcMillis),
    Column("worker", Text),
    Column("attempt", Integer, nullable=False),
    # When the send of the present claim began: from then on a cancel comes too late.
    Column("begun_at", UtcMillis),
    # When the first send began of which nobody knows whether it made a message.
    Column("doubt_since", UtcMillis),
    Column("target_index", Integer, nullable=False),
    Column("refusals", Integer, nullable=False),
    Column("reason", Text),
    Column("message_id", BigInteger),
    Column("message_channel_id", BigInteger),
    Column("settled_at", UtcMillis),
    PrimaryKeyConstraint("reminder_id", "number"),
    ForeignKeyConstraint(["reminder_id"], ["reminders.id"], ondelete="CASCADE"),
)
"""The messages of the promises. Nothing on the way to delivery deletes one."""

Index(
    "ix_occurrences_next_attempt_at",
    occurrences.c.next_attempt_at,
    sqlite_where=occurrences.c.next_attempt_at.is_not(None),
    postgresql_where=occurrences.c.next_attempt_at.is_not(None),
)

dm_channels = Table(
    "dm_channels",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, nullable=False),
)
"""The channel of a user's direct messages, which never changes once it was opened."""

workers = Table(
    "workers",
    metadata,
    Column("worker", Text, primary_key=True),
    Column("last_seen", UtcMillis, nullable=False),
)
"""The heartbeats of the processes that deliver."""

command_registrations = Table(
    "command_registrations",
    metadata,
    Column("application_id", BigInteger, nullable=False),
    Column("api_base", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("ids", JSON, nullable=False),
    Column("registered_at", UtcMillis, nullable=False),
    PrimaryKeyConstraint("application_id", "api_base"),
)
"""The commands as they were last registered, by application and by where."""

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
    Float,
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
    # Of a watched quota: what it is about. Of a session: "changed" where its rule did.
    Column("topic", Text),
    PrimaryKeyConstraint("reminder_id", "number"),
    ForeignKeyConstraint(["reminder_id"], ["reminders.id"], ondelete="CASCADE"),
)
"""The messages of the promises. Nothing on the way to delivery deletes one."""

Index(
    "ix_occurrences_next_attempt_at",
    occurrences.c.next_attempt_at,
    sqlite_where=occurrences.c.next_attempt_at.is_not(None),
    # On PostgreSQL too, as its migration says. Said here, it would load that dialect everywhere.
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

quota_usages = Table(
    "quota_usages",
    metadata,
    Column(
        "id",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    Column("user_id", BigInteger, nullable=False),
    Column("offer_id", Text, nullable=False),
    Column("starts_at", UtcMillis, nullable=False),
    Column("ends_at", UtcMillis, nullable=False),
    # When a session was ended, or its reminder cancelled, before its end.
    Column("ended_at", UtcMillis),
    # The card that credits were spent on; null for the user's usual one.
    Column("gpu", Text),
    Column("source", Text, nullable=False),
    # Whose session it is. No foreign key: reminders are purged sooner than what was used.
    Column("reminder_id", BigInteger),
    # Of a session: when its owner expected it to end, where it ends before that.
    Column("wished_end", UtcMillis),
    # Of a session: the rule of its offer as it was planned by (`bot.quotas.marks`).
    Column("rule", Text),
    Index("ix_quota_usages_user_id", "user_id"),
    Index("ix_quota_usages_reminder_id", "reminder_id"),
    sqlite_autoincrement=True,
)
"""What users used of their quotas: sessions, and what they logged."""

quota_readings = Table(
    "quota_readings",
    metadata,
    Column("user_id", BigInteger, nullable=False),
    Column("offer_id", Text, nullable=False),
    Column("used", Float, nullable=False),
    Column("remaining", Float, nullable=False),
    Column("total", Float, nullable=False),
    Column("refresh_at", UtcMillis),
    Column("as_of", UtcMillis, nullable=False),
    PrimaryKeyConstraint("user_id", "offer_id"),
)
"""The latest that a provider itself said of a user's quota, in its units."""

quota_lockouts = Table(
    "quota_lockouts",
    metadata,
    Column("user_id", BigInteger, nullable=False),
    Column("offer_id", Text, nullable=False),
    Column("since", UtcMillis, nullable=False),
    Column("until", UtcMillis),
    PrimaryKeyConstraint("user_id", "offer_id", "since"),
)
"""When users were locked out of what has no published quota; null while it lasts."""

quota_settings = Table(
    "quota_settings",
    metadata,
    Column("user_id", BigInteger, nullable=False),
    Column("offer_id", Text, nullable=False),
    Column("reset_day", Integer),
    Column("signed_up", UtcMillis),
    Column("expires_at", UtcMillis),
    Column("amount", Float),
    Column("gpu", Text),
    PrimaryKeyConstraint("user_id", "offer_id"),
)
"""What is personal about a user's quota (`bot.quotas.offers.Personal`)."""

quota_watches = Table(
    "quota_watches",
    metadata,
    Column("reminder_id", BigInteger, primary_key=True, autoincrement=False),
    Column("scope", Text, nullable=False),
    # The rule of its offer as it was planned by (`bot.quotas.marks`).
    Column("rule", Text, nullable=False),
    # Before this it is not said again that the quota is low.
    Column("hushed_until", UtcMillis),
    # When all that was promised was told; null while it goes on.
    Column("ended_at", UtcMillis),
    ForeignKeyConstraint(["reminder_id"], ["reminders.id"], ondelete="CASCADE"),
)
"""What of a quota the owner of a reminder is told. It goes on while nothing is in sight: its
reminder may have no message to come."""

"""What can go wrong with the database, in one sentence each for the operator."""

from __future__ import annotations

from typing import final

from bot.errors import StartupError


@final
class InvalidDatabaseUrl(StartupError):  # noqa: N818 - reads as the sentence it is
    """`DATABASE_URL` has none of the forms that are taken. Never quotes it: it holds a password."""


@final
class DatabaseUnreachable(StartupError):  # noqa: N818 - reads as the sentence it is
    """There is no database where the address points, or it lets nobody in."""

    def __init__(self, *, address: str, reason: str) -> None:
        super().__init__(f"The database {address} can't be reached: {reason}")
        self.address = address
        self.reason = reason


@final
class DatabaseTooNew(StartupError):  # noqa: N818 - reads as the sentence it is
    """A newer version of the bot has used this database."""

    def __init__(self, *, found: str, known: str) -> None:
        super().__init__(
            f"The database has schema version {found}, and this version of the bot knows {known}: "
            "start the newer version of the bot, or restore a backup from before its upgrade"
        )
        self.found = found
        self.known = known


@final
class BackupError(StartupError):
    """A backup or a restore that was not done; what was there before is still there."""


class StoreError(Exception):
    """A read or write that did not happen, or of which nobody knows whether it did."""


@final
class StoreBusy(StoreError):  # noqa: N818 - reads as the sentence it is
    """Another process held the database for too long; nothing was stored."""


@final
class StoreFull(StoreError):  # noqa: N818 - reads as the sentence it is
    """The disk has no room left; nothing was stored."""


@final
class StoreUnavailable(StoreError):  # noqa: N818 - reads as the sentence it is
    """The database server is away; a commit that was cut off may have happened or not."""


@final
class StoreClosed(StoreError):  # noqa: N818 - reads as the sentence it is
    """The store was closed before the work began; nothing was stored."""

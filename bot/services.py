"""What the cogs are built from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import final

from bot.catalog.shelf import CatalogShelf
from bot.clock import Clock
from bot.discord.errors import Complaints
from bot.discord.mentions import CommandMentions
from bot.discord.people import People
from bot.follows import Follows
from bot.ledger import Ledger
from bot.ops.health import Pulse
from bot.ops.reload import CatalogReloader
from bot.pictures.gallery import Gallery
from bot.preferences import Preferences
from bot.privacy import Privacy
from bot.reminders.service import Reminders
from bot.reports import CatalogReports
from bot.speech.phrasebook import Phrasebook
from bot.store.queue import QueueRepository
from bot.watches import Watches


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a cog's `setup` may hand on; built in `bot.app`."""

    clock: Clock
    shelf: CatalogShelf
    phrasebook: Phrasebook
    preferences: Preferences
    people: People
    reminders: Reminders
    privacy: Privacy
    ledger: Ledger
    watches: Watches
    mentions: CommandMentions
    complaints: Complaints
    tag: str
    """Of the installation, for buttons that outlive a database."""
    gallery: Gallery
    reports: CatalogReports
    follows: Follows
    version: str
    wake: Callable[[datetime | None], None]
    """Has the ticker look again now, or in time for an instant."""
    owner_guild_id: int | None
    """The one server that has the owner's commands."""
    reloader: CatalogReloader
    queue: QueueRepository
    pulse: Pulse

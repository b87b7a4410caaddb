"""The one place that builds things, and closes them in reverse order."""

from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Final, final

from bot.catalog.load import load_catalog
from bot.catalog.problems import CatalogError
from bot.catalog.shelf import CatalogShelf
from bot.catalog.stamp import stamp
from bot.clock import Clock
from bot.discord.client import ScoutBot
from bot.discord.errors import Complaints
from bot.discord.mentions import CommandMentions
from bot.discord.people import People
from bot.discord.registration import Registrar
from bot.discord.sentences import SENTENCES
from bot.discord.toll import toll
from bot.errors import StartupError
from bot.follows import Follows
from bot.ledger import Ledger
from bot.ops.health import Pulse
from bot.ops.reload import CatalogReloader
from bot.pictures.gallery import Gallery
from bot.preferences import Preferences
from bot.privacy import Privacy
from bot.reminders.budget import Budget
from bot.reminders.custom_id import installation_tag
from bot.reminders.rules import DeliveryRules, PromiseRules
from bot.reminders.service import Reminders
from bot.reports import CatalogReports
from bot.services import Services
from bot.settings import Settings
from bot.speech.phrasebook import Phrasebook, PhraseError
from bot.store.deliveries import DeliveryRepository
from bot.store.follows import FollowRepository
from bot.store.guilds import GuildRepository
from bot.store.ledger import LedgerRepository
from bot.store.privacy import PrivacyRepository
from bot.store.queue import QueueRepository
from bot.store.registrations import RegistrationRepository
from bot.store.reminders import ReminderRepository
from bot.store.reports import ReportRepository
from bot.store.store import Store
from bot.store.users import UserRepository
from bot.store.wakeups import announce_catalog
from bot.store.watch_list import WatchRepository
from bot.watches import Watches
from bot.when import zones

if TYPE_CHECKING:
    from bot.ops.metrics import Metrics

COGS: Final = (
    "cogs.gpu",
    "cogs.remind",
    "cogs.quota",
    "cogs.settings",
    "cogs.privacy",
    "cogs.about",
)
"""The modules that a gateway process loads; named, not imported: `bot` does not stand on `cogs`."""
OWNER_COG: Final = "cogs.owner"
"""Loaded too where OWNER_GUILD_ID names a server for it."""


@final
class AlarmClock:
    """Wakes the ticker, once there is one; a process that does not deliver has none."""

    def __init__(self) -> None:
        self._ring: Callable[[datetime | None], None] | None = None

    def __call__(self, at: datetime | None = None) -> None:
        """Look again now, or in time for `at`."""
        if self._ring is not None:
            self._ring(at)

    @contextmanager
    def waking(self, ring: Callable[[datetime | None], None]) -> Generator[None]:
        """Call `ring` for as long as the block runs."""
        self._ring = ring
        try:
            yield
        finally:
            self._ring = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Foundation:
    """What every mode of the process stands on."""

    settings: Settings
    store: Store
    services: Services
    registrar: Registrar
    alarm: AlarmClock
    metrics: "Metrics | None"
    """Counted only where they are served."""
    rules: DeliveryRules
    budget: Budget
    """Of all requests to Discord but the answers to interactions."""

    def bot(self, *, cogs: Sequence[str] = COGS, always_register: bool = False) -> ScoutBot:
        """Return a bot that is not logged in yet."""
        settings = self.settings
        # Commands belong to the application, not to a shard: one process speaks for all.
        speaks = settings.shard_ids is None or 0 in settings.shard_ids
        if not cogs:
            registered = _nothing_to_register
        elif speaks:
            registered = partial(self.registrar.register, always=always_register)
        else:
            registered = self.registrar.learn
        if cogs and settings.owner_guild_id is not None:
            cogs = (*cogs, OWNER_COG)
        return ScoutBot(
            services=self.services,
            extensions=cogs,
            registered=registered,
            shard_ids=settings.shard_ids,
            shard_count=settings.shard_count,
            trace=toll(self.budget),
        )


@asynccontextmanager
async def foundation(settings: Settings, *, clock: Clock) -> AsyncGenerator[Foundation]:
    """Open all that a process needs besides Discord.

    Raises:
        StartupError: the catalog is broken, or the database can't be used.
    """
    shelf = open_shelf(settings)
    phrasebook = open_words()
    mentions = CommandMentions()
    alarm = AlarmClock()
    release = version("gpu-scout")
    metrics = _metrics(settings, release)
    async with AsyncExitStack() as closing:
        store = await Store.open(
            settings.database_url.get_secret_value(),
            clock=clock,
            offers=lambda: shelf.catalog.offers,
        )
        closing.push_async_callback(store.close)
        gallery = Gallery()
        closing.push_async_callback(gallery.close)
        preferences = Preferences(
            users=UserRepository(store=store), guilds=GuildRepository(store=store), clock=clock
        )
        queue = QueueRepository(store=store)
        overdue = DeliveryRepository(store=store).oldest_overdue
        pulse = Pulse(clock=clock, oldest_overdue=overdue)
        rules = PromiseRules(per_user=settings.reminders_per_user)
        watches = Watches(shelf=WatchRepository(store=store), wake=alarm, rules=rules)
        people = People(preferences=preferences, phrasebook=phrasebook)
        follows = Follows(
            repository=FollowRepository(store=store),
            shelf=shelf,
            preferences=preferences,
            phrasebook=phrasebook,
            clock=clock,
            wake=alarm,
        )
        services = Services(
            clock=clock,
            shelf=shelf,
            phrasebook=phrasebook,
            preferences=preferences,
            people=people,
            reminders=Reminders(
                shelf=ReminderRepository(store=store),
                clock=clock,
                wake=alarm,
                rules=rules,
            ),
            privacy=Privacy(
                shelf=PrivacyRepository(store=store), preferences=preferences, clock=clock
            ),
            ledger=Ledger(shelf=LedgerRepository(store=store), clock=clock, wake=alarm),
            watches=watches,
            mentions=mentions,
            complaints=Complaints(
                people=people,
                phrasebook=phrasebook,
                mentions=mentions,
                sentences=SENTENCES,
                observer=metrics,
            ),
            tag=installation_tag(store.installation_id),
            gallery=gallery,
            reports=CatalogReports(shelf=ReportRepository(store=store), clock=clock),
            follows=follows,
            version=release,
            wake=alarm,
            owner_guild_id=settings.owner_guild_id,
            reloader=_reloader(settings, shelf, store, metrics, follows, watches),
            queue=queue,
            pulse=pulse,
        )
        registrar = Registrar(
            phrasebook=phrasebook,
            registrations=RegistrationRepository(store=store),
            mentions=mentions,
            api_base=settings.discord_api_base,
            owner_guild_id=settings.owner_guild_id,
        )
        rules = DeliveryRules(requests_per_second=settings.requests_per_second)
        yield Foundation(
            settings=settings,
            store=store,
            services=services,
            registrar=registrar,
            alarm=alarm,
            metrics=metrics,
            rules=rules,
            budget=Budget(per_second=rules.requests_per_second),
        )


def open_shelf(settings: Settings) -> CatalogShelf:
    """Return the catalog of the settings' folder, or the one that comes with the package.

    Raises:
        StartupError: a file is broken; the message names file, line and field.
    """
    try:
        return CatalogShelf(partial(load_catalog, settings.catalog_dir))
    except CatalogError as error:
        raise StartupError(f"The catalog is broken: {error}") from error


def _metrics(settings: Settings, release: str) -> "Metrics | None":
    if settings.http_port is None:
        return None
    from bot.ops.metrics import Metrics  # noqa: PLC0415 - a weight that only a port pays for

    return Metrics(version=release)


def _reloader(
    settings: Settings,
    shelf: CatalogShelf,
    store: Store,
    metrics: "Metrics | None",
    follows: Follows,
    watches: Watches,
) -> CatalogReloader:
    async def announce() -> None:
        await store.write(announce_catalog)

    def count(good: bool) -> None:  # noqa: FBT001 - the one thing there is to say
        if metrics is not None:
            metrics.reload(good=good)

    return CatalogReloader(
        shelf=shelf,
        stamp=partial(stamp, settings.catalog_dir),
        announce=announce,
        count=count,
        tell=follows.tell,
        follow=watches.follow_rules,
    )


def open_words() -> Phrasebook:
    """Return the sentences of all languages, with the tables of time zones read too.

    Raises:
        StartupError: one of the files is missing or broken.
    """
    try:
        zones.read_tables()
    except zones.ZonesError as error:
        raise StartupError(str(error)) from error
    try:
        return Phrasebook()
    except PhraseError as error:
        raise StartupError(f"The locale files are broken: {error}") from error


async def _nothing_to_register(_: ScoutBot) -> None:
    return

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.catalog.shelf import CatalogShelf
from bot.follows import MOST_OF_USER, Follows, TooManyFollowsError
from bot.preferences import Preferences
from bot.privacy import Privacy
from bot.reminders.models import Destination, Origin, Reminder
from bot.speech.phrasebook import Phrasebook
from bot.store.follows import FollowRepository
from bot.store.guilds import GuildRepository
from bot.store.privacy import PrivacyRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from bot.store.users import UserRepository
from tests.catalog.folder import OFFER, CatalogFolder
from tests.databases import FakeClock

SAM, LIN = 111, 222
PHRASEBOOK = Phrasebook()


class House:
    """The followers of one database, and the folder of their catalog."""

    def __init__(self, store: Store, folder: CatalogFolder, clock: FakeClock) -> None:
        self.store, self.folder, self.clock = store, folder, clock
        self.woken: list[datetime] = []
        self.start()

    def start(self) -> None:
        """Start a process on the database: nothing of the one before is remembered."""
        self.shelf = CatalogShelf(self.folder.load)
        self.users = UserRepository(store=self.store)
        self.preferences = Preferences(
            users=self.users, guilds=GuildRepository(store=self.store), clock=self.clock
        )
        self.follows = Follows(
            repository=FollowRepository(store=self.store),
            shelf=self.shelf,
            preferences=self.preferences,
            phrasebook=PHRASEBOOK,
            clock=self.clock,
            wake=self.woken.append,
        )

    async def follow(self, user: int = SAM, locale: str = "en-US") -> bool:
        return await self.follows.add(
            user,
            self.shelf.catalog.offer("acme-free"),
            destination=Destination.dm(),
            origin=Origin(),
            locale=locale,
        )

    def edit(self, old: str, new: str) -> None:
        self.folder.replace(old, new)
        self.shelf.reload()

    async def coming(self, user: int = SAM) -> list[Reminder]:
        return await ReminderRepository(store=self.store).active(user)

    async def notes(self, user: int = SAM) -> list[str | None]:
        return [each.note for each in await self.coming(user)]


@pytest.fixture
def house(store: Store, tmp_path: Path, clock: FakeClock) -> House:
    folder = tmp_path / "catalog"
    folder.mkdir()
    return House(store, CatalogFolder(folder), clock)


LIMIT = ("limit_hours = { value = 12,", "limit_hours = { value = 9,")


async def test_who_follows_hears_once_of_what_changed_and_nobody_else_does(house: House) -> None:
    assert await house.follow()
    assert await house.follows.tell() == 0
    house.edit(*LIMIT)
    assert await house.follows.tell() == 1
    (told,) = await house.coming()
    assert told.note == "Acme changed: Session length (h) 12 → 9"
    assert (told.next_due_at, told.offer_id) == (house.clock.now(), "acme-free")
    assert house.woken == [house.clock.now()]
    assert await house.follows.tell() == 0
    assert await house.coming(LIN) == []


async def test_what_changed_while_nothing_ran_is_told_after_the_start(house: House) -> None:
    await house.follow()
    house.folder.replace(*LIMIT)
    house.start()
    assert await house.follows.tell() == 1
    house.start()
    assert await house.follows.tell() == 0
    assert len(await house.coming()) == 1


async def test_of_several_processes_that_look_at_once_one_promises(house: House) -> None:
    await house.follow()
    house.edit(*LIMIT)
    told = await asyncio.gather(*(house.follows.tell() for _ in range(5)))
    assert sum(told) == 1
    assert len(await house.coming()) == 1


async def test_a_death_before_the_commit_loses_nothing_and_doubles_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.follow()
    house.edit(*LIMIT)

    def dies(*_: object) -> None:
        raise OSError("killed")

    with monkeypatch.context() as patched:
        # The last step of the transaction, after both rows are written.
        patched.setattr("bot.store.follows.new_occurrence", dies)
        assert await house.follows.tell() == 0
    assert await house.coming() == []
    house.start()
    assert await house.follows.tell() == 1
    assert len(await house.coming()) == 1


async def test_a_newer_source_or_another_name_is_no_change_of_a_fact(house: House) -> None:
    await house.follow()
    house.edit('as_of = "2026-09-24"', 'as_of = "2026-10-24"')
    house.edit('"acme two",', '"acme three",')
    assert await house.follows.tell() == 0
    assert await house.coming() == []


async def test_each_later_change_is_told_too(house: House) -> None:
    await house.follow()
    house.edit(*LIMIT)
    await house.follows.tell()
    house.edit("amount = { value = 30,", "amount = { value = 20,")
    assert await house.follows.tell() == 1
    assert await house.notes() == [
        "Acme changed: Session length (h) 12 → 9",
        "Acme changed: Quota amount 30 → 20",
    ]


async def test_it_is_told_in_the_language_of_each_follower(house: House) -> None:
    await house.follow(SAM)
    await house.follow(LIN, "zh-CN")
    house.edit('status = { value = "active",', 'status = { value = "discontinued",')
    assert await house.follows.tell() == 2
    assert await house.notes(SAM) == ["Acme changed: discontinued"]
    (chinese,) = await house.notes(LIN)
    assert chinese is not None
    assert chinese.startswith("Acme 有变化：")


async def test_an_offer_that_left_the_catalog_is_told_and_followed_no_more(house: House) -> None:
    await house.follow()
    house.folder.write("offers/acme.toml", OFFER.replace('"acme-free"', '"acme-new"'))
    house.shelf.reload()
    assert await house.follows.tell() == 1
    (note,) = await house.notes()
    assert note is not None
    assert "acme-free" in note
    assert await house.follows.of_user(SAM) == []


async def test_quiet_hours_hold_for_it(house: House) -> None:
    await house.users.set_zone(SAM, "UTC")
    hour = house.clock.now().hour
    start, end = (datetime(2026, 1, 1, (hour + step) % 24, tzinfo=UTC).time() for step in (-1, 2))
    await house.users.set_quiet(SAM, (start, end))
    await house.follow()
    house.edit(*LIMIT)
    await house.follows.tell()
    (told,) = await house.coming()
    assert told.next_due_at == house.clock.now() + timedelta(hours=2)


async def test_stopping_ends_it_for_one_user(house: House) -> None:
    await house.follow(SAM)
    await house.follow(LIN)
    assert await house.follows.stop(SAM, "acme-free")
    assert not await house.follows.stop(SAM, "acme-free")
    house.edit(*LIMIT)
    assert await house.follows.tell() == 1
    assert await house.coming(SAM) == []


async def test_following_twice_is_one_wish_and_there_is_an_end_to_them(house: House) -> None:
    offers = [OFFER.replace("acme-free", f"acme-{each}") for each in range(MOST_OF_USER + 1)]
    for number, offer in enumerate(offers):
        text = offer.replace('id = "acme"\n', f'id = "acme{number}"\n')
        text = text.replace('"acme one"', f'"acme one{number}"')
        text = text.replace('"acme two"', f'"acme two{number}"').replace("顶点", f"顶点{number}")
        text = text.replace('"Acme free"', f'"Acme free {number}"')
        text = text.replace('short = "Acme"', f'short = "Acme {number}"')
        text = text.replace('name = "Acme"\n', f'name = "Acme {number}"\n')
        house.folder.write(f"offers/acme{number}.toml", text)
    (house.folder.root / "offers/acme.toml").unlink()
    house.start()
    add = partial(
        house.follows.add, SAM, destination=Destination.dm(), origin=Origin(), locale="en-US"
    )
    *allowed, one_more = house.shelf.catalog.offers.values()
    for offer in allowed:
        assert await add(offer)
    assert not await add(allowed[0])
    with pytest.raises(TooManyFollowsError):
        await add(one_more)


async def test_a_copy_and_an_erasure_have_it_too(house: House) -> None:
    await house.follow(SAM)
    await house.follow(LIN)
    shelf = PrivacyRepository(store=house.store)
    privacy = Privacy(shelf=shelf, preferences=house.preferences, clock=house.clock)
    (kept,) = (await shelf.export(SAM))["follows"]
    assert kept["offer_id"] == "acme-free"
    assert (await privacy.held(SAM)).rows == 1
    await privacy.erase(SAM)
    assert (await privacy.held(SAM)).rows == 0
    house.edit(*LIMIT)
    assert await house.follows.tell() == 1
    assert await house.coming(SAM) == []


async def test_a_field_that_an_older_version_did_not_know_is_told_to_nobody(house: House) -> None:
    await house.follow()
    repository = FollowRepository(store=house.store)
    (follow,) = await repository.behind("acme-free", "another", after=0)
    older = {name: kept for name, kept in follow.facts.items() if name != "host.ram_gb"}
    assert await repository.tell(follow, facts=older, digest="older", message=None)
    assert await house.follows.tell() == 0
    assert await repository.behind("acme-free", follow.digest, after=0) == []
    assert await house.coming() == []


async def test_a_database_that_is_away_is_asked_again_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.follow()
    house.edit(*LIMIT)
    away: Callable[..., object] = partial(_away)
    with monkeypatch.context() as patched:
        patched.setattr(house.store, "read", away)
        assert await house.follows.tell() == 0
    assert await house.follows.tell() == 1


async def _away(*_: object) -> None:
    raise OSError("no connection")

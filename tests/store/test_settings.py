from datetime import timedelta

from bot.reminders.models import ChannelPolicy, GuildSettings
from bot.store.guilds import GuildRepository
from bot.store.registrations import Registration, RegistrationRepository
from bot.store.store import Store
from bot.store.users import UserRepository, UserSettings
from bot.store.workers import WorkerRepository
from tests.databases import FakeClock
from tests.store.promises import CHANNEL, GUILD, OWNER, STRANGER

MINUTE = timedelta(minutes=1)


async def test_a_user_who_never_chose_has_the_defaults(store: Store) -> None:
    assert await UserRepository(store=store).get(OWNER) == UserSettings(user_id=OWNER)


async def test_each_choice_of_a_user_leaves_the_others(store: Store) -> None:
    users = UserRepository(store=store)
    await users.set_zone(OWNER, "Asia/Shanghai")
    await users.set_leads(OWNER, [30 * MINUTE, 0 * MINUTE])
    await users.set_delivery(OWNER, here=True)
    changed = await users.set_locale(OWNER, "zh-CN")
    assert changed == await users.get(OWNER)
    assert changed == UserSettings(
        user_id=OWNER,
        zone="Asia/Shanghai",
        locale="zh-CN",
        delivers_here=True,
        leads=(30 * MINUTE, 0 * MINUTE),
    )
    assert await users.get(STRANGER) == UserSettings(user_id=STRANGER)


async def test_a_choice_can_be_taken_back(store: Store) -> None:
    users = UserRepository(store=store)
    await users.set_leads(OWNER, [5 * MINUTE])
    await users.set_locale(OWNER, "zh-CN")
    await users.set_delivery(OWNER, here=False)
    await users.set_leads(OWNER, None)
    assert await users.set_locale(OWNER, None) == UserSettings(user_id=OWNER)


async def test_a_server_keeps_its_policy_and_its_language(store: Store) -> None:
    guilds = GuildRepository(store=store)
    assert (await guilds.get(GUILD)).policy is ChannelPolicy.ANYWHERE
    await guilds.set_locale(GUILD, "zh-CN")
    changed = await guilds.set_policy(GUILD, ChannelPolicy.LISTED, [CHANNEL])
    assert changed == GuildSettings(
        guild_id=GUILD, policy=ChannelPolicy.LISTED, channel_ids=(CHANNEL,), locale="zh-CN"
    )
    assert (await guilds.set_policy(GUILD, ChannelPolicy.OFF)).channel_ids == ()


async def test_registrations_are_kept_apart_by_application_and_place(store: Store) -> None:
    registrations = RegistrationRepository(store=store)
    first = Registration(hash="a", ids={"gpu": CHANNEL, "remind": 2})
    await registrations.save(1, "https://one.example", first)
    assert await registrations.get(1, "https://one.example") == first
    assert await registrations.get(1, "https://two.example") is None
    assert await registrations.get(2, "https://one.example") is None
    second = Registration(hash="b", ids={})
    await registrations.save(1, "https://one.example", second)
    assert await registrations.get(1, "https://one.example") == second


async def test_only_workers_seen_lately_count(store: Store, clock: FakeClock) -> None:
    workers = WorkerRepository(store=store)
    await workers.beat("old", now=clock.now(), future=clock.now())
    clock.advance(MINUTE)
    for name in ("new", "leaving", "new"):
        await workers.beat(name, now=clock.now(), future=clock.now())
    assert await workers.alive(since=clock.now()) == 2
    assert await workers.alive(since=clock.now() - MINUTE) == 3
    await workers.leave("leaving")
    assert await workers.alive(since=clock.now()) == 1


async def test_a_worker_that_died_while_the_clock_was_ahead_counts_no_more(
    store: Store, clock: FakeClock
) -> None:
    workers = WorkerRepository(store=store)
    await workers.beat("dead", now=clock.now() + 60 * MINUTE, future=clock.now() + 61 * MINUTE)
    assert await workers.beat("lives", now=clock.now(), future=clock.now() + MINUTE)
    assert await workers.alive(since=clock.now()) == 1
    assert not await workers.beat("lives", now=clock.now(), future=clock.now() + MINUTE)

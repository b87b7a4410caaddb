import asyncio
from typing import Any

from hypothesis import HealthCheck, given, settings

from bot.advice.profile import Profile
from bot.advice.query import Query
from bot.preferences import Preferences
from bot.store.guilds import GuildRepository
from bot.store.store import Store
from bot.store.users import UserRepository, UserSettings, Wishes
from tests.advice.queries import some_fields
from tests.databases import FakeClock
from tests.store.promises import OWNER, STRANGER


async def save(users: UserRepository, wishes: Wishes | None, user: int = OWNER) -> UserSettings:
    return await users.change_wishes(user, lambda _: wishes)


async def test_nobody_has_wishes_at_first(store: Store) -> None:
    assert (await UserRepository(store=store).get(OWNER)).wishes is None


async def test_wishes_leave_the_other_choices_and_other_users_alone(store: Store) -> None:
    users = UserRepository(store=store)
    await users.set_zone(OWNER, "Asia/Shanghai")
    saved = await save(users, {"card": False, "gpus": ["T4"]})
    assert saved == await users.get(OWNER)
    assert saved == UserSettings(
        user_id=OWNER, zone="Asia/Shanghai", wishes={"card": False, "gpus": ["T4"]}
    )
    assert (await users.get(STRANGER)).wishes is None
    assert (await users.set_locale(OWNER, "zh-CN")).wishes == saved.wishes
    assert await save(users, None) == UserSettings(
        user_id=OWNER, zone="Asia/Shanghai", locale="zh-CN"
    )


async def test_each_of_many_changes_at_once_counts(store: Store) -> None:
    users = UserRepository(store=store)

    def one_more(before: Wishes | None) -> Wishes:
        count = (before or {}).get("count", 0)
        assert isinstance(count, int)
        return {"count": count + 1}

    await asyncio.gather(*(users.change_wishes(OWNER, one_more) for _ in range(20)))
    assert (await users.get(OWNER)).wishes == {"count": 20}


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=some_fields())
async def test_any_request_comes_back_as_it_was(store: Store, fields: dict[str, Any]) -> None:
    users = UserRepository(store=store)
    profile = Profile(Query.model_validate(fields))
    await save(users, profile.stored)
    found = Profile.read((await users.get(OWNER)).wishes)
    assert found == profile
    assert found.query.model_fields_set == profile.query.model_fields_set


async def test_forgetting_a_user_erases_all_that_they_chose(store: Store) -> None:
    users = UserRepository(store=store)
    await users.set_zone(OWNER, "Asia/Shanghai")
    for user in (OWNER, STRANGER):
        await save(users, {"card": False}, user)
    await users.forget(OWNER)
    await users.forget(OWNER)
    assert await users.get(OWNER) == UserSettings(user_id=OWNER)
    assert (await users.get(STRANGER)).wishes == {"card": False}


async def test_a_change_holds_at_once_and_starts_from_what_is_stored(
    store: Store, clock: FakeClock
) -> None:
    users = UserRepository(store=store)
    preferences = Preferences(users=users, guilds=GuildRepository(store=store), clock=clock)
    assert (await preferences.user(OWNER)).wishes is None
    await save(users, {"card": False})  # by another process
    await preferences.change_wishes(OWNER, lambda before: {**(before or {}), "bf16": True})
    assert (await preferences.user(OWNER)).wishes == {"card": False, "bf16": True}
    await preferences.forget(OWNER)
    assert await preferences.user(OWNER) == await users.get(OWNER) == UserSettings(user_id=OWNER)

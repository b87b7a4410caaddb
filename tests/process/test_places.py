"""Every command and every button in every kind of place: none may fail where Discord tells less.

Where the bot is no member Discord tells little of the server, nothing of who the bot is in it, and
refuses what is posted there later.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

import pytest
import pytest_asyncio

from tests.fakes.discord import CallbackType, Channel, Message, Permission, User
from tests.fakes.discord.handles import InteractionHandle
from tests.fakes.discord.wire import ChannelType, ComponentType, InstallType, InteractionContext
from tests.fakes.discord.world import Change
from tests.process.stage import Stage, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")

OURS: Final = ("guild", "thread", "private thread", "dm")
FOREIGN: Final = ("elsewhere", "thread elsewhere", "private", "group")
PLACES: Final = (*OURS, *FOREIGN)
FAILED: Final = ("Something went wrong", "I am not allowed to do that here")

OPTIONS: Final[dict[str, list[dict[str, object]]]] = {
    "gpu info": [{"offer": "kaggle-notebooks-gpu"}],
    "gpu recommend": [{}, {"vram": 12, "session": 30}],
    "remind session": [{"duration": "6h", "provider": "colab", "where": "here"}],
    "remind me": [
        {"when": "2h", "about": "tea", "where": "here"},
        {"when": "2h", "about": "tea", "where": "dm"},
        {"when": "tomorrow 9:00", "about": "tea"},
    ],
    "settings me": [{"delivery": "dm", "language": "auto"}],
}
"""How commands are given; one that is not here is given with what it requires."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    stage: Stage
    traveller: User
    """Has the bot in the own account, and is in a server with it."""
    places: dict[str, Channel]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Map]:
    folder = tmp_path_factory.mktemp("places")
    async with staged(folder, f"sqlite:///{folder / 'scout.sqlite3'}") as stage:
        discord, scene = stage.fake.world, stage.scene
        traveller = discord.add_user("traveller", installed_app=True)
        discord.add_member(scene.guild, traveller)
        elsewhere = discord.add_guild("Elsewhere", owner=traveller, has_bot=False)
        foreign = discord.add_channel(elsewhere)
        friends = [discord.add_user(f"friend-{n}") for n in range(2)]
        places = {
            "guild": scene.channel,
            "thread": discord.add_thread(scene.channel),
            "private thread": discord.add_thread(
                scene.channel, private_to=[traveller, discord.bot]
            ),
            "dm": discord.dm(traveller),
            "elsewhere": foreign,
            "thread elsewhere": discord.add_thread(foreign),
            "private": discord.private_channel(traveller, friends[0]),
            "group": discord.private_channel(traveller, *friends),
        }
        await stage.run()
        yield Map(stage=stage, traveller=traveller, places=places)
        stage.fake.assert_clean()


async def test_every_command_is_offered_in_every_kind_of_place(world: Map) -> None:
    for command in world.stage.fake.commands.visible(None):
        kinds = {int(kind) for kind in command["integration_types"]}
        assert kinds == {InstallType.GUILD, InstallType.USER}, command["name"]
        assert {int(each) for each in command["contexts"]} == set(InteractionContext)


@pytest.mark.parametrize("place", PLACES)
async def test_every_command_and_all_below_its_answer_works(world: Map, place: str) -> None:
    for command in world.stage.fake.commands.names():
        for options in OPTIONS.get(command, [{}]):
            await try_out(world, place, command, options)


async def try_out(world: Map, place: str, command: str, options: dict[str, object]) -> None:
    fake, channel = world.stage.fake, world.places[place]
    try:
        first = await fake.slash(world.traveller, channel, command, options)
    except ValueError:
        # Needs options that no one named here: whatever they are, the answer is a sentence.
        known = fake.commands.resolve(command, guild_id=None).options
        filled = {each["name"]: "6h" for each in known if each.get("required")}
        first = await fake.slash(world.traveller, channel, command, filled)
    waiting = deque([first])
    pressed: set[str] = set()
    while waiting:
        handle = waiting.popleft()
        if handle.type is CallbackType.MODAL:
            filled = {
                each.label: "2h"
                for each in handle.fields
                if each.type is ComponentType.TEXT_INPUT and each.component.get("required", True)
            }
            waiting.append(await fake.submit_modal(handle, filled))
            continue
        message = await handle.message()
        assert not any(failed in message.text for failed in FAILED), (command, message.text)
        for act in acts_on(message, pressed):
            # What was pressed before it may have put something else in its place.
            if act in components_of(message):
                waiting.append(await press(world, message, act))


def components_of(message: Message) -> list[str]:
    """Return the custom ids of its buttons and menus; a button that is a link has none."""
    ids = [each.custom_id for each in message.buttons if each.custom_id and not each.disabled]
    return [*ids, *(each.custom_id for each in message.select_menus)]


def acts_on(message: Message, pressed: set[str]) -> list[str]:
    """Return the custom ids of its buttons and menus of a kind that wasn't tried yet."""
    fresh: list[str] = []
    for custom_id in components_of(message):
        parts = custom_id.split(":")
        kind = parts[-1] if parts[0] == "rem" else ":".join(parts[:2])
        if kind not in pressed:
            pressed.add(kind)
            fresh.append(custom_id)
    return fresh


async def press(world: Map, message: Message, custom_id: str) -> InteractionHandle:
    fake, user = world.stage.fake, world.traveller
    for menu in message.select_menus:
        if menu.custom_id == custom_id:
            return await fake.select(user, message, custom_id, next(iter(menu.options.values())))
    return await fake.click(user, message, custom_id)


# ------------------------------------------------------------------ where a reminder goes


REFUSED_HERE: Final = {
    "dm": "A direct message has no channel",
    "elsewhere": "I am not a member of this server",
    "thread elsewhere": "I am not a member of this server",
    "private": "I am not part of this conversation",
    "group": "I am not part of this conversation",
}


@pytest.mark.parametrize("place", ["guild", "thread", "private thread"])
async def test_here_is_here_where_the_bot_can_post_later(world: Map, place: str) -> None:
    channel = world.places[place]
    told = await world.stage.promise(world.traveller, channel, f"here in {place}", where="here")
    assert f"In {channel.mention}" in told.text


async def test_elsewhere_a_reminder_goes_to_the_direct_messages_and_says_so(world: Map) -> None:
    stage, me = world.stage, world.traveller
    for place, reason in REFUSED_HERE.items():
        told = await stage.promise(
            me, world.places[place], f"from {place}", when="10 seconds", where="here"
        )
        assert reason in told.text
        assert "direct message" in told.text
    for place in REFUSED_HERE:
        arrived = await stage.reminder(f"from {place}", stage.fake.dm(me), timeout=30)
        assert "late" not in arrived.text
        pressed: set[str] = set()
        for custom_id in acts_on(arrived, pressed):
            answer = await press(world, arrived, custom_id)
            assert not any(failed in answer.text for failed in FAILED), answer.text
    for place in FOREIGN:
        assert stage.told(world.places[place]) == []


async def test_a_channel_where_the_bot_may_not_write_is_not_promised(world: Map) -> None:
    stage, discord, me = world.stage, world.stage.fake.world, world.traveller
    quiet = discord.add_channel(stage.scene.guild, "quiet")
    discord.overwrite(quiet, discord.bot, deny=Permission.SEND_MESSAGES)
    no_threads = discord.add_channel(stage.scene.guild, "no-threads")
    discord.overwrite(no_threads, discord.bot, deny=Permission.SEND_MESSAGES_IN_THREADS)
    for channel in (
        quiet,
        discord.add_thread(no_threads),
        discord.add_thread(stage.scene.channel, private_to=[me]),
    ):
        told = await stage.promise(me, channel, "tea", where="here")
        assert "I may not write here" in told.text, channel.name
    locked = discord.add_thread(stage.scene.channel, "done", locked=True)
    told = await stage.promise(me, locked, "tea", where="here")
    assert "You may not write here" in told.text
    # Nobody can be in one of these; but what Discord's document doesn't know must not fail either.
    for kind in (ChannelType.FORUM, ChannelType.MEDIA):
        told = await stage.promise(
            me, discord.add_channel(stage.scene.guild, kind=kind), "tea", where="here"
        )
        assert "may not write here" in told.text, kind


async def test_who_did_not_add_the_bot_is_told_that_it_may_not_reach_them(world: Map) -> None:
    stage, discord = world.stage, world.stage.fake.world
    stranger = discord.add_user("stranger")
    place = world.places["elsewhere"]
    assert place.guild is not None
    discord.add_member(place.guild, stranger)
    shown = await stage.fake.slash(world.traveller, place, "gpu info", offer="kaggle-notebooks-gpu")
    (timer,) = (each for each in shown.buttons if each.label.startswith("Start timer"))
    assert timer.custom_id is not None
    form = await stage.fake.click(stranger, shown.response, timer.custom_id)
    told = await stage.fake.submit_modal(form, {form.fields[0].label: "2h"})
    assert "only if we share another server or you have added me" in told.text


# -------------------------------------------------------------------------- servers


@pytest.mark.parametrize("place", ["elsewhere", "thread elsewhere"])
async def test_a_server_without_the_bot_has_no_settings_for_its_admins(
    world: Map, place: str
) -> None:
    answer = await world.stage.fake.slash(
        world.traveller, world.places[place], "settings server", reminders="off"
    )
    assert answer.ephemeral
    assert "This server has not added me" in answer.text


async def test_the_settings_of_a_server_go_when_the_bot_is_removed_from_it(world: Map) -> None:
    stage, discord = world.stage, world.stage.fake.world
    off = "never, direct messages only"
    owned = {name: discord.add_guild(name, owner=world.traveller) for name in ("left", "kept")}
    channels = {name: discord.add_channel(guild) for name, guild in owned.items()}
    for channel in channels.values():
        told = await stage.fake.slash(world.traveller, channel, "settings server", reminders="off")
        assert off in told.text
    guild = owned["left"]
    discord.remove_member(guild, discord.bot)
    guild.has_bot = True
    discord.add_member(guild, discord.bot)
    discord.on_change(Change("GUILD_CREATE", guild, guild))
    async with asyncio.timeout(15):
        # It is forgotten beside what users ask for.
        while off in (await shown_settings(world, channels["left"])):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert off in await shown_settings(world, channels["kept"])


async def shown_settings(world: Map, channel: Channel) -> str:
    return (await world.stage.fake.slash(world.traveller, channel, "settings server")).text


# ----------------------------------------------------------------------------- one's data


@pytest.mark.parametrize("place", PLACES)
async def test_an_export_comes_by_direct_message_from_everywhere(world: Map, place: str) -> None:
    stage, me = world.stage, world.traveller
    await stage.promise(me, world.places[place], f"exported from {place}")
    answer = await stage.fake.slash(me, world.places[place], "privacy export")
    said = await answer.message()
    assert answer.ephemeral
    sent = stage.fake.messages.from_bot(stage.fake.dm(me))
    latest = list(sent)[-1]
    assert f"/{latest.channel.id}/{latest.id}" in said.text
    assert said.attachments == []
    (file,) = latest.attachments
    notes = [each["note"] for each in exported(world, file)["data"]["reminders"]]
    assert f"exported from {place}" in notes


async def test_where_direct_messages_are_closed_the_private_answer_carries_the_file(
    world: Map,
) -> None:
    stage, discord = world.stage, world.stage.fake.world
    closed = discord.add_user("closed", dm_closed=True, locale="zh-CN")
    discord.add_member(stage.scene.guild, closed)
    answer = await stage.fake.slash(closed, stage.scene.channel, "privacy export")
    said = await answer.message()
    assert answer.ephemeral
    assert "只有你能看到" in said.text
    (file,) = said.attachments
    assert file["filename"] == "gpu-scout-export.json"
    assert exported(world, file)["user_id"] == str(closed.id)


def exported(world: Map, file: dict[str, Any]) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(world.stage.fake.state.uploads[file["id"]])
    return whole

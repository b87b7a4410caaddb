"""One night's reminders, each with its own obstacle, delivered by a bot that was restarted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.reminders.nonce import NONCE_LENGTH
from tests.fakes.discord import Channel, MessageFlag, Permission, User
from tests.process.stage import Stage, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOSTILE = "tea @everyone <@{other}> [free](https://example.com) **now**"


SNOOZES_AND_EDIT = [
    "Snooze 10 min",
    "Snooze 30 min",
    "Snooze 1 h",
    "Snooze to tomorrow 9:00",
    "Edit",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """Who was promised what; the bot that delivers it is running."""

    stage: Stage
    users: dict[str, User]
    channels: dict[str, Channel]

    def dm(self, name: str) -> Channel:
        return self.stage.fake.dm(self.users[name])


NAMES = (
    "plain",
    "session",
    "closed",
    "gone",
    "hidden",
    "muted",
    "left",
    "archived",
    "policy",
    "removed",
    "stuck",
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def night(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Night]:
    folder = tmp_path_factory.mktemp("night")
    async with staged(folder, f"sqlite:///{folder / 'scout.sqlite3'}") as stage:
        world, scene, fake = stage.fake.world, stage.scene, stage.fake
        users = {name: world.add_user(name) for name in NAMES}
        for user in users.values():
            world.add_member(scene.guild, user)
        channels = {
            name: world.add_channel(scene.guild, name)
            for name in ("closed", "gone", "hidden", "muted", "stuck")
        }
        channels["archived"] = world.add_thread(scene.channel, "thread")
        # Elsewhere: the owner is still reachable through the first server.
        for name in ("left", "policy", "removed"):
            guild = world.add_guild(name, owner=scene.admin, members=[users[name]])
            channels[name] = world.add_channel(guild, name)

        bot = await stage.run()
        hostile = HOSTILE.format(other=scene.alice.id)
        await stage.promise(users["plain"], scene.channel, hostile)
        await stage.promise(scene.ming, scene.channel, "喝茶", where="here")
        await stage.promise(users["closed"], channels["closed"], "secret of closed")
        await stage.promise(users["stuck"], channels["stuck"], "secret of stuck")
        for name in ("gone", "hidden", "muted", "left", "archived", "policy", "removed"):
            await stage.promise(users[name], channels[name], f"{name} tea", where="here")
        await fake.slash(
            users["session"],
            scene.channel,
            "remind session",
            duration="90m",
            leads="30m",
            provider="kaggle-notebooks-gpu",
            note="save it",
        )
        await fake.slash(scene.admin, channels["policy"], "settings server", reminders="off")
        await bot.stop()

        users["closed"].dm_closed = users["stuck"].dm_closed = True
        world.delete_channel(channels["gone"])
        world.delete_channel(channels["stuck"])
        bot_role = scene.guild.members[world.bot.id].role_ids
        for role_id in bot_role:
            role = scene.guild.roles[role_id]
            world.overwrite(channels["hidden"], role, deny=Permission.VIEW_CHANNEL)
        world.overwrite(channels["muted"], users["muted"], deny=Permission.SEND_MESSAGES)
        channels["archived"].archived = channels["archived"].locked = True
        for name, who in (("left", users["left"]), ("removed", world.bot)):
            guild = channels[name].guild
            assert guild is not None
            world.remove_member(guild, who)

        await stage.pass_time(timedelta(hours=1))
        await stage.run(ready=2)
        yield Night(stage=stage, users=users, channels=channels)
        fake.assert_clean()


async def test_a_reminder_by_direct_message_is_readable_on_a_lock_screen(night: Night) -> None:
    message = await night.stage.reminder("tea", night.dm("plain"))
    assert message.content.startswith(f"{night.users['plain'].mention} ⏰ ")
    assert not message.flags & MessageFlag.COMPONENTS_V2
    assert [button.label for button in message.buttons] == SNOOZES_AND_EDIT


async def test_a_reminder_pings_its_owner_alone(night: Night) -> None:
    message = await night.stage.reminder("tea", night.dm("plain"))
    owner = night.users["plain"]
    assert message.mentioned_users == (owner,)
    assert not message.mentions_everyone
    (sent,) = [
        r for r in night.stage.fake.requests if r.path == f"/channels/{message.channel.id}/messages"
    ]
    allowed = sent.body["allowed_mentions"]
    assert not allowed["parse"]
    assert [int(one) for one in allowed["users"]] == [owner.id]
    assert not allowed.get("roles")


async def test_each_send_carries_a_nonce_that_discord_enforces(night: Night) -> None:
    await night.stage.reminder("tea", night.dm("plain"))
    sent = [
        request
        for request in night.stage.fake.requests
        if request.method == "POST" and request.template == "/channels/{channel_id}/messages"
    ]
    assert sent
    assert all(request.body["enforce_nonce"] for request in sent)
    assert all(len(request.body["nonce"]) == NONCE_LENGTH for request in sent)


async def test_a_reminder_in_the_channel_speaks_its_owners_language(night: Night) -> None:
    scene = night.stage.scene
    message = await night.stage.reminder("喝茶", scene.channel)
    assert message.mentioned_users == (scene.ming,)
    assert [button.label for button in message.buttons] == [
        "10 分钟后再提醒",
        "30 分钟后再提醒",
        "1 小时后再提醒",
        "明早 9:00 再提醒",
        "修改",
    ]


async def test_a_warning_names_the_provider_and_the_end_of_the_session(night: Night) -> None:
    message = await night.stage.reminder("Kaggle", night.dm("session"))
    assert "save it" in message.content
    assert ":R>" in message.content
    labels = [button.label for button in message.buttons]
    assert labels[4:] == ["Ended early", "Extend", "Edit"]


async def test_closed_direct_messages_lead_to_the_channel_without_the_note(night: Night) -> None:
    fake, owner = night.stage.fake, night.users["closed"]
    message = await night.stage.reminder("could not send", night.channels["closed"])
    assert "secret" not in message.text
    assert message.mentioned_users == (owner,)

    shown = await fake.click(owner, message, "Show")
    assert shown.ephemeral
    assert "secret of closed" in shown.text

    for curious in (night.stage.scene.alice, night.stage.scene.admin):
        refused = await fake.click(curious, message, "Show")
        assert refused.ephemeral
        assert "secret" not in refused.text
        assert "no such reminder" in refused.text
    assert "secret" not in message.text


REASONS = {
    "gone": "the channel is gone",
    "hidden": "I can't see it any more",
    "muted": "you may not write there",
    "left": "you may not write there",
    "archived": "it is archived",
    "policy": "the server's admins turned channel reminders off",
    "removed": "I am no longer in that server",
}


async def test_what_cannot_go_to_its_channel_comes_by_direct_message_and_says_why(
    night: Night,
) -> None:
    stage = night.stage
    # All in one test: a channel that refuses is asked three times, so this takes its time.
    for name, reason in REASONS.items():
        message = await stage.reminder(f"{name} tea", night.dm(name), timeout=30)
        assert reason in message.text, name
        assert stage.told(night.channels[name]) == [], name

    # Refused there and by direct message: told at the next list.
    (process,) = (each for each in stage.processes if each.is_running)
    await process.wait_for_line("GiveUp channel_gone")
    answer = await stage.fake.slash(night.users["stuck"], stage.scene.channel, "remind list")
    assert "secret of stuck" in answer.text
    assert "Could not be delivered" in answer.text
    assert "the channel is gone" in answer.text
    assert stage.told(night.dm("stuck")) == []


@pytest.mark.parametrize("label", ["Snooze 10 min", "Snooze 30 min", "Snooze 1 h"])
async def test_a_reminder_can_be_snoozed(night: Night, label: str) -> None:
    message = await night.stage.reminder("tea", night.dm("plain"))
    answer = await night.stage.fake.click(night.users["plain"], message, label)
    assert "<t:" in answer.text

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import discord
import pytest
from discord.http import Route

from tests.fakes.discord import (
    ApplicationDidNotRespondError,
    CallbackType,
    FakeDiscord,
    NotOfferedError,
    Permission,
)
from tests.fakes.sample_bot import SampleBot


async def test_commands_that_the_bot_registered_can_be_run_by_name(
    fake_discord: FakeDiscord, bot: SampleBot
) -> None:
    scene = fake_discord.populate()
    assert await fake_discord.wait_for_commands() == ["gpu info", "gpu layout", "whoami"]

    answer = await fake_discord.slash(scene.alice, scene.channel, "gpu info", offer="kaggle")

    assert answer.type is CallbackType.MESSAGE
    assert not answer.ephemeral
    assert answer.content == "kaggle x1"
    assert [b.label for b in answer.buttons] == ["Again", "Note"]
    assert fake_discord.messages.in_channel(scene.channel) == [answer.response]
    fake_discord.assert_clean()


async def test_what_discords_client_would_not_send_is_refused(
    fake_discord: FakeDiscord, bot: SampleBot
) -> None:
    scene = fake_discord.populate()
    with pytest.raises(ValueError, match="needs"):
        fake_discord.slash(scene.alice, scene.channel, "gpu info")
    with pytest.raises(ValueError, match="out of range"):
        fake_discord.slash(scene.alice, scene.channel, "gpu info", offer="x", count=9)
    with pytest.raises(LookupError, match="gpu layout"):
        fake_discord.slash(scene.alice, scene.channel, "gpu nothing")
    fake_discord.world.overwrite(
        scene.channel, scene.alice, deny=Permission.USE_APPLICATION_COMMANDS
    )
    with pytest.raises(NotOfferedError):
        fake_discord.slash(scene.alice, scene.channel, "gpu layout")


async def test_autocomplete_offers_choices(fake_discord: FakeDiscord, bot: SampleBot) -> None:
    scene = fake_discord.populate()
    answer = await fake_discord.autocomplete(scene.ming, scene.channel, "gpu info", "offer", "o")
    assert answer.choices == {"Colab": "colab", "Modal": "modal"}


async def test_a_button_edits_and_a_modal_is_filled_in(
    fake_discord: FakeDiscord, bot: SampleBot
) -> None:
    scene = fake_discord.populate()
    message = (
        await fake_discord.slash(scene.alice, scene.channel, "gpu info", offer="colab")
    ).response

    await fake_discord.click(scene.ming, message, "Again")
    assert message.content == "pressed"

    opened = await fake_discord.click(scene.alice, message, "note")
    assert opened.type is CallbackType.MODAL
    assert [field.label for field in opened.fields] == ["Note"]
    with pytest.raises(ValueError, match="20 characters"):
        fake_discord.submit_modal(opened, Note="x" * 21)
    submitted = await fake_discord.submit_modal(opened, Note="six hours")
    assert submitted.content == "noted: six hours"
    assert submitted.ephemeral
    assert submitted.response not in fake_discord.messages.in_channel(scene.channel)
    fake_discord.assert_clean()


async def test_a_deferred_answer_is_filled_by_its_first_follow_up(
    fake_discord: FakeDiscord, bot: SampleBot
) -> None:
    scene = fake_discord.populate()
    shown = await fake_discord.slash(scene.alice, scene.channel, "gpu info", offer="colab")
    answer = await fake_discord.select(scene.alice, shown.response, "pick", "T4")
    assert answer.type is CallbackType.DEFERRED_MESSAGE
    message = await answer.message()
    assert message.text == "picked t4"
    assert message.ephemeral_for is scene.alice
    assert not answer.followups


async def test_components_v2_are_rendered_as_text(
    fake_discord: FakeDiscord, bot: SampleBot
) -> None:
    scene = fake_discord.populate()
    answer = await fake_discord.slash(scene.alice, scene.channel, "gpu layout")
    assert answer.text == "**Kaggle** 30 h a week\n[Start]\n---\nsources: 3"
    fake_discord.assert_clean()


async def test_context_menu_carries_the_message(fake_discord: FakeDiscord, bot: SampleBot) -> None:
    scene = fake_discord.populate()
    message = fake_discord.say(scene.ming, scene.channel, "the run ends at six")
    answer = await fake_discord.message_command(scene.alice, message, "Remind")
    assert answer.content == "about: the run ends at six"


async def test_context_and_owners_follow_the_place_and_the_installation(
    fake_discord: FakeDiscord, bot: SampleBot
) -> None:
    scene, world = fake_discord.populate(), fake_discord.world

    thread = world.add_thread(scene.channel)
    answer = await fake_discord.slash(scene.ming, thread, "whoami")
    assert answer.content == "ming zh-CN guild guild"
    answer = await fake_discord.slash(scene.alice, fake_discord.dm(scene.alice), "whoami")
    assert answer.content == "alice en-US dm "  # discord.py: a DM is of no guild's installation
    assert answer.interaction.owners == {"0": "0"}

    traveller = world.add_user("traveller", locale="de", installed_app=True)
    foreign = world.add_channel(world.add_guild("Elsewhere", members=[traveller], has_bot=False))
    answer = await fake_discord.slash(traveller, foreign, "whoami")
    assert answer.content == "traveller de guild user"
    private = world.private_channel(traveller, scene.alice)
    answer = await fake_discord.slash(traveller, private, "whoami")
    assert answer.content == "traveller de private user"
    with pytest.raises(NotOfferedError, match="not installed"):
        fake_discord.slash(scene.alice, private, "whoami")


async def test_the_apps_permissions_say_nothing_of_what_it_can_do_where_it_is_no_member(
    fake_discord: FakeDiscord, bot: SampleBot
) -> None:
    scene, world = fake_discord.populate(), fake_discord.world
    seen: list[int] = []
    # Typed as the bound method that it stands in for.
    bot.tree.interaction_check = _noting(seen)  # pyright: ignore[reportAttributeAccessIssue]
    me = world.add_user("traveller", installed_app=True)
    world.add_member(scene.guild, me)
    elsewhere = world.add_channel(world.add_guild("Elsewhere", members=[me], has_bot=False))
    world.overwrite(scene.channel, world.bot, deny=Permission.SEND_MESSAGES_IN_THREADS)
    for channel in (
        elsewhere,
        world.private_channel(me, scene.alice),
        world.add_thread(scene.channel, private_to=[me]),
    ):
        await fake_discord.slash(me, channel, "whoami")
    foreign, private, thread = (discord.Permissions(bits) for bits in seen)
    assert foreign.send_messages
    assert private == discord.Permissions(
        attach_files=True, embed_links=True, mention_everyone=True
    )
    # Those of the thread's channel, though the bot is not in the thread.
    assert thread.send_messages
    assert not thread.send_messages_in_threads


def _noting(seen: list[int]) -> Callable[[discord.Interaction], Coroutine[Any, Any, bool]]:
    async def check(interaction: discord.Interaction) -> bool:
        seen.append(interaction.app_permissions.value)
        return True

    return check


async def test_no_answer_is_what_the_user_would_read(fake_discord: FakeDiscord) -> None:
    scene = fake_discord.populate()
    fake_discord.commands.overwrite(None, [{"name": "slow", "description": "Nobody answers"}])
    fake_discord.interactions.callback_timeout = 0.01
    with pytest.raises(ApplicationDidNotRespondError, match="0 gateway sessions"):
        await fake_discord.slash(scene.alice, scene.channel, "slow")


async def test_a_second_answer_and_an_expired_one_are_refused(
    fake_discord: FakeDiscord, bot: SampleBot
) -> None:
    scene = fake_discord.populate()
    refused: asyncio.Queue[int] = asyncio.Queue()

    @bot.tree.command(name="twice")
    async def twice(interaction: discord.Interaction) -> None:
        """Answer twice."""
        again = discord.Object(interaction.id)
        await interaction.response.send_message("first")
        data = {"type": 4, "data": {"content": "second"}}
        route = Route(
            "POST",
            "/interactions/{webhook_id}/{webhook_token}/callback",
            webhook_id=again.id,
            webhook_token=interaction.token,
        )
        with pytest.raises(discord.HTTPException) as caught:
            await bot.http.request(route, json=data)
        await refused.put(caught.value.code)

    @bot.tree.command(name="late")
    async def late(interaction: discord.Interaction) -> None:
        """Answer too late."""
        fake_discord.interactions.callback_timeout = 0
        with pytest.raises(discord.NotFound) as caught:
            await interaction.response.send_message("late")
        await refused.put(caught.value.code)

    await bot.tree.sync()
    fake_discord.slash(scene.alice, scene.channel, "twice")
    assert await refused.get() == 40060
    fake_discord.slash(scene.alice, scene.channel, "late")
    assert await refused.get() == 10062
    assert [violation.code for violation in fake_discord.violations] == [40060, 10062]


async def test_a_thousand_interactions_at_once_are_all_answered(
    fake_discord: FakeDiscord, bot: SampleBot
) -> None:
    scene = fake_discord.populate()
    fake_discord.interactions.callback_timeout = 60
    handles = [
        fake_discord.autocomplete(scene.alice, scene.channel, "gpu info", "offer", "kag")
        for _ in range(1000)
    ]
    for handle in handles:
        await handle
    assert all(handle.choices == {"Kaggle": "kaggle"} for handle in handles)

import asyncio
from datetime import timedelta

import pytest

from bot.discord.playground.clock import PlaygroundClock
from bot.discord.playground.world import World
from bot.speech import stamps
from tests.playground.conftest import START, arrival


async def test_a_skip_is_answered_and_then_the_world_is_later(
    world: World, clock: PlaygroundClock
) -> None:
    result = await world.actors[0].slash(world.channel, "playground skip", duration="5h30m")
    later = START + timedelta(hours=5, minutes=30)
    assert clock.now() - later < timedelta(minutes=1)
    assert clock.now() >= later
    assert result.response is not None
    shown = {stamps.full(later + timedelta(seconds=late)) for late in range(60)}
    assert any(stamp in result.response.content for stamp in shown)
    sent = result.response.message.created_at
    assert sent - START < timedelta(minutes=1)


async def test_what_is_due_after_the_skip_is_sent_at_once(world: World) -> None:
    ada = world.actors[0]
    await ada.slash(world.channel, "remind session", duration="6h")
    arrived = arrival(world, "6h are over")
    await ada.slash(world.channel, "playground skip", duration="6h1m")
    async with asyncio.timeout(10):
        assert await arrived - START > timedelta(hours=6)


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
async def test_more_than_a_year_is_refused_and_nothing_moves(
    world: World, clock: PlaygroundClock, locale: str
) -> None:
    actor = next(actor for actor in world.actors if world.locale_of(actor.id) == locale)
    result = await actor.slash(world.channel, "playground skip", duration="9000h")
    assert result.response is not None
    assert result.response.ephemeral
    assert ("year" if locale == "en-US" else "一年") in result.response.content
    assert clock.now() - START < timedelta(hours=1)

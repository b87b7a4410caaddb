import asyncio
from datetime import datetime, timedelta

import aiohttp

from bot.discord.playground.clock import PlaygroundClock
from bot.discord.playground.page import LivePage
from bot.discord.playground.world import World
from tests.playground.conftest import START, Browser, arrival, texts
from tests.playground.standin import StandIn


async def test_a_message_that_comes_by_itself_is_in_the_next_look_at_the_page(
    browser: Browser, world: World, bot: StandIn
) -> None:
    before = await browser.open()
    arrived = arrival(world, "tea is ready")
    bot.promises.add(START, world.channel_id, "tea is ready")
    async with asyncio.timeout(10):
        await arrived
    after = await browser.state()
    assert "tea is ready" not in texts(before)
    assert "tea is ready" in texts(after)


async def test_a_look_at_the_page_while_an_action_runs_leaves_it_to_the_action_to_publish(
    browser: Browser, world: World, bot: StandIn
) -> None:
    before = await browser.open()
    arrived = arrival(world, "tea is ready")
    bot.promises.add(START, world.channel_id, "tea is ready")
    async with asyncio.timeout(10):
        await arrived
    world.env._begin_operation("an action")  # pyright: ignore[reportPrivateUsage]
    during = await browser.state()
    world.env._end_operation()  # pyright: ignore[reportPrivateUsage]
    after = await browser.state()
    assert during["publishedRevision"] == before["publishedRevision"]
    assert "tea is ready" in texts(after)


async def test_a_page_without_news_keeps_its_revision_so_that_clicks_are_taken(
    browser: Browser, clock: PlaygroundClock
) -> None:
    before = await browser.open()
    clock.advance(3600)
    after = await browser.state()
    assert after["publishedRevision"] == before["publishedRevision"]


async def test_what_happens_on_one_page_is_seen_on_the_others(
    browser: Browser, live_page: LivePage, world: World, http: aiohttp.ClientSession
) -> None:
    other = Browser(http, live_page.url)
    await browser.open()
    await other.open(world.members[1].id)
    await browser.run("gpu info", offer="Modal")
    assert "Asked in en-US" in texts(await other.state())


async def test_a_message_with_a_relative_time_is_drawn_again_after_a_skip_and_no_other_is(
    browser: Browser, clock: PlaygroundClock
) -> None:
    await browser.open()
    await browser.run("remind session", duration="6h")
    await browser.run("gpu info", offer="Modal")
    before = await browser.state()
    clock.advance(timedelta(hours=5, minutes=30).total_seconds())
    after = await browser.state()
    drawn_again = [
        message["content"]
        for key, message in after["messages"].items()
        if message != before["messages"][key]
    ]
    assert len(drawn_again) == 1
    assert drawn_again[0].startswith("Due <t:")
    shown = datetime.fromisoformat(after["profile"]["presentationTime"])
    assert shown - START >= timedelta(hours=5, minutes=30)


async def test_times_are_written_in_the_language_of_the_viewer(
    browser: Browser, world: World
) -> None:
    ada, _, lin = world.members
    assert (await browser.open(ada.id))["profile"]["locale"] == "en-US"
    assert (await browser.open(lin.id))["profile"]["locale"] == "zh-CN"

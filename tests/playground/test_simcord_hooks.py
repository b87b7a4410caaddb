"""What the playground relies on beyond SimCord's public names; a new version must pass this."""

# pyright: reportPrivateUsage=false

import inspect
from datetime import timedelta
from importlib.metadata import version

from simcord import Preview
from simcord.preview._pages import _Page
from simcord.preview._server import PreviewServer

from bot.discord.playground.clock import PlaygroundClock
from bot.discord.playground.page import LivePage
from bot.discord.playground.server import SCRIPT, STYLE
from bot.discord.playground.world import World
from bot.speech.locales import Locale
from tests.playground.conftest import START, Browser
from tests.playground.standin import StandIn


def test_the_version_that_all_this_was_read_in() -> None:
    assert version("simcord") == "3.2.1"


async def test_the_backend_takes_its_time_from_an_exchanged_clock(
    world: World, clock: PlaygroundClock
) -> None:
    clock.advance(timedelta(days=2).total_seconds())
    assert world.env.now() - START >= timedelta(days=2)
    result = await world.actors[0].slash(world.channel, "gpu info", offer="Modal")
    assert result.response is not None
    assert result.response.message.created_at - START >= timedelta(days=2)


async def test_the_parser_of_interactions_is_looked_up_at_each_event(world: World) -> None:
    lin = world.actors[-1]
    result = await lin.slash(world.channel, "gpu info", offer="Modal")
    assert result.response is not None
    assert "Asked in zh-CN" in str(result.response.components)


async def test_the_page_lists_the_commands_that_the_backend_calls_visible(
    browser: Browser, world: World, bot: StandIn
) -> None:
    await browser.open(world.members[-1].id)
    chinese = bot.book.say(Locale.ZH_CN, "cmd-gpu-info")
    assert (await browser.commands())["gpu info"]["description"] == chinese
    assert (await browser.run("gpu info", offer="Modal"))["settlement"] == "settled"


def test_a_preview_is_made_from_these_arguments() -> None:
    assert list(inspect.signature(Preview.__init__).parameters) == [
        "self", "env", "channel", "viewers", "layout", "display", "width", "height", "locale",
        "timezone", "presentation_time", "assets", "sku_presentations", "port",
    ]  # fmt: skip


def test_a_browser_is_answered_through_the_methods_that_are_overridden() -> None:
    for method, parameters in (
        (Preview._publish, ["self", "page", "reason"]),
        (Preview._page_payload, ["self", "page"]),
        (PreviewServer._index, ["self", "request"]),
    ):
        assert list(inspect.signature(method).parameters) == parameters
    assert "self.preview._page_payload(page)" in inspect.getsource(PreviewServer._state)
    assert {"id", "viewer", "snapshot"} <= set(_Page.__dataclass_fields__)


async def test_an_operation_is_known_while_it_runs_and_only_then(
    browser: Browser, world: World, live_page: LivePage
) -> None:
    seen: list[bool] = []
    world.env.backend.subscribers.append(
        lambda _event, _payload: seen.append(live_page.env._operation_task is not None)
    )
    await browser.open()
    await browser.run("gpu info", offer="Modal")
    assert seen
    assert all(seen)
    assert live_page.env._operation_task is None


async def test_files_by_absolute_path_are_served_beside_the_previews_own(
    browser: Browser,
) -> None:
    assert await browser.file("/playground.js") == SCRIPT.read_text(encoding="utf-8")
    assert await browser.file("/playground.css") == STYLE.read_text(encoding="utf-8")
    index = await browser.file("/")
    assert index.index("/playground.js") < index.index("/app.js")

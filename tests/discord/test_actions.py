import re
from typing import Any

import pytest
from discord import ui

from bot.discord.actions import on_click, sealed
from bot.discord.errors import Complaints
from bot.reminders.custom_id import RemindButton
from cogs._zones import TEMPLATE
from tests.cogs.town import Town, answer, parts


def stored_views(town: Town) -> list[object]:
    """What discord.py keeps in memory about messages with components."""
    store = town.bot._connection._view_store  # pyright: ignore[reportPrivateUsage]
    return [*store._views.values(), *store._synced_message_views.values()]  # pyright: ignore[reportPrivateUsage]


async def test_messages_with_components_leave_nothing_in_memory(town: Town) -> None:
    card = answer(await town.sam.slash(town.square, "gpu info", offer="kaggle-notebooks-gpu"))
    await town.sam.slash(town.square, "gpu compare")
    await town.sam.click(card, custom_id="gpu:details:kaggle-notebooks-gpu")
    await town.sam.slash(town.square, "remind session", duration="6h")
    await town.sam.slash(town.square, "remind list")
    await town.sam.slash(town.square, "remind me", when="tomorrow 9:00", about="tea")
    assert [each for each in stored_views(town) if each] == []


async def test_a_sealed_view_is_sent_whole(town: Town) -> None:
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay("hello"))
    assert sealed(view) is view
    assert view.is_finished()
    assert view.to_components()[0]["content"] == "hello"


async def test_no_custom_id_is_caught_by_two_handlers(town: Town) -> None:
    store = town.bot._connection._view_store  # pyright: ignore[reportPrivateUsage]
    templates: list[re.Pattern[str]] = list(store._dynamic_items)  # pyright: ignore[reportPrivateUsage]
    shown: set[str] = set()
    for result in (
        await town.sam.slash(town.square, "gpu info", offer="kaggle-notebooks-gpu"),
        await town.sam.slash(town.square, "gpu compare"),
        await town.sam.slash(town.square, "remind session", duration="6h"),
        await town.sam.slash(town.square, "remind list"),
        await town.sam.slash(town.square, "remind me", when="tomorrow 9:00", about="tea"),
    ):
        shown |= {each["custom_id"] for each in parts(answer(result)) if "custom_id" in each}
    assert len(shown) >= 10
    for custom_id in shown:
        assert len([each for each in templates if each.fullmatch(custom_id)]) == 1, custom_id


@pytest.mark.parametrize(
    ("template", "custom_id", "groups"),
    [
        (RemindButton.PATTERN, "rem:0123abcd:7:1:cancel", {"reminder": "7", "action": "cancel"}),
        (RemindButton.PATTERN, "rem:0123abcd:7:1:cancel:more", None),
        (RemindButton.PATTERN, "rem:0123abcd:07:1:cancel", None),
        (re.compile(TEMPLATE), "zone:pick:Ab-_9", {"step": "pick", "draft": "Ab-_9"}),
        (re.compile(TEMPLATE), "zone:else:Ab", None),
        (re.compile(TEMPLATE), "zone:pick:" + "a" * 33, None),
    ],
)
def test_a_custom_id_is_read_whole_or_not_at_all(
    template: re.Pattern[str], custom_id: str, groups: dict[str, str] | None
) -> None:
    match = template.fullmatch(custom_id)
    assert (match is None) == (groups is None)
    if match is not None and groups is not None:
        assert match.groupdict().items() >= groups.items()


def test_a_template_is_compiled_as_it_is_given() -> None:
    async def handler(*_: Any) -> None: ...

    complaints = Complaints(people=None, phrasebook=None, mentions=None, sentences={})  # pyright: ignore[reportArgumentType] - nothing fails here
    clicked = on_click(r"x:(?P<n>\d+)", handler, complaints=complaints)
    assert clicked.__discord_ui_compiled_template__.fullmatch("x:12")

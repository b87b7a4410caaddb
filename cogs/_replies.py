"""How a cog answers."""

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from typing import Any, TypeVar

import discord
from discord import Interaction, app_commands, ui

from bot.catalog.catalog import Catalog
from bot.catalog.offer import Offer
from bot.discord.errors import UserError
from bot.speech.neutral import neutral
from bot.speech.offers import OfferSpeech
from bot.speech.phrase import Phrase

T = TypeVar("T")

MOST_CHOICES = 25  # Discord refuses a longer list of choices whole
LONGEST_CHOICE = 100
SOON = 1.5  # seconds; the rest of the 3 is for the way to Discord
LONGEST_ECHO = 60  # of a wrong value that is said back


async def publicly(interaction: Interaction[Any], view: ui.LayoutView) -> None:
    """Answer so that the whole channel sees it; nothing in it pings."""
    await interaction.response.send_message(view=view)


async def privately(interaction: Interaction[Any], view: ui.LayoutView) -> None:
    """Answer so that the one who asked sees it alone."""
    await interaction.response.send_message(view=view, ephemeral=True)


async def privately_once_done(
    interaction: Interaction[Any], making: Coroutine[Any, Any, ui.LayoutView]
) -> None:
    """Answer the one who asked with what is being made.

    Discord waits 3 s for the first answer. Where the database takes longer, such as while another
    process holds it, Discord is told that there is one to come, so that neither a confirmation nor
    the sentence about a failure is lost.
    """
    task = asyncio.ensure_future(making)
    await asyncio.wait({task}, timeout=SOON)
    if task.done():
        await privately(interaction, task.result())
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    await interaction.edit_original_response(view=await task)


async def replace_or_reply(interaction: Interaction[Any], view: ui.LayoutView) -> None:
    """Change the user's own private message in place; answer below a message that others see."""
    if _is_their_own(interaction.message):
        await interaction.response.edit_message(view=view)
    else:
        await privately(interaction, view)


async def replace_or_reply_once_done(
    interaction: Interaction[Any], making: Coroutine[Any, Any, ui.LayoutView]
) -> None:
    """Do that with what is being made, as slowly as `privately_once_done` allows."""
    task = asyncio.ensure_future(making)
    await asyncio.wait({task}, timeout=SOON)
    if task.done():
        await replace_or_reply(interaction, task.result())
        return
    if _is_their_own(interaction.message):
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)
    await interaction.edit_original_response(view=await task)


def is_own(interaction: Interaction[Any]) -> bool:
    """Say whether the message behind a click answers the one who clicked, and they may change it.

    So it is if only they see it, and if it is the answer to their own command.
    """
    message = interaction.message
    if message is None or not message.flags.components_v2:
        return False
    asked = message.interaction_metadata
    return message.flags.ephemeral or (asked is not None and asked.user.id == interaction.user.id)


async def in_time(finding: Coroutine[Any, Any, T]) -> T:
    """Return what is being looked up for a form: Discord takes no form after a "one moment".

    Raises:
        UserError: it took too long; nothing was changed.
    """
    try:
        async with asyncio.timeout(2 * SOON - 0.5):
            return await finding
    except TimeoutError:
        raise UserError(Phrase("error-database-busy")) from None


def _is_their_own(message: discord.Message | None) -> bool:
    return message is not None and message.flags.ephemeral and message.flags.components_v2


def named_offer(catalog: Catalog, name: str) -> Offer:
    """Return the offer that the user named or chose.

    Raises:
        UserError: there is none of that name, such as an old choice of the autocomplete.
    """
    offer = catalog.find(name)
    if offer is None:
        value = neutral(name, most=LONGEST_ECHO)
        raise UserError(Phrase("error-no-such-offer", {"value": value}))
    return offer


def offer_choices(offers: Iterable[Offer], speech: OfferSpeech) -> list[app_commands.Choice[str]]:
    """Return autocomplete choices that show the name and send the id."""
    return [
        app_commands.Choice(name=speech.text(offer.name)[:LONGEST_CHOICE], value=offer.id)
        for offer in list(offers)[:MOST_CHOICES]
    ]


def select_values(message: discord.Message | None, custom_id: str) -> Sequence[str]:
    """Return the values that a select of the message offers."""
    if message is None:
        return []
    for item in ui.LayoutView.from_message(message).walk_children():
        if isinstance(item, ui.Select) and item.custom_id == custom_id:
            return [option.value for option in item.options]
    return []

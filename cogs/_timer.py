"""The form behind "Start timer" on an offer."""

import re
from collections.abc import Awaitable, Callable
from typing import Any, final

from discord import Interaction, ui
from typing_extensions import override

from bot.discord.actions import Form
from bot.discord.errors import Complaints
from bot.speech.phrasebook import Words
from bot.when import MAX_CHARACTERS
from cogs._remind_base import NOTE_LENGTH
from cogs.views import offer as offer_views


def template_of_timer() -> str:
    """Return what the `custom_id` of "Start timer" looks like."""
    return re.escape(offer_views.TIMER) + "(?P<offer>[a-z0-9-]+)"


@final
class TimerForm(Form):
    """How long the session lasts, and a note."""

    def __init__(
        self,
        words: Words,
        *,
        duration: str | None,
        complaints: Complaints,
        take: Callable[[Interaction[Any], str, str], Awaitable[None]],
    ) -> None:
        super().__init__(title=words("timer-form"), complaints=complaints)
        self._take = take
        self._duration: ui.TextInput[Form] = ui.TextInput(
            custom_id="duration", default=duration, max_length=MAX_CHARACTERS
        )
        self._note: ui.TextInput[Form] = ui.TextInput(
            custom_id="note", required=False, max_length=NOTE_LENGTH
        )
        self.add_item(ui.Label(text=words("timer-duration"), component=self._duration))
        self.add_item(ui.Label(text=words("timer-note"), component=self._note))

    @override
    async def on_submit(self, interaction: Interaction[Any], /) -> None:
        """Promise what was filled in."""
        await self._take(interaction, self._duration.value, self._note.value)

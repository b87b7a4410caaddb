"""`/remind list` and `/remind cancel`: what is to come, page by page, and the way out of it."""

import re
from datetime import timedelta
from typing import Any, Final

from discord import Interaction, ui

from bot.discord.actions import chosen
from bot.discord.people import Person
from bot.reminders.models import ReminderId
from cogs._moved import Moves
from cogs._remind_base import RemindBase, reminder_id
from cogs._replies import privately_once_done, replace_or_reply_once_done

FAILURES_SHOWN_FOR: Final = timedelta(days=30)
TURN_TEMPLATE: Final = r"remind:page:(?P<page>\d{1,4})"
ALL_TEMPLATE: Final = r"remind:all:(?P<step>ask|no|\d{1,18})"


class RemindList(RemindBase):
    """The part of the cog that shows and cancels."""

    async def show_list(self, interaction: Interaction[Any]) -> None:
        """Answer with the first page."""
        await privately_once_done(interaction, self._page(interaction, 0))

    async def turned(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Show another page."""
        page = self._page(interaction, int(match["page"]))
        await replace_or_reply_once_done(interaction, page)

    async def picked(self, interaction: Interaction[Any], _: re.Match[str]) -> None:
        """Show the reminder that was picked from the list, with what can be done about it."""
        for value in chosen(interaction)[:1]:
            await privately_once_done(interaction, self._one(interaction, reminder_id(value)))

    async def picked_to_cancel(self, interaction: Interaction[Any], _: re.Match[str]) -> None:
        """Cancel the reminder that was picked from a list of a former version."""
        for value in chosen(interaction)[:1]:
            await privately_once_done(interaction, self.cancelled(interaction, reminder_id(value)))

    async def all_asked(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Ask before all are cancelled, or do what was answered."""
        step = match["step"]
        if step == "ask":
            await privately_once_done(interaction, self.question(interaction))
        elif step == "no":
            await replace_or_reply_once_done(interaction, self._kept(interaction))
        else:
            cancelled = self._cancelled_all(interaction, ReminderId(int(step)))
            await replace_or_reply_once_done(interaction, cancelled)

    async def question(self, interaction: Interaction[Any]) -> ui.LayoutView:
        """Return the question before all are cancelled, or that there is nothing to cancel."""
        person = await self._people.behind(interaction)
        active = await self._reminders.active(person.id)
        lists = self._lists(person.words)
        return lists.question(active) if active else lists.cancelled_all(0)

    async def cancelled(self, interaction: Interaction[Any], which: ReminderId) -> ui.LayoutView:
        """Cancel a reminder, and return what to show."""
        person = await self._people.behind(interaction)
        moves = await Moves.since_now(self._ledger, self._shelf.catalog, person)
        cancelled = await self._reminders.cancel(person.id, which)
        return self._views(person.words).cancelled(
            cancelled.reminder, in_flight=cancelled.in_flight, remarks=await moves.told()
        )

    async def _page(self, interaction: Interaction[Any], number: int) -> ui.LayoutView:
        person = await self._people.behind(interaction)
        active = await self._reminders.active(person.id)
        failed = await self._reminders.failed(person.id, within=FAILURES_SHOWN_FOR)
        return self._lists(person.words).page(
            active, failed, number=number, empty=self._empty(person), now=self._clock.now()
        )

    def _empty(self, person: Person) -> str:
        return person.words(
            "remind-list-empty",
            session=self._mentions("remind session"),
            me=self._mentions("remind me"),
        )

    async def _one(self, interaction: Interaction[Any], which: ReminderId) -> ui.LayoutView:
        person = await self._people.behind(interaction)
        found = await self._reminders.get(person.id, which)
        return self._views(person.words).one(found, now=self._clock.now())

    async def _kept(self, interaction: Interaction[Any]) -> ui.LayoutView:
        return self._lists((await self._people.behind(interaction)).words).kept_all()

    async def _cancelled_all(
        self, interaction: Interaction[Any], latest: ReminderId
    ) -> ui.LayoutView:
        person = await self._people.behind(interaction)
        count = await self._reminders.cancel_all(person.id, latest=latest)
        return self._lists(person.words).cancelled_all(count)

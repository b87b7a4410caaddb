"""`/gpu unlock`: a part of the cog in `gpu.py`, which owns the group."""

import re
from collections.abc import Callable
from typing import Any, Final

from discord import Interaction, app_commands, ui

from bot.advice.code import decode
from bot.advice.profile import Profile
from bot.advice.query import ESSENTIALS, HAVES, Query
from bot.advice.unlock import unlock
from bot.discord.actions import Handler, chosen
from bot.discord.errors import UserError
from bot.discord.people import Person
from bot.speech.phrase import Phrase
from cogs._recommend import Recommending
from cogs._replies import publicly, replace_or_reply
from cogs._share import shareable
from cogs._wishes import Amount, Region, Short, country, named, said_of
from cogs.views import unlocking as views
from cogs.views.picks import ANY_OF_THEM, picked


class Unlocking(Recommending):
    """The command, its selects and its button; its other buttons lead to a recommendation."""

    @app_commands.command(name="unlock")
    async def unlock(
        self,
        interaction: Interaction[Any],
        card: bool | None = None,
        phone: bool | None = None,
        student: bool | None = None,
        waitlist: bool | None = None,
        identity: bool | None = None,
        application: bool | None = None,
        vram: Amount | None = None,
        gpu: Short | None = None,
        session: Amount | None = None,
        weekly: Amount | None = None,
        background: bool | None = None,
        region: Region | None = None,
    ) -> None:
        """Tell which single thing opens the most work per week."""
        given = {
            "card": card,
            "phone": phone,
            "academic_email": student,
            "waitlist": waitlist,
            "id_check": identity,
            "application": application,
            "min_vram_gib": vram,
            "gpus": named(gpu),
            "min_session_hours": session,
            "min_hours_per_week": weekly,
            "background": background,
            "region": country(region),
        }
        person = await self._people.behind(interaction)
        query = Profile.read(person.settings.wishes).under(said_of(given))
        await publicly(interaction, self._unlocking(query, person))

    async def unlocked_without(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Answer for the request of a button: without the profile."""
        query = self._unlock_query(match["code"])
        person = await self._people.behind(interaction)
        view = shareable(self._unlocking(query, person, aside=True), person.words)
        await replace_or_reply(interaction, view)

    async def unlocked_on(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Answer with one wish changed by a select."""
        query = self._unlock_query(match["code"])
        query = query.model_copy(update=picked(match["what"], chosen(interaction)))
        person = await self._people.behind(interaction)
        view = shareable(self._unlocking(query, person), person.words)
        await replace_or_reply(interaction, view)

    def _unlocking(self, said: Query, person: Person, *, aside: bool = False) -> ui.LayoutView:
        """Answer a request.

        Args:
            said: its set fields are what the user said, now or in the profile.
            person: who reads the answer.
            aside: whether the profile was left aside; what is as in it then has other reasons.
        """
        assumed = tuple(name for name in ESSENTIALS if name not in said.model_fields_set)
        query = said.empty_handed()
        words, catalog, now = person.words, self._shelf.catalog, self._clock.now()
        usual = Profile.read(person.settings.wishes).part_in(query, spoken=True)
        if aside or assumed:
            # What was assumed is not for saving before the user has seen it.
            usual = usual._replace(
                wishes=() if aside else usual.wishes, savable=usual.savable and not assumed
            )

        def make() -> ui.LayoutView:
            found = unlock(self._options(), query)
            return views.unlocking(found, assumed=assumed, usual=usual, words=words)

        spoken = frozenset(query.model_fields_set.intersection(HAVES))
        key = ("unlock", query, spoken, assumed, usual, catalog.revision, words.locale, now.date())
        return self._finished.take(key, make)

    def _unlock_query(self, code: str) -> Query:
        query = decode(code)
        if query is None:
            command = self._mentions("gpu unlock")
            raise UserError(Phrase("recommend-old-button", {"command": command}))
        return query


CLICKS: Final[tuple[tuple[str, Callable[[Unlocking], Handler]], ...]] = (
    (re.escape(views.ASK) + ANY_OF_THEM + ":(?P<code>.*)", lambda cog: cog.unlocked_on),
    (re.escape(views.WITHOUT) + "(?P<code>.*)", lambda cog: cog.unlocked_without),
)
"""What a click on each `custom_id` does."""

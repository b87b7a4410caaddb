"""`/gpu profile`: a part of the cog in `gpu.py`, which owns the group."""

import re
from collections.abc import Callable
from typing import Any, Final

from discord import Interaction, app_commands, ui
from discord.ext import commands

from bot.advice.code import decode
from bot.advice.profile import Profile
from bot.advice.query import Query
from bot.discord.actions import Handler, chosen
from bot.discord.errors import UserError
from bot.discord.mentions import CommandMentions
from bot.discord.people import People, Person
from bot.preferences import Preferences
from bot.speech.phrase import Phrase
from bot.store.users import Wishes
from cogs._replies import privately, privately_once_done, replace_or_reply_once_done
from cogs.views import profile as views
from cogs.views.picks import ANY_OF_THEM, picked


class Profiling(commands.Cog):
    """The command, its selects and its buttons; the cog that takes it in has the services.

    Each change is stored at once and acts on what is stored by then, whatever the message shows.
    """

    _people: People
    _preferences: Preferences
    _mentions: CommandMentions

    @app_commands.command(name="profile")
    async def profile(self, interaction: Interaction[Any]) -> None:
        """Show the usual wishes, with selects to change them."""
        person = await self._people.behind(interaction)
        profile = Profile.read(person.settings.wishes)
        await privately(interaction, self._profile_card(profile, person, "profile-title"))

    async def kept(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Make the request of an answer the usual one of the user who clicked."""
        query = self._saved_request(match["code"])
        person = await self._people.behind(interaction)

        async def keep() -> ui.LayoutView:
            profile = await self._profile_changed(person, lambda before: before.replaced_by(query))
            return self._profile_card(profile, person, "profile-saved")

        await privately_once_done(interaction, keep())

    async def chosen_usual(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Change one usual wish by a select of the card."""
        wishes = picked(match["what"], chosen(interaction))
        person = await self._people.behind(interaction)

        async def change() -> ui.LayoutView:
            profile = await self._profile_changed(person, lambda before: before.changed(wishes))
            return self._profile_card(profile, person, "profile-saved")

        await replace_or_reply_once_done(interaction, change())

    async def forgotten(self, interaction: Interaction[Any], _: re.Match[str]) -> None:
        """Forget the usual wishes, and say how to take that back."""
        person = await self._people.behind(interaction)

        async def forget() -> ui.LayoutView:
            before = Profile()

            def forgetting(stored: Wishes | None) -> None:
                nonlocal before
                before = Profile.read(stored)

            await self._preferences.change_wishes(person.id, forgetting)
            command = self._mentions("gpu profile")
            return views.forgotten_card(before, person.words, profile=command)

        await replace_or_reply_once_done(interaction, forget())

    async def restored(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Save again what was forgotten."""
        query = self._saved_request(match["code"])
        person = await self._people.behind(interaction)

        async def restore() -> ui.LayoutView:
            profile = await self._profile_changed(person, lambda _: Profile(query))
            return self._profile_card(profile, person, "profile-saved")

        await replace_or_reply_once_done(interaction, restore())

    async def _profile_changed(
        self, person: Person, change: Callable[[Profile], Profile]
    ) -> Profile:
        """Save what `change` makes of the profile, and return it.

        Raises:
            UserError: no button could carry so much, and so not lead out of it.
        """
        too_much = False

        def changed(stored: Wishes | None) -> Wishes | None:
            nonlocal too_much
            profile = change(Profile.read(stored))
            too_much = views.code_of(profile) is None
            return stored if too_much else profile.stored

        settings = await self._preferences.change_wishes(person.id, changed)
        if too_much:
            raise UserError(Phrase("profile-too-much"))
        return Profile.read(settings.wishes)

    def _profile_card(self, profile: Profile, person: Person, title: str) -> ui.LayoutView:
        return views.profile_card(
            profile,
            person.words,
            title=person.words(title),
            recommend=self._mentions("gpu recommend"),
            unlock=self._mentions("gpu unlock"),
        )

    def _saved_request(self, code: str) -> Query:
        query = decode(code)
        if query is None:
            command = self._mentions("gpu profile")
            raise UserError(Phrase("recommend-old-button", {"command": command}))
        return query


CLICKS: Final[tuple[tuple[str, Callable[[Profiling], Handler]], ...]] = (
    (re.escape(views.KEEP) + "(?P<code>.*)", lambda cog: cog.kept),
    (re.escape(views.MINE) + ANY_OF_THEM, lambda cog: cog.chosen_usual),
    (re.escape(views.FORGET), lambda cog: cog.forgotten),
    (re.escape(views.RESTORE) + "(?P<code>.*)", lambda cog: cog.restored),
)
"""What a click on each `custom_id` does."""

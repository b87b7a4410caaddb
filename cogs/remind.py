"""`/remind`: promises before a session ends, and of anything else."""

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, final

import discord
from discord import Interaction, app_commands
from discord.ext import commands

from bot.ask.session import usual_length
from bot.catalog.shelf import CatalogShelf
from bot.clock import Clock
from bot.discord.actions import on_click
from bot.discord.errors import Complaints, UserError
from bot.discord.forms import Submissions
from bot.discord.mentions import CommandMentions
from bot.discord.people import People
from bot.ledger import Ledger
from bot.preferences import Preferences
from bot.reminders.custom_id import RemindButton
from bot.reminders.service import Reminders
from bot.speech.locales import Locale
from bot.speech.phrase import Phrase
from bot.watches import Watches
from bot.when import Slot
from cogs._echo import start_choices, time_choices, until_choices
from cogs._every import every_choices
from cogs._remind_base import reminder_id, shown_note
from cogs._remind_buttons import FORM_TEMPLATE, RemindButtons
from cogs._remind_list import ALL_TEMPLATE, TURN_TEMPLATE
from cogs._remind_promises import ABOUT_TEMPLATE, CustomWish, RemindPromises, SessionWish
from cogs._remind_quota import RemindQuota
from cogs._replies import MOST_CHOICES, named_offer, offer_choices, privately_once_done
from cogs._timer import TimerForm, template_of_timer
from cogs._times import read_leads
from cogs._zones import TEMPLATE as ZONE_TEMPLATE
from cogs._zones import ZoneQuestion
from cogs.views.asking import AGAIN_AND_AGAIN, LONG, REMIND, SESSION, WATCH, note_of
from cogs.views.reminder_list import OLD_PICK, PICK

if TYPE_CHECKING:
    from bot.discord.client import ScoutBot

WHERE = Literal["dm", "here"]
ALL_OF_THEM: Final = "all"
"""What `/remind cancel` sends for all reminders: no id, which is a number."""
ABOUT_MENU: Final = "remind-about"


@final
class Remind(RemindPromises, RemindQuota, RemindButtons, commands.GroupCog, group_name="remind"):
    """Makes, lists, edits and cancels promises."""

    def __init__(
        self,
        *,
        reminders: Reminders,
        shelf: CatalogShelf,
        ledger: Ledger,
        watches: Watches,
        people: People,
        preferences: Preferences,
        question: ZoneQuestion,
        clock: Clock,
        mentions: CommandMentions,
        complaints: Complaints,
        tag: str,
    ) -> None:
        super().__init__()
        self._reminders = reminders
        self._shelf = shelf
        self._ledger = ledger
        self._watches = watches
        self._people = people
        self._preferences = preferences
        self._question = question
        self._clock = clock
        self._mentions = mentions
        self._complaints = complaints
        self._tag = tag

    # ---------------------------------------------------------------- commands

    @app_commands.command(name="session")
    async def session(
        self,
        interaction: Interaction[Any],
        duration: str,
        provider: str | None = None,
        leads: str | None = None,
        note: str | None = None,
        where: WHERE | None = None,
        started: str | None = None,
    ) -> None:
        """Promise to warn before a session ends."""
        wish = SessionWish(
            duration=duration,
            started=started,
            offer_id=None if provider is None else named_offer(self._shelf.catalog, provider).id,
            leads=None if leads is None else read_leads(leads, now=self._clock.now()),
            note=shown_note(note),
            here=None if where is None else where == "here",
        )
        await self.promise_session(interaction, wish)

    @app_commands.command(name="me")
    async def me(
        self,
        interaction: Interaction[Any],
        when: str,
        about: str,
        every: str | None = None,
        until: str | None = None,
        where: WHERE | None = None,
    ) -> None:
        """Promise to remind of anything, once or again and again."""
        note = shown_note(about)
        if note is None:
            raise UserError(Phrase("error-note-empty"))
        here = None if where is None else where == "here"
        wish = CustomWish(when=when, about=note, every=every, until=until, here=here)
        await self.promise_custom(interaction, wish)

    async def promise_asked(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Promise what was read in a question, for whoever confirms it."""
        note = shown_note(match["about"])
        if note is None:
            raise UserError(Phrase("error-note-empty"))
        every = match.groupdict().get("every")
        wish = CustomWish(when=match["when"], about=note, every=every)
        await self.promise_custom(interaction, wish)

    async def promise_asked_at_length(
        self, interaction: Interaction[Any], match: re.Match[str]
    ) -> None:
        """The same with a note that only the message holds."""
        note = shown_note(note_of(interaction.message))
        if note is None:
            raise UserError(Phrase("ask-note-gone"))
        wish = CustomWish(when=match["when"], about=note, every=match["every"] or None)
        await self.promise_custom(interaction, wish)

    async def promise_asked_session(
        self, interaction: Interaction[Any], match: re.Match[str]
    ) -> None:
        """Promise to warn before the end of a session that was read in a question."""
        lead, offer = match["lead"], match["offer"]
        wish = SessionWish(
            duration=match["duration"],
            started=match["started"] or None,
            offer_id=named_offer(self._shelf.catalog, offer).id if offer else None,
            leads=read_leads(lead, now=self._clock.now()) if lead else None,
        )
        await self.promise_session(interaction, wish)

    async def promise_asked_quota(
        self, interaction: Interaction[Any], match: re.Match[str]
    ) -> None:
        """Promise to tell of a quota that a question was about."""
        offer = named_offer(self._shelf.catalog, match["offer"])
        await self.promise_quota(interaction, offer, here=None)

    @app_commands.command(name="quota")
    async def quota(
        self, interaction: Interaction[Any], provider: str, where: WHERE | None = None
    ) -> None:
        """Promise to tell of a quota, from now on until that is stopped."""
        offer = named_offer(self._shelf.catalog, provider)
        here = None if where is None else where == "here"
        await self.promise_quota(interaction, offer, here=here)

    @app_commands.command(name="list")
    async def list(self, interaction: Interaction[Any]) -> None:
        """Show what is to come, and what could not be delivered."""
        await self.show_list(interaction)

    @app_commands.command(name="cancel")
    async def cancel(self, interaction: Interaction[Any], reminder: str) -> None:
        """Cancel one of the user's reminders, or ask before all of them are."""
        if reminder == ALL_OF_THEM:
            await privately_once_done(interaction, self.question(interaction))
        else:
            which = reminder_id(reminder)
            await privately_once_done(interaction, self.cancelled(interaction, which))

    @session.autocomplete("provider")
    @quota.autocomplete("provider")
    async def complete_provider(
        self, interaction: Interaction[Any], current: str
    ) -> "list[app_commands.Choice[str]]":
        """Return the offers that fit what was typed so far."""
        person = await self._people.behind(interaction)
        return offer_choices(self._shelf.catalog.search(current), self._speech(person.words))

    @session.autocomplete("duration")
    async def complete_duration(
        self, interaction: Interaction[Any], current: str
    ) -> "list[app_commands.Choice[str]]":
        """Return how the length of a session is read, from its start where that is given."""
        started = interaction.namespace.started or None
        return await self._echoed(interaction, current, Slot.DURATION, started=started)

    @session.autocomplete("started")
    async def complete_started(
        self, interaction: Interaction[Any], current: str
    ) -> "list[app_commands.Choice[str]]":
        """Return how the start of a session is read."""
        person = await self._people.behind(interaction)
        return start_choices(current, now=self._clock.now(), person=person)

    @me.autocomplete("until")
    async def complete_until(
        self, interaction: Interaction[Any], current: str
    ) -> "list[app_commands.Choice[str]]":
        """Return how the end of a series is read."""
        person = await self._people.behind(interaction)
        return until_choices(current, now=self._clock.now(), person=person)

    @me.autocomplete("when")
    async def complete_when(
        self, interaction: Interaction[Any], current: str
    ) -> "list[app_commands.Choice[str]]":
        """Return how a time is read."""
        return await self._echoed(interaction, current, Slot.TIME)

    async def _echoed(
        self,
        interaction: Interaction[Any],
        current: str,
        slot: Slot,
        *,
        started: str | None = None,
    ) -> "list[app_commands.Choice[str]]":
        person, now = await self._people.behind(interaction), self._clock.now()
        rules = self._reminders.rules
        return time_choices(
            current, now=now, person=person, slot=slot, rules=rules, started=started
        )

    @me.autocomplete("every")
    async def complete_every(
        self, interaction: Interaction[Any], current: str
    ) -> "list[app_commands.Choice[str]]":
        """Return how often it may come, what was typed first where it is understood."""
        person = await self._people.behind(interaction)
        return every_choices(current, words=person.words)

    @cancel.autocomplete("reminder")
    async def complete_reminder(
        self, interaction: Interaction[Any], current: str
    ) -> "list[app_commands.Choice[str]]":
        """Return the user's reminders that contain what was typed so far."""
        person = await self._people.behind(interaction)
        views, now = self._views(person.words), self._clock.now()
        active = await self._reminders.active(person.id)
        choices = [
            app_commands.Choice(name=views.label(each, now), value=str(each.id)) for each in active
        ]
        if len(active) > 1:
            said = person.words("cancel-all-choice", n=len(active))
            choices.insert(0, app_commands.Choice(name=said, value=ALL_OF_THEM))
        wanted = current.casefold()
        return [each for each in choices if wanted in each.name.casefold()][:MOST_CHOICES]

    # -------------------------------------------------------------------- timer

    async def start_timer(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Open the form behind "Start timer"."""
        person = await self._people.behind(interaction)
        offer = named_offer(self._shelf.catalog, match["offer"])
        form = TimerForm(
            person.words,
            duration=usual_length(offer),
            complaints=self._complaints,
            take=partial(self._timer_sent, offer.id),
        )
        await interaction.response.send_modal(form)

    async def _timer_sent(
        self, offer_id: str, interaction: Interaction[Any], duration: str, note: str
    ) -> None:
        wish = SessionWish(duration=duration, offer_id=offer_id, note=shown_note(note))
        await self.promise_session(interaction, wish)


def about_menu(cog: Remind, name: str) -> app_commands.ContextMenu:
    """Return the entry of a message's menu, which a cog can't hold itself.

    Args:
        cog: answers it.
        name: in English, as Discord sends it back.
    """

    async def remind_about(interaction: Interaction[Any], message: discord.Message) -> None:
        await cog.about_message(interaction, message)

    return app_commands.ContextMenu(name=name, callback=remind_about, extras={"key": ABOUT_MENU})


async def setup(bot: "ScoutBot") -> None:
    """Add the cog, its entry in the menu of messages, and what its buttons and forms do."""
    services = bot.services
    question = ZoneQuestion(
        people=services.people,
        preferences=services.preferences,
        clock=services.clock,
        mentions=services.mentions,
        complaints=services.complaints,
    )
    cog = Remind(
        reminders=services.reminders,
        shelf=services.shelf,
        ledger=services.ledger,
        watches=services.watches,
        people=services.people,
        preferences=services.preferences,
        question=question,
        clock=services.clock,
        mentions=services.mentions,
        complaints=services.complaints,
        tag=services.tag,
    )
    await bot.add_cog(cog)
    shown = services.phrasebook.say(Locale.EN_US, f"menu-{ABOUT_MENU}")
    bot.tree.add_command(about_menu(cog, shown))
    forms = {FORM_TEMPLATE: cog.form_sent, ABOUT_TEMPLATE: cog.about_sent}
    await bot.add_cog(Submissions(forms, complaints=services.complaints))
    for template, handler in (
        (RemindButton.PATTERN, cog.pressed),
        (re.escape(PICK), cog.picked),
        (re.escape(OLD_PICK), cog.picked_to_cancel),
        (TURN_TEMPLATE, cog.turned),
        (ALL_TEMPLATE, cog.all_asked),
        (template_of_timer(), cog.start_timer),
        (re.escape(REMIND) + "(?P<when>[^|]{1,90})[|](?P<about>.*)", cog.promise_asked),
        (
            re.escape(AGAIN_AND_AGAIN)
            + "(?P<when>[^|]{1,90})[|](?P<every>[^|]{1,90})[|](?P<about>.*)",
            cog.promise_asked,
        ),
        (
            re.escape(LONG) + "(?P<when>[^|]{1,90})[|](?P<every>[^|]{0,90})",
            cog.promise_asked_at_length,
        ),
        (
            re.escape(SESSION)
            + "(?P<duration>[^|]{1,40})[|](?P<started>[^|]{0,40})[|](?P<lead>[^|]{0,40})"
            + "[|](?P<offer>[a-z0-9-]*)",
            cog.promise_asked_session,
        ),
        (re.escape(WATCH) + "(?P<offer>[a-z0-9-]+)", cog.promise_asked_quota),
        (ZONE_TEMPLATE, question.answered),
    ):
        bot.add_dynamic_items(on_click(template, handler, complaints=services.complaints))

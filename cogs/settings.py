"""`/settings`: a user's own, and the server's for its admins."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, final

import discord
from discord import Interaction, app_commands, ui
from discord.ext import commands

from bot.clock import Clock
from bot.discord.errors import UserError
from bot.discord.people import People, Person
from bot.preferences import Preferences
from bot.reminders.models import ChannelPolicy, GuildSettings
from bot.reminders.rules import PromiseRules
from bot.speech.locales import Locale
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Words
from bot.speech.spans import span
from bot.store.users import UserSettings
from cogs._places import bot_is_member
from cogs._replies import privately
from cogs._times import checked_leads, read_leads, read_quiet_option
from cogs._zones import resolve_zone, zone_choices
from cogs.views.layout import card, text

if TYPE_CHECKING:
    from bot.discord.client import ScoutBot

LANGUAGE = Literal["auto", "en-US", "zh-CN"]
USUAL_QUIET = ("22:00-07:00", "23:00-08:00", "00:00-08:00")
LISTED_SHOWN = 30  # channels: what one still reads, and what one message holds


@final
class Settings(commands.GroupCog, group_name="settings"):
    """Changes what was chosen, and shows it; without options it only shows."""

    def __init__(
        self, *, people: People, preferences: Preferences, clock: Clock, rules: PromiseRules
    ) -> None:
        super().__init__()
        self._people = people
        self._preferences = preferences
        self._clock = clock
        self._rules = rules

    @app_commands.command(name="me")
    async def me(
        self,
        interaction: Interaction[Any],
        zone: str | None = None,
        language: LANGUAGE | None = None,
        delivery: Literal["dm", "here"] | None = None,
        leads: str | None = None,
        quiet: str | None = None,
    ) -> None:
        """Change the user's own settings, and show them."""
        user_id = interaction.user.id
        # Everything is read before anything is stored: a wrong option changes nothing.
        new_zone = None if zone is None else resolve_zone(zone)
        new_leads = None if leads is None else self._leads(leads)
        new_quiet = None if quiet is None else read_quiet_option(quiet)
        known_zone = new_zone or (await self._preferences.user(user_id)).zone
        if new_quiet is not None and known_zone is None:
            # Hours by the clocks of nobody knows where would be no promise.
            raise UserError(Phrase("quiet-needs-zone"))
        if new_zone is not None:
            await self._preferences.set_zone(user_id, new_zone)
        if new_leads is not None:
            await self._preferences.set_leads(user_id, new_leads)
        if quiet is not None:
            await self._preferences.set_quiet(user_id, new_quiet)
        if language is not None:
            await self._preferences.set_locale(user_id, _locale(language))
        if delivery is not None:
            await self._preferences.set_delivery(user_id, here=delivery == "here")
        await privately(interaction, self._mine(await self._people.behind(interaction)))

    @me.autocomplete("zone")
    async def complete_zone(
        self, interaction: Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Return the time zones that fit what was typed so far, the popular ones first."""
        words = (await self._people.behind(interaction)).words
        return zone_choices(current, now=self._clock.now(), words=words)

    @me.autocomplete("quiet")
    async def complete_quiet(
        self, interaction: Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Return the usual quiet hours, and the way out of them."""
        words = (await self._people.behind(interaction)).words
        usual = [app_commands.Choice(name=each, value=each) for each in USUAL_QUIET]
        usual.append(app_commands.Choice(name=words("quiet-off"), value="off"))
        wanted = current.strip().casefold()
        return [each for each in usual if wanted in each.name.casefold() or wanted == each.value]

    @app_commands.command(name="server")
    @app_commands.guild_only()
    async def server(
        self,
        interaction: Interaction[Any],
        reminders: Literal["off", "anywhere", "listed"] | None = None,
        channel: discord.TextChannel | discord.VoiceChannel | None = None,
        language: LANGUAGE | None = None,
        mentions: bool | None = None,
    ) -> None:
        """Change the server's settings, and show them; for those who may manage the server."""
        if interaction.guild_id is None:
            raise app_commands.NoPrivateMessage
        if not bot_is_member(interaction):
            raise UserError(Phrase("error-server-without-me"))
        # Discord's own `default_member_permissions` holds for a whole command, never for a part.
        if not interaction.permissions.manage_guild:
            raise app_commands.MissingPermissions(["manage_guild"])
        settings = await self._preferences.guild(interaction.guild_id)
        if reminders is not None or channel is not None:
            wanted = _changed(settings, reminders, None if channel is None else channel.id)
            await self._preferences.set_policy(
                interaction.guild_id, wanted.policy, wanted.channel_ids
            )
        if language is not None:
            await self._preferences.set_server_locale(interaction.guild_id, _locale(language))
        if mentions is not None:
            await self._preferences.set_answers(interaction.guild_id, answers=mentions)
        settings = await self._preferences.guild(interaction.guild_id)
        person = await self._people.behind(interaction)
        await privately(interaction, _ours(settings, person))

    def _leads(self, typed: str) -> tuple[timedelta, ...]:
        return checked_leads(read_leads(typed, now=self._clock.now()), self._rules)

    def _mine(self, person: Person) -> ui.LayoutView:
        words, chosen = person.words, person.settings
        leads = chosen.leads or self._rules.leads
        zone = words("settings-zone-none") if chosen.zone is None else chosen.zone.replace("_", " ")
        delivery = "here" if chosen.delivers_here else "dm"
        lines = [
            words("settings-me-title"),
            words("settings-zone", zone=zone),
            words("settings-language", language=words(f"language-{chosen.locale or 'auto'}")),
            words("settings-delivery", place=words(f"delivery-{delivery}")),
            words(
                "settings-leads",
                leads=words("between").join(span(lead, words) for lead in leads),
            ),
            _quiet(chosen, words),
        ]
        return card(text("\n".join(lines)))


def _quiet(chosen: UserSettings, words: Words) -> str:
    if chosen.quiet is None:
        return words("settings-quiet-none")
    start, end = (each.isoformat("minutes") for each in (chosen.quiet.start, chosen.quiet.end))
    return words("settings-quiet", start=start, end=end)


def _changed(settings: GuildSettings, policy: str | None, channel_id: int | None) -> GuildSettings:
    """Put the channel on the list, or take it off; a first listed channel turns the list on."""
    if policy is not None:
        settings = replace(settings, policy=ChannelPolicy(policy))
    if channel_id is None:
        return settings
    if channel_id in settings.channel_ids:
        left = tuple(each for each in settings.channel_ids if each != channel_id)
        return replace(settings, channel_ids=left)
    listed = settings.policy if policy is not None else ChannelPolicy.LISTED
    return replace(settings, policy=listed, channel_ids=(*settings.channel_ids, channel_id))


def _ours(settings: GuildSettings, person: Person) -> ui.LayoutView:
    words = person.words
    lines = [
        words("settings-server-title"),
        words("settings-channels", policy=words(f"policy-{settings.policy}")),
    ]
    if settings.policy is ChannelPolicy.LISTED:
        shown = settings.channel_ids[:LISTED_SHOWN]
        listed = words("between").join(f"<#{each}>" for each in shown)
        lines.append(words("settings-listed", channels=listed or words("settings-listed-none")))
        left = len(settings.channel_ids) - len(shown)
        if left:
            lines.append(words("settings-listed-more", n=left))
    lines.append(
        words("settings-language", language=words(f"server-language-{settings.locale or 'auto'}"))
    )
    lines.append(words("settings-mentions", answers=words("yes" if settings.answers else "no")))
    return card(text("\n".join(lines)))


def _locale(language: LANGUAGE) -> Locale | None:
    return None if language == "auto" else Locale(language)


async def setup(bot: "ScoutBot") -> None:
    """Add the cog."""
    services = bot.services
    await bot.add_cog(
        Settings(
            people=services.people,
            preferences=services.preferences,
            clock=services.clock,
            rules=services.reminders.rules,
        )
    )

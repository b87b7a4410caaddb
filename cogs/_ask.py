"""`/gpu ask` and mentions of the bot: a part of the cog in `gpu.py`, which owns the group."""

import asyncio
import logging
import re
from collections.abc import Callable, Hashable
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any, Final

import discord
from discord import Interaction, app_commands, ui
from discord.ext import commands

from bot.advice.query import Query
from bot.ask.answer import answer
from bot.ask.lexicon import Lexicon, load_lexicon
from bot.ask.names import Named
from bot.ask.read import USUALLY, read
from bot.ask.reading import Intent, Reading
from bot.ask.text import MOST_CHARACTERS
from bot.ask.times import timed
from bot.clock import Clock
from bot.discord.actions import Handler, chosen
from bot.discord.errors import UserError
from bot.discord.people import Person
from bot.pace import Pace
from bot.preferences import Preferences
from bot.reminders.rules import PromiseRules
from bot.speech.answers import AnswerSpeech
from bot.speech.attributes import ATTRIBUTES
from bot.speech.locales import Locale
from bot.speech.offers import OfferSpeech
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Words
from cogs._finished import MOST_KEPT, Finished
from cogs._recommend import Recommending
from cogs._replies import named_offer, privately, publicly, replace_or_reply
from cogs.views import asking as views

MINUTE: Final = timedelta(minutes=1)
MOST_OF_USER: Final = 6
"""Questions a minute."""
MOST_OF_CHANNEL: Final = 20
"""Mentions a minute that are answered."""
_log = logging.getLogger(__name__)
_INTENT: Final = f"(?P<intent>{'|'.join(Intent)})"
_OFFER: Final = "(?P<offer>[a-z0-9-]+)"
_RUN: Final = "(?::(?P<run>[^:]*))?"
_MENTION: Final = re.compile(r"<@!?(\d{15,20})>")

Question = app_commands.Range[str, 1, 1000]


class Asking(Recommending):
    """The command, the mentions, and the selects that correct a reading."""

    _preferences: Preferences
    _rules: PromiseRules
    _lexicon: Lexicon | None = None
    _me: Callable[[], int | None]
    """Gives the bot's own id, once it is logged in."""
    _by_user: Pace
    _by_channel: Pace
    _answered: dict[Hashable, tuple[Intent, ui.LayoutView]]
    """What was asked and its finished answer, below what it was made of."""

    _speeches: dict[Locale, tuple[tuple[str, date], AnswerSpeech]]
    """What says answers, with the catalog's revision and the day that it was made for."""

    def _limit(self, clock: Clock) -> None:
        """Set up the limits, and what is kept; called by the constructor of the cog."""
        self._by_user = Pace(clock=clock, most=MOST_OF_USER, within=MINUTE)
        self._by_channel = Pace(clock=clock, most=MOST_OF_CHANNEL, within=MINUTE)
        self._answered = {}
        self._speeches = {}

    @app_commands.command(name="ask")
    async def ask(self, interaction: Interaction[Any], question: Question) -> None:
        """Answer a question in words."""
        person = await self._people.behind(interaction, typed=question)
        if not self._by_user.allows(person.id):
            raise UserError(Phrase("ask-too-fast"))
        intent, view = await self._answer_to(question, person)
        # What is nobody else's business, and what nobody else needs to read.
        alone = intent in {Intent.REMINDER, Intent.OUT_OF_SCOPE}
        if alone or not await self._answers_in(interaction.guild_id):
            await privately(interaction, view)
        else:
            await publicly(interaction, view)

    @commands.Cog.listener("on_message")
    async def mentioned(self, message: discord.Message) -> None:
        """Answer a message that names the bot in its text.

        Discord hands over the content of such messages without the privileged intent. A reply to
        the bot mentions it too, but not in the text: that is no question.
        """
        question = self._question_of(message)
        if question is None:
            return
        guild_id = None if message.guild is None else message.guild.id
        if not await self._answers_in(guild_id):
            return
        if not self._by_user.allows(message.author.id):
            return  # An answer that says so would be one message more.
        if not self._by_channel.allows(message.channel.id):
            return
        person = await self._people.wrote(message)
        _, view = await self._answer_to(question, person)
        try:
            await message.reply(view=view, mention_author=False)
        except discord.HTTPException as error:
            # Not allowed to write there, or the question is gone: nobody waits for more.
            _log.info("a mention was not answered: %s", error)

    async def asked_of(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Answer the question that was read, of another provider."""
        attributes = tuple(each for each in match["attributes"].split(",") if each in ATTRIBUTES)
        names = [named_offer(self._shelf.catalog, name) for name in chosen(interaction)[:1]]
        providers = tuple(Named(offer.short, offer.id) for offer in names)
        intent, run = Intent(match["intent"]), match["run"] or ""
        await self._corrected(interaction, intent, providers, attributes, run)

    async def asked_about(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Answer another question about the offer."""
        offer = named_offer(self._shelf.catalog, match["offer"])
        attributes = tuple(each for each in chosen(interaction)[:1] if each in ATTRIBUTES)
        providers = (Named(offer.short, offer.id),)
        await self._corrected(interaction, Intent.FACT, providers, attributes)

    async def asked_otherwise(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Answer what else was meant; of the offer that was read, where one was."""
        (intent,) = (Intent(each) for each in chosen(interaction)[:1])
        providers: tuple[Named, ...] = ()
        if match["offer"] and intent in views.ABOUT_AN_OFFER:
            offer = named_offer(self._shelf.catalog, match["offer"])
            providers = (Named(offer.short, offer.id),)
        attributes = USUALLY.get(intent, ()) if intent is not Intent.FACT else ()
        await self._corrected(interaction, intent, providers, attributes)

    async def asked_rather(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Answer what may have been meant as well."""
        offers = [named_offer(self._shelf.catalog, each) for each in _listed(match["offers"])]
        await self._corrected(
            interaction,
            Intent(match["intent"]),
            tuple(Named(offer.short, offer.id) for offer in offers),
            tuple(each for each in _listed(match["attributes"]) if each in ATTRIBUTES),
            match["run"],
            self._query(match["code"]),
        )

    async def asked_wrongly(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Offer what else may have been meant, to whoever says that it was not this."""
        person, catalog = await self._people.behind(interaction), self._shelf.catalog
        attributes = tuple(each for each in match["attributes"].split(",") if each in ATTRIBUTES)
        view = views.correction(
            Intent(match["intent"]),
            attributes,
            catalog.offers.get(match["offer"]),
            match["run"] or "",
            catalog=catalog,
            words=person.words,
        )
        await privately(interaction, view)

    async def _corrected(
        self,
        interaction: Interaction[Any],
        intent: Intent,
        providers: tuple[Named, ...],
        attributes: tuple[str, ...],
        run: str = "",
        query: Query | None = None,
    ) -> None:
        person = await self._people.behind(interaction)
        reading = Reading.corrected(intent, providers, attributes, run, query)
        await replace_or_reply(interaction, self._asked(reading, person))

    async def _answer_to(self, question: str, person: Person) -> tuple[Intent, ui.LayoutView]:
        """Return what was asked, and the answer.

        A server asks the same things again and again, so answers are kept finished: below a hash
        of the question, for nobody's words are kept. Those to a reminder hold an instant and the
        user's own words, and are made for each.
        """
        lexicon, now = await self._words_known(), self._clock.now()
        asked = blake2b(question.encode(errors="replace"), digest_size=16).digest()
        key = (asked, lexicon.catalog.revision, person.words.locale, now.date())
        if (kept := self._answered.get(key)) is not None:
            return kept
        reading = read(question, lexicon, now=now)
        view = self._asked(reading, person)
        if reading.intent is Intent.REMINDER:
            return reading.intent, view
        if len(self._answered) >= MOST_KEPT:
            self._answered.clear()
        answered = self._answered[key] = reading.intent, view
        return answered

    def _asked(self, reading: Reading, person: Person) -> Finished:
        catalog, words = self._shelf.catalog, person.words
        found = timed(
            answer(reading, self._options(), self._workloads),
            now=self._clock.now(),
            zone=person.settings.zone,
            soonest=self._rules.soonest,
            farthest=self._rules.farthest,
        )
        return views.asked(found, catalog=catalog, speech=self._speech_in(words), words=words)

    def _speech_in(self, words: Words) -> AnswerSpeech:
        """Return what says answers in a language; made anew for another catalog or day."""
        catalog, now = self._shelf.catalog, self._clock.now()
        made_for = catalog.revision, now.date()
        kept = self._speeches.get(words.locale)
        if kept is None or kept[0] != made_for:
            offers = OfferSpeech(catalog=catalog, words=words, now=now)
            speech = AnswerSpeech(speech=offers, words=words, command=self._mentions)
            kept = self._speeches[words.locale] = made_for, speech
        return kept[1]

    def _question_of(self, message: discord.Message) -> str | None:
        """Return what was asked, without the mention; None where nothing was."""
        me = self._me()
        if me is None or message.author.bot or message.webhook_id is not None:
            return None
        if message.type not in {discord.MessageType.default, discord.MessageType.reply}:
            return None
        content = message.content[:MOST_CHARACTERS]
        if not any(int(each) == me for each in _MENTION.findall(content)):
            return None
        return _MENTION.sub(" ", content).strip()

    async def _answers_in(self, guild_id: int | None) -> bool:
        return guild_id is None or (await self._preferences.guild(guild_id)).answers

    async def _words_known(self) -> Lexicon:
        """Return the lexicon of the present catalog; made off the event loop, in 200 ms."""
        catalog = self._shelf.catalog
        if self._lexicon is None or self._lexicon.catalog is not catalog:
            self._lexicon = await asyncio.to_thread(load_lexicon, catalog)
        return self._lexicon


def _listed(joined: str) -> list[str]:
    return [each for each in joined.split(",") if each]


CLICKS: Final[tuple[tuple[str, Callable[[Asking], Handler]], ...]] = (
    (
        re.escape(views.WHO) + _INTENT + ":(?P<attributes>[a-z_,]*)" + _RUN,
        lambda cog: cog.asked_of,
    ),
    (
        re.escape(views.RATHER)
        + _INTENT
        + r"\|(?P<attributes>[a-z_,]*)\|(?P<offers>[a-z0-9,-]*)\|(?P<code>[^|]*)\|(?P<run>[^|]*)",
        lambda cog: cog.asked_rather,
    ),
    (
        re.escape(views.FIX) + _INTENT + ":(?P<attributes>[a-z_,]*):(?P<offer>[a-z0-9-]*)" + _RUN,
        lambda cog: cog.asked_wrongly,
    ),
    (re.escape(views.MEANT) + "(?P<offer>[a-z0-9-]*)", lambda cog: cog.asked_otherwise),
    (re.escape(views.WHAT) + _INTENT + ":" + _OFFER, lambda cog: cog.asked_about),
)
"""What a choice in each `custom_id` does."""

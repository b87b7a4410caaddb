"""`/gpu recommend`: a part of the cog in `gpu.py`, which owns the group."""

import re
from typing import Any, Final, Literal

from discord import Interaction, app_commands, ui
from discord.ext import commands

from bot.advice.code import decode
from bot.advice.index import OfferIndex
from bot.advice.profile import Profile
from bot.advice.query import HAVES, Query
from bot.advice.recommend import recommend
from bot.catalog.shelf import CatalogShelf
from bot.clock import Clock
from bot.discord.actions import chosen
from bot.discord.errors import UserError
from bot.discord.mentions import CommandMentions
from bot.discord.people import People, Person
from bot.fit.constraint import WorkloadReader, with_memory
from bot.fit.request import Method
from bot.fit.workload import Workload
from bot.speech.fitting import workload_named, workload_said
from bot.speech.offers import OfferSpeech
from bot.speech.phrase import Phrase
from cogs._finished import FinishedAnswers
from cogs._replies import LONGEST_CHOICE, publicly, replace_or_reply
from cogs._share import shareable
from cogs._wishes import Amount, Region, Short, country, named, said_of
from cogs.views import recommendation as views
from cogs.views.picks import ANY_OF_THEM, picked

AGAIN_TEMPLATE: Final = re.escape(views.AGAIN) + "(?P<code>.*)"
WITHOUT_TEMPLATE: Final = re.escape(views.WITHOUT) + "(?P<code>.*)"
ASK_TEMPLATE: Final = re.escape(views.ASK) + ANY_OF_THEM + ":(?P<code>.*)"


class Recommending(commands.Cog):
    """The command, its selects and its buttons; the cog that takes it in has the services."""

    _shelf: CatalogShelf
    _people: People
    _clock: Clock
    _mentions: CommandMentions
    _finished: FinishedAnswers
    _workloads: WorkloadReader
    _index: OfferIndex | None = None

    @app_commands.command(name="recommend")
    async def recommend(
        self,
        interaction: Interaction[Any],
        workload: app_commands.Range[str, 1, 100] | None = None,
        vram: Amount | None = None,
        max_vram: Amount | None = None,
        gpu: Short | None = None,
        bf16: bool | None = None,
        session: Amount | None = None,
        idle: Amount | None = None,
        weekly: Amount | None = None,
        monthly: Amount | None = None,
        storage: Amount | None = None,
        disk: Amount | None = None,
        ram: Amount | None = None,
        gpus: app_commands.Range[int, 1, 64] | None = None,
        tpu: bool | None = None,
        interface: Literal["notebook", "jupyter", "vscode", "ssh", "api", "cli"] | None = None,
        kind: Literal["notebook", "ide", "serverless", "vm"] | None = None,
        background: bool | None = None,
        internet: bool | None = None,
        commercial: bool | None = None,
        region: Region | None = None,
        card: bool | None = None,
        phone: bool | None = None,
        student: bool | None = None,
        waitlist: bool | None = None,
        optimise: Literal["work", "session", "start", "memory"] | None = None,
    ) -> None:
        """Find what meets all wishes for certain, and the ways out where nothing does."""
        given = {
            "accelerator": None if tpu is None else "tpu" if tpu else "gpu",
            "gpus": named(gpu),
            "min_vram_gib": vram,
            "max_vram_gib": max_vram,
            "bf16": bf16,
            "min_gpus": gpus,
            "min_session_hours": session,
            "min_idle_minutes": idle,
            "min_hours_per_week": weekly,
            "min_hours_per_month": monthly,
            "min_persistent_gb": storage,
            "min_disk_gb": disk,
            "min_ram_gb": ram,
            "background": background,
            "internet": internet,
            "commercial_use": commercial,
            "tools": None if interface is None else (interface,),
            "kinds": None if kind is None else (kind,),
            "region": country(region),
            "card": card,
            "phone": phone,
            "academic_email": student,
            "waitlist": waitlist,
            "optimise": optimise,
        }
        person = await self._people.behind(interaction)
        query = Profile.read(person.settings.wishes).under(said_of(given))
        if workload is None:
            await publicly(interaction, self._answer(query, person))
            return
        wanted, need = self._workloads.needed(workload)
        query = with_memory(query, need)
        await publicly(interaction, self._answer(query, person, because=wanted))

    @recommend.autocomplete("workload")
    async def complete_workload(
        self, interaction: Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Return what was typed as it is understood, and ways to go on from it."""
        words = (await self._people.behind(interaction)).words
        found: dict[str, str] = {}
        for typed in (current, *(f"{current} {method}" for method in Method)):
            wanted = self._workloads.read(typed)
            if wanted is not None:
                found.setdefault(workload_named(wanted, words), typed.strip())
        return [
            app_commands.Choice(name=name[:LONGEST_CHOICE], value=typed[:LONGEST_CHOICE])
            for name, typed in found.items()
        ]

    async def searched_again(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Search for the request of a button: with one way out taken, or without the profile."""
        query = self._query(match["code"])
        person = await self._people.behind(interaction)
        view = shareable(self._answer(query, person), person.words)
        await replace_or_reply(interaction, view)

    async def asked_on(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Search with one wish changed by a select."""
        query = self._query(match["code"])
        query = query.model_copy(update=picked(match["what"], chosen(interaction)))
        person = await self._people.behind(interaction)
        view = shareable(self._answer(query, person), person.words)
        await replace_or_reply(interaction, view)

    def _answer(
        self, query: Query, person: Person, *, because: Workload | None = None
    ) -> ui.LayoutView:
        """Answer a request; `because` is the workload that its memory comes from."""
        catalog, now, words = self._shelf.catalog, self._clock.now(), person.words
        usual = Profile.read(person.settings.wishes).part_in(query)
        why = None if because is None else workload_said(because, words)

        def make() -> ui.LayoutView:
            speech = OfferSpeech(catalog=catalog, words=words, now=now)
            found = recommend(self._options(), query, limit=views.MOST_SHOWN)
            return views.recommendation(found, usual=usual, speech=speech, words=words, because=why)

        # Requests are equal whatever was spoken of, and the buttons are not.
        spoken = frozenset(query.model_fields_set.intersection(HAVES))
        key = ("recommend", query, spoken, usual, why, catalog.revision, words.locale, now.date())
        return self._finished.take(key, make)

    def _options(self) -> OfferIndex:
        """Return the options of the present catalog."""
        catalog = self._shelf.catalog
        if self._index is None or self._index.catalog is not catalog:
            self._index = OfferIndex(catalog)
        return self._index

    def _query(self, code: str) -> Query:
        query = decode(code)
        if query is None:
            command = self._mentions("gpu recommend")
            raise UserError(Phrase("recommend-old-button", {"command": command}))
        return query

"""`/gpu recommend`: a part of the cog in `gpu.py`, which owns the group."""

import re
from typing import Any, Final, Literal

from discord import Interaction, app_commands, ui
from discord.ext import commands

from bot.advice.code import decode
from bot.advice.index import OfferIndex
from bot.advice.query import Aim, Query
from bot.advice.recommend import recommend
from bot.catalog.offer import Kind, Tool
from bot.catalog.shelf import CatalogShelf
from bot.clock import Clock
from bot.discord.actions import chosen
from bot.discord.errors import UserError
from bot.discord.mentions import CommandMentions
from bot.discord.people import People
from bot.speech.offers import OfferSpeech
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Words
from cogs._finished import FinishedAnswers
from cogs._replies import publicly, replace_or_reply
from cogs.views import recommendation as views

AGAIN_TEMPLATE: Final = re.escape(views.AGAIN) + "(?P<code>.*)"
ASK_TEMPLATE: Final = re.escape(views.ASK) + "(?P<what>memory|session|bring|needs|aim):(?P<code>.*)"
Amount = app_commands.Range[float, 0.01, 100_000.0]
Region = app_commands.Range[str, 2, 2]
Short = app_commands.Range[str, 1, 60]


class Recommending(commands.Cog):
    """The command, its selects and its buttons; the cog that takes it in has the services."""

    _shelf: CatalogShelf
    _people: People
    _clock: Clock
    _mentions: CommandMentions
    _finished: FinishedAnswers
    _index: OfferIndex | None = None

    @app_commands.command(name="recommend")
    async def recommend(
        self,
        interaction: Interaction[Any],
        vram: Amount | None = None,
        max_vram: Amount | None = None,
        gpu: Short | None = None,
        bf16: bool = False,
        session: Amount | None = None,
        idle: Amount | None = None,
        weekly: Amount | None = None,
        monthly: Amount | None = None,
        storage: Amount | None = None,
        disk: Amount | None = None,
        ram: Amount | None = None,
        gpus: app_commands.Range[int, 1, 64] | None = None,
        tpu: bool = False,
        interface: Literal["notebook", "jupyter", "vscode", "ssh", "api", "cli"] | None = None,
        kind: Literal["notebook", "ide", "serverless", "vm"] | None = None,
        background: bool = False,
        internet: bool = False,
        containers: bool = False,
        commercial: bool = False,
        region: Region | None = None,
        card: bool = True,
        phone: bool = True,
        student: bool = True,
        waitlist: bool = True,
        optimise: Literal["work", "session", "start", "memory"] = "work",
    ) -> None:
        """Find what meets all wishes for certain, and the ways out where nothing does."""
        tools: tuple[Tool, ...] = () if interface is None else (interface,)
        kinds: tuple[Kind, ...] = () if kind is None else (kind,)
        query = Query(
            accelerator="tpu" if tpu else "gpu",
            gpus=() if gpu is None else (gpu,),
            min_vram_gib=vram,
            max_vram_gib=max_vram,
            bf16=bf16,
            min_gpus=gpus,
            min_session_hours=session,
            min_idle_minutes=idle,
            min_hours_per_week=weekly,
            min_hours_per_month=monthly,
            min_persistent_gb=storage,
            min_disk_gb=disk,
            min_ram_gb=ram,
            background=background,
            internet=internet,
            custom_containers=containers,
            commercial_use=commercial,
            tools=tools,
            kinds=kinds,
            region=_country(region),
            card=card,
            phone=phone,
            academic_email=student,
            waitlist=waitlist,
            optimise=Aim(optimise),
        )
        words = (await self._people.behind(interaction)).words
        await publicly(interaction, self._answer(query, words))

    async def searched_again(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Search with one way out taken."""
        words = (await self._people.behind(interaction)).words
        await replace_or_reply(interaction, self._answer(self._query(match["code"]), words))

    async def asked_on(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Search with one wish changed by a select."""
        query = self._query(match["code"])
        values = chosen(interaction)
        match match["what"]:
            case "memory":
                query = query.model_copy(update={"min_vram_gib": _amount(values)})
            case "session":
                query = query.model_copy(update={"min_session_hours": _amount(values)})
            case "aim":
                query = query.model_copy(update={"optimise": Aim(values[0])})
            case "bring":
                query = _with(query, views.BRING, values)
            case _:
                query = _with(query, views.NEEDS, values)
        words = (await self._people.behind(interaction)).words
        await replace_or_reply(interaction, self._answer(query, words))

    def _answer(self, query: Query, words: Words) -> ui.LayoutView:
        catalog, now = self._shelf.catalog, self._clock.now()

        def make() -> ui.LayoutView:
            if self._index is None or self._index.catalog is not catalog:
                self._index = OfferIndex(catalog)
            speech = OfferSpeech(catalog=catalog, words=words, now=now)
            return views.recommendation(recommend(self._index, query), speech=speech, words=words)

        return self._finished.take((query, catalog.revision, words.locale, now.date()), make)

    def _query(self, code: str) -> Query:
        query = decode(code)
        if query is None:
            command = self._mentions("gpu recommend")
            raise UserError(Phrase("recommend-old-button", {"command": command}))
        return query


def _amount(values: list[str]) -> float | None:
    amount = float(values[0]) if values else 0.0
    return amount or None


def _with(query: Query, names: tuple[str, ...], values: list[str]) -> Query:
    return query.model_copy(update={name: name in values for name in names})


def _country(region: str | None) -> str | None:
    if region is None:
        return None
    if not (region.isascii() and region.isalpha()):
        raise UserError(Phrase("error-bad-country"))
    return region.upper()

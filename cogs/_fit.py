"""`/gpu fit`: a part of the cog in `gpu.py`, which owns the group."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal

from discord import Interaction, app_commands, ui

from bot.catalog.hardware import Hardware
from bot.catalog.names import folded
from bot.discord.actions import Handler, chosen
from bot.discord.errors import UserError
from bot.discord.people import Person
from bot.fit.cards import OfferFit, cards_named, known_card, offer_fits, room_of_card
from bot.fit.code import decode
from bot.fit.constraint import constraint_gib, rounded_need
from bot.fit.diffusion import DiffusionModel
from bot.fit.errors import FitError
from bot.fit.estimate import estimate
from bot.fit.fields import fields_of
from bot.fit.knobs import knobs
from bot.fit.reading import read
from bot.fit.report import figures_of, pictured
from bot.fit.training import Peak
from bot.fit.verdict import Verdict
from bot.fit.workload import figure_gib
from bot.speech.offers import OfferSpeech
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Words
from cogs._recommend import Recommending
from cogs._replies import MOST_CHOICES, privately, publicly, replace_or_reply
from cogs._share import shareable
from cogs._wishes import Short
from cogs.views import fit_controls as controls
from cogs.views import fitting as views
from cogs.views.fit_offers import Judged

COMMON_CARD: Final = "T4"
"""What is judged by where no card is named: most free offers have it."""
CARDS_OFFERED: Final = 20
NAME_SHOWN: Final = 60
_OF_A_NAME: Final = frozenset({"model-unknown", "model-near", "model-other", "no-figure-near"})
_BARE_SIZE: Final = re.compile(r"[1-9]\d{0,2}")
"""A number of parameters that nobody means as it stands: 7 is said for 7B."""
_KEPT_BY_METHOD: Final = ("model", "seq_len", "batch", "gpu", "tokens", "stack")
"""What still means the same after another method was chosen."""

Whole = app_commands.Range[int, 1, 10_000_000]
Tokens = app_commands.Range[int, 1, 10**12]
Quant = Literal[
    "none", "int8", "nf4", "gptq", "awq", "q2_k", "q3_k_m", "q4_k_m", "q5_k_m", "q6_k", "q8_0"
]


class Fitting(Recommending):
    """The command, its selects and its buttons; one of them leads to a recommendation."""

    @app_commands.command(name="fit")
    async def fit(
        self,
        interaction: Interaction[Any],
        model: Short,
        method: Literal["inference", "lora", "qlora", "full"] | None = None,
        quant: Quant | None = None,
        batch: Whole | None = None,
        sequence: Whole | None = None,
        rank: Whole | None = None,
        optimizer: Literal["adamw", "adamw_8bit", "paged_adamw_8bit", "adafactor", "lion", "sgd"]
        | None = None,
        precision: Literal["fp16", "bf16", "fp32"] | None = None,
        stack: Literal[
            "transformers", "unsloth", "liger", "llamafactory", "axolotl", "litgpt", "torchtune"
        ]
        | None = None,
        attention: Literal["eager", "sdpa", "flash"] | None = None,
        checkpointing: bool | None = None,
        gpu: Short | None = None,
        tokens: Tokens | None = None,
    ) -> None:
        """Tell whether a run of a model fits, on which free cards, and how long it takes."""
        given = {
            "model": model,
            "method": method,
            "quant": quant,
            "batch": batch,
            "seq_len": sequence,
            "lora_r": rank,
            "optimizer": optimizer,
            "precision": precision,
            "stack": stack,
            "attn": attention,
            "grad_checkpoint": checkpointing,
            "gpu": gpu,
            "tokens": tokens,
        }
        person = await self._people.behind(interaction)
        try:
            view = self._fitting(fields_of(given), person)
        except FitError as error:
            raise _as_typed(error, model) from None
        await publicly(interaction, view)

    @fit.autocomplete("model")
    async def complete_model(
        self, _: Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Return the models that fit what was typed so far."""
        typed = current.strip()
        found = [(row.name, row.id) for row in self._workloads.models.search(typed)]
        found += [(row.name, row.id) for row in self._workloads.pictures.search(typed)]
        return [app_commands.Choice(name=name, value=id_) for name, id_ in found[:MOST_CHOICES]]

    @fit.autocomplete("gpu")
    async def complete_card(
        self, _: Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Return the cards of the free offers that fit what was typed so far."""
        typed = folded(current)
        names = [each for each in self._cards() if typed in folded(each)]
        return [app_commands.Choice(name=each, value=each) for each in names[:MOST_CHOICES]]

    async def fitted_again(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Answer for the request of a button: with one setting changed."""
        request = self._request(match["code"])
        person = await self._people.behind(interaction)
        view = shareable(self._fitting(request, person), person.words)
        await replace_or_reply(interaction, view)

    async def fit_picked(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Answer with one setting changed by a select."""
        request, what = self._request(match["code"]), match["what"]
        for value in chosen(interaction)[:1]:
            if what == "method":
                kept = {name: request[name] for name in _KEPT_BY_METHOD if name in request}
                request = {**kept, what: value}
            else:
                request = {**request, what: value}
        person = await self._people.behind(interaction)
        view = shareable(self._fitting(request, person), person.words)
        await replace_or_reply(interaction, view)

    async def fit_explained(self, interaction: Interaction[Any], match: re.Match[str]) -> None:
        """Show how the memory of a run is computed, to the one who asked."""
        wanted = read(self._request(match["code"]), self._workloads.models)
        words = (await self._people.behind(interaction)).words
        peak = estimate(wanted.architecture, wanted.run)
        offers = offer_fits(self._options(), peak)
        await privately(interaction, views.how(wanted, peak, offers, words))

    def _fitting(self, request: Mapping[str, object], person: Person) -> ui.LayoutView:
        reader, words = self._workloads, person.words
        model = pictured(request, reader.models, reader.pictures)
        catalog, day = self._shelf.catalog, self._clock.now().date()

        def make() -> ui.LayoutView:
            if model is not None:
                return self._figures(request, model, words)
            return self._run(request, words)

        key = ("fit", tuple(sorted(request.items(), key=str)), catalog.revision, words.locale, day)
        return self._finished.take(key, make)

    def _run(self, request: Mapping[str, object], words: Words) -> ui.LayoutView:
        wanted = read(request, self._workloads.models)
        peak = estimate(wanted.architecture, wanted.run)
        judged = self._judged(wanted.gpu)
        offers = offer_fits(self._options(), peak)
        tokens = request.get("tokens")
        answer = views.Answer(
            request=request,
            wanted=wanted,
            peak=peak,
            judged=judged,
            offers=offers,
            knobs=knobs(wanted.architecture, wanted.run, judged.room),
            timed=self._timed(judged, offers, peak),
            tokens=tokens if isinstance(tokens, int) else None,
            need_gib=constraint_gib(wanted) or 0.1,
        )
        return views.fit(answer, cards=self._cards(), words=words)

    def _figures(
        self, request: Mapping[str, object], model: DiffusionModel, words: Words
    ) -> ui.LayoutView:
        figures = figures_of(model, request)
        gpu, plain = request.get("gpu"), figures[0]
        answer = views.PictureAnswer(
            request=request,
            model=model,
            figures=figures,
            judged=self._judged(None if gpu is None else str(gpu)),
            offers=offer_fits(self._options(), plain),
            need_gib=rounded_need(figure_gib(plain)),
        )
        speech = OfferSpeech(catalog=self._shelf.catalog, words=words, now=self._clock.now())
        return views.figures(answer, cards=self._cards(), offer_speech=speech, words=words)

    def _judged(self, gpu: str | None) -> Judged:
        """Return the card to judge by.

        Raises:
            FitError: there is none of that name.
        """
        catalog, name = self._shelf.catalog, gpu or COMMON_CARD
        room = room_of_card(catalog, name)
        known = known_card(catalog, name)
        rows = () if known is None else catalog.gpu_names.rows(known)
        # A V100 of 32 GB is not the one of the table, though it computes like it.
        own = known is not None and room == room_of_card(catalog, known)
        return Judged(
            name=rows[0].name if rows and own else name.strip(),
            room=room,
            hardware=rows[0] if rows else None,
            gpus=cards_named(name),
        )

    def _timed(self, judged: Judged, offers: Sequence[OfferFit], peak: Peak) -> Hardware | None:
        """Return the card to tell the time for: on one that is too small no run ever ends.

        It is the one judged by, or else the smallest of the offers' that takes the run.
        """
        if judged.room.judge(peak) is not Verdict.DOES_NOT_FIT:
            return judged.hardware
        names = self._shelf.catalog.gpu_names
        taking = [
            (each.room.least, rows[0])
            for each in offers
            if each.verdict is Verdict.FITS and len(rows := names.rows(each.cards[0])) == 1
        ]
        return min(taking, key=lambda each: each[0], default=(0.0, None))[1]

    def _cards(self) -> Sequence[str]:
        """Return the cards of the offers that are open, the most frequent first."""
        counted: dict[str, int] = {}
        names = self._shelf.catalog.gpu_names
        for option in self._options().options:
            if len(option.cards) == 1 and names.rows(option.cards[0]):
                counted[option.cards[0]] = counted.get(option.cards[0], 0) + 1
        return sorted(counted, key=lambda name: -counted[name])[:CARDS_OFFERED]

    def _request(self, code: str) -> dict[str, object]:
        request = decode(code)
        if request is None:
            command = self._mentions("gpu fit")
            raise UserError(Phrase("fit-error-old-button", {"command": command}))
        return request


def _as_typed(error: FitError, typed: str) -> FitError | UserError:
    """Return what is wrong with a model in the words that were typed, which were read since."""
    value = error.arguments.get("value", "")
    if error.key == "size" and _BARE_SIZE.fullmatch(value):
        return UserError(Phrase("fit-error-size-bare", {"value": value, "size": f"{value}B"}))
    if error.key in _OF_A_NAME and folded(value) not in folded(typed):
        return FitError(error.key, **{**error.arguments, "value": typed.strip()[:NAME_SHOWN]})
    return error


CLICKS: Final[tuple[tuple[str, Callable[[Fitting], Handler]], ...]] = (
    (re.escape(controls.AGAIN_FIT) + "(?P<code>.*)", lambda cog: cog.fitted_again),
    (
        re.escape(controls.PICK) + f"(?P<what>{'|'.join(controls.PICKS)}):(?P<code>.*)",
        lambda cog: cog.fit_picked,
    ),
    (re.escape(controls.HOW) + "(?P<code>.*)", lambda cog: cog.fit_explained),
)
"""What a click on each `custom_id` does."""

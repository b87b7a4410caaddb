"""The answer to a question in words: the answer first, then how the question was read."""

from collections.abc import Callable, Iterator
from typing import Final

from bot.advice.changed import changed
from bot.advice.profile import asks
from bot.advice.query import Query
from bot.advice.recommend import Recommendation
from bot.ask.answer import Answer
from bot.ask.courtesy import courtesy_of
from bot.ask.names import Card
from bot.ask.premises import NoSuchCard, WrongFigure
from bot.ask.reading import ABOUT_ONE, SEARCHES, Clarify, Intent
from bot.catalog.conflicts import OlderValue
from bot.catalog.offer import Offer
from bot.fit.cards import Room
from bot.fit.training import Peak
from bot.fit.verdict import MIB, Verdict
from bot.speech.asked_reminders import AskedReminderSpeech
from bot.speech.attributes import ATTRIBUTES, attribute_name, attribute_said
from bot.speech.cards import card_said
from bot.speech.figures import gib as mib_as_gib
from bot.speech.figures import plain
from bot.speech.fitting import gib, on_card, sharded, workload_named, workload_said
from bot.speech.history import HistorySpeech
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Words
from bot.speech.reasons import reason_said
from bot.speech.ways_out import may_fit_said, ways_out
from bot.speech.wishes import problem_said, wishes_said

MOST_FITS: Final = 3
_OVERVIEW: Final = ("gpu_model", "session_limit", "weekly_quota", "credit_card")
"""What is shown of an offer where nothing certain is asked."""
_UNITS: Final = {
    "session.limit_hours": "fact-hours",
    "session.idle_minutes": "fact-minutes",
    "quota.amount": "fact-hours",
}


def plain_command(name: str) -> str:
    """Return a command as one types it."""
    return f"`/{name}`"


class AnswerSpeech:
    """Says answers in one language, by one catalog, as of one day."""

    def __init__(
        self, *, speech: OfferSpeech, words: Words, command: Callable[[str], str] = plain_command
    ) -> None:
        """Build it on what says the facts of offers; `command` gives the mention of a command."""
        self._command = command
        self._speech = speech
        self._words = words
        self._history = HistorySpeech(speech=speech, words=words)
        self._reminders = AskedReminderSpeech(words=words, command=command)
        self._facts_said: dict[tuple[str, str], str] = {}
        """By offer and attribute: they are the same whatever the question was."""

    def lines(self, answer: Answer) -> list[str]:
        """Return the answer, a line a statement; without how it was read."""
        reading, words = answer.reading, self._words
        if reading.intent is Intent.OUT_OF_SCOPE:
            if not reading.friendly:
                return [words("ask-out-of-scope")]
            return [words(f"ask-courtesy-{courtesy_of(reading.text)}")]
        lines: list[str] = []
        if answer.evades:
            lines += [words("ask-no-evasion"), words("ask-honest-way")]
        lines += [self._stranger(name) for name in answer.strangers]
        for offer in answer.for_students:
            lines += [self._gone(offer), self._fact(offer, "region")]
        if answer.paid_plan:
            lines.append(words("ask-paid-plan"))
        lines += [self._gone(offer) for offer in answer.gone]
        lines += [self._premise(each) for each in answer.premises]
        if reading.intent is Intent.REMINDER:
            lines += self._reminders.lines(answer)
        else:
            lines += self._cards(answer)
            lines += self._run(answer)
            lines += self._changes(answer) if reading.of_changes else self._facts(answer)
        lines += self._found(answer)
        if answer.clarify is not None and answer.clarify is not Clarify.HOUR:
            lines.append(words(f"ask-clarify-{answer.clarify}"))
        return lines or [words("ask-nothing")]

    def read_as(self, answer: Answer) -> str:
        """Return how the question was read: `I read: Kaggle · quota`."""
        reading, run = answer.reading, answer.run
        parts = [self._words(f"ask-intent-{reading.intent}")]
        parts += [
            self._words("ask-without", name=named.name)
            if named.name in reading.excluded
            else named.name
            for named in reading.providers
        ]
        query = reading.query if answer.found is None else answer.found.query
        searched = reading.intent in SEARCHES
        parts += [card.name for card in reading.cards if not (searched and _wished(card, query))]
        if run is not None:
            parts.append(workload_named(run.wanted, self._words))
        if searched:
            # What it was searched for, as `/gpu recommend` says it.
            parts += [wishes_said(query, _wishes(query), self._words)]
        elif reading.of_changes:
            parts.append(self._words("ask-changes"))
        elif reading.intent is not Intent.REMINDER:
            parts += [attribute_name(each, self._words) for each in reading.attributes]
        parts = [each for each in parts if each]
        return self._words("ask-read", parts=" · ".join(parts))

    def _stranger(self, name: str) -> str:
        return self._words("ask-stranger", name=name)

    def _gone(self, offer: Offer) -> str:
        if offer.status.value in {None, "unknown"}:
            line = self._words("ask-status-unknown", name=self._speech.text(offer.name))
            return self._speech.dated(line, offer.status.sources)
        line = self._words(
            "ask-gone", name=self._speech.text(offer.name), status=self._speech.status(offer)
        )
        if offer.paid_comparison_only and offer.not_free is not None:
            line = self._words(
                "ask-paid",
                name=self._speech.text(offer.name),
                reason=self._speech.text(offer.not_free),
            )
        return self._speech.dated(line, offer.status.sources)

    def _premise(self, premise: WrongFigure | NoSuchCard) -> str:
        words = self._words
        name = premise.offer.short
        match premise:
            case WrongFigure(field=field, said=stated, true=true):
                minutes = field == "quota.amount" and premise.offer.quota.unit == "minutes"
                unit = "fact-minutes" if minutes else _UNITS[field]
                said = words(unit, n=plain(stated))
                if true is None:
                    line = words("ask-premise-unsourced", name=name, said=said)
                else:
                    right = words(unit, n=plain(true))
                    line = words("ask-premise-figure", name=name, said=said, true=right)
            case NoSuchCard(card=card):
                line = words("ask-premise-card", name=name, card=card)
        return line + self._once(premise.once)

    def _once(self, older: OlderValue | None) -> str:
        if older is None:
            return ""
        date = older.date if isinstance(older.date, str) else self._speech.text(older.date)
        return self._words("ask-once", date=date, value=self._speech.value(older.value))

    def _cards(self, answer: Answer) -> Iterator[str]:
        for card in answer.cards:
            yield card_said(card, speech=self._speech, words=self._words)
        for name in answer.unknown_cards:
            yield self._words("ask-card-unknown", name=name)
        for name in answer.unoffered_cards:
            yield self._words("ask-card-unoffered", name=name)

    def _run(self, answer: Answer) -> Iterator[str]:
        """Say whether the run fits on what was named, and what its memory rests on."""
        run, words = answer.run, self._words
        if run is None:
            if answer.run_sizes:
                yield words("ask-run-several", sizes=words("between").join(answer.run_sizes))
            elif answer.unknown_run:
                yield words("ask-run-unknown", command=self._command("gpu fit"))
            return
        if not run.judged:
            yield words("ask-needs", workload=workload_named(run.wanted, words))
        # "Kaggle's T4 x2" names the same cards twice.
        split: dict[tuple[Room, int], str] = {}
        for each in run.judged:
            usable = mib_as_gib(each.room.least)
            if not each.room.measured:
                usable = words("figure-between", low=usable, high=gib(each.room.most * MIB))
            verdict = each.room.judge(run.peak)
            yield on_card(
                each.name, each.room, run.total_bytes, verdict, usable=usable, words=words
            )
            if each.gpus > 1 and verdict is not Verdict.FITS and isinstance(run.peak, Peak):
                split[each.room, each.gpus] = sharded(
                    each.name, each.room, run.peak, each.gpus, words
                )
        yield from split.values()
        yield workload_said(run.wanted, words)

    def _facts(self, answer: Answer) -> Iterator[str]:
        asked = _asked_of(answer)
        if answer.reading.intent is Intent.STATUS_ALIVE:
            yield from (self._status(each) for each in answer.offers if each not in answer.gone)
        lines = [
            self._fact(offer, each)
            for offer in answer.offers
            if offer.status.value != "discontinued"
            for each in (*asked, *_beside(asked, offer))
        ]
        yield from dict.fromkeys(lines)

    def _changes(self, answer: Answer) -> Iterator[str]:
        """Say then and now, or that nobody wrote down what was."""
        for offer in answer.offers:
            if offer.history:
                yield self._words("changes-offer", name=offer.short)
                yield from (self._history.at_a_glance(offer, each) for each in changed(offer))
            else:
                yield self._words("changes-unknown", names=offer.short)

    def _status(self, offer: Offer) -> str:
        line = self._words(
            "ask-status", name=self._speech.text(offer.name), status=self._speech.status(offer)
        )
        return self._speech.dated(line, offer.status.sources)

    def _fact(self, offer: Offer, attribute: str) -> str:
        known = self._facts_said.get((offer.id, attribute))
        if known is not None:
            return known
        fact = attribute_said(attribute, offer, speech=self._speech, words=self._words)
        name = attribute_name(_SAME_LINE.get(attribute, attribute), self._words)
        if fact.startswith(name):  # such as "idle limit unknown"
            said = self._words("ask-fact-alone", name=offer.short, fact=fact)
        else:
            said = self._words("ask-fact", name=offer.short, attribute=name, fact=fact)
        self._facts_said[offer.id, attribute] = said
        return said

    def _found(self, answer: Answer) -> Iterator[str]:
        found = answer.found
        if found is None:
            return
        if not found.fits:
            yield from self._nothing_fits(found)
            return
        yield self._words("ask-instead" if answer.gone else "ask-fits", count=found.fitting)
        for fit in found.fits[:MOST_FITS]:
            cards = self._words("between").join(fit.choice.cards)
            yield self._words(
                "ask-fit",
                name=fit.choice.offer.short,
                cards=cards or self._words("fact-no-gpu"),
                reason=reason_said(fit.reason, self._words),
            )

    def _nothing_fits(self, found: Recommendation) -> Iterator[str]:
        """Say why, what may fit all the same, and what to give up."""
        words = self._words
        yield words("ask-nothing-fits")
        yield from (problem_said(problem, words) for problem in found.problems)
        if found.may_fit:
            yield words("recommend-may-title", count=str(found.open))
            yield from (may_fit_said(each, words) for each in found.may_fit[:MOST_FITS])
        if not found.problems:
            yield from ways_out(found, words)


def _asked_of(answer: Answer) -> tuple[str, ...]:
    """Return the attributes that are said of each offer of an answer."""
    reading = answer.reading
    if reading.intent in SEARCHES:
        # What is run tells more than figures, and who wants another offer knows those of this one.
        known = answer.run is not None or reading.intent is Intent.ALTERNATIVE
        return () if known else ("vram", "session_limit", "weekly_quota")
    asked = (*reading.attributes, *(reading.also if reading.intent in ABOUT_ONE else ()))
    return tuple(each for each in asked if each in ATTRIBUTES) or _OVERVIEW


def _beside(asked: tuple[str, ...], offer: Offer) -> tuple[str, ...]:
    """Return what an answer is not whole without: the internet, where it takes a phone."""
    switched_on = asked[:1] == ("internet_access",) and offer.access.phone.value is True
    return ("phone_verification",) if switched_on and "phone_verification" not in asked else ()


def _wishes(query: Query) -> list[str]:
    return [name for name in Query.model_fields if name != "optimise" and asks(query, name)]


def _wished(card: Card, query: Query) -> bool:
    """Say whether a card is among the wishes of a search, which are said too."""
    tpu = card.name == "TPU" and query.accelerator == "tpu"
    return tpu or any(name.split()[0] == card.name.split()[0] for name in query.gpus)


_SAME_LINE: Final = {
    "quota_reset": "weekly_quota",
    "vram": "gpu_model",
    "multi_gpu": "gpu_model",
    "tpu": "gpu_model",
    "persistent_storage": "ephemeral_disk",
}
"""Attributes that one line tells at once."""

"""`gpu-scout ask --json`: the engine of `/gpu ask`, in the language of the question."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from bot.advice.index import OfferIndex
from bot.ask.answer import Answer, answer
from bot.ask.lexicon import load_lexicon
from bot.ask.read import read
from bot.fit.constraint import WorkloadReader
from bot.speech.answers import AnswerSpeech
from bot.speech.attributes import citations_of
from bot.speech.locales import written_in
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Phrasebook

if TYPE_CHECKING:
    from bot.catalog.catalog import Catalog

MOST_SOURCES = 12


def _constraints(found: Answer) -> dict[str, object]:
    """Return what was asked for; of a run, the memory that it needs too."""
    said: dict[str, object] = dict(found.reading.constraints)
    if found.run is not None:
        said.setdefault("min_vram_gb", found.run.need_gib)
    return said


def asker(catalog: "Catalog", *, now: datetime) -> Callable[[str], dict[str, object]]:
    """Return what answers a question, as a JSON object with names and figures.

    Args:
        catalog: the facts.
        now: aware; what a time in a reminder is tried at, and ages are measured from.
    """
    lexicon, index, workloads = load_lexicon(catalog), OfferIndex(catalog), WorkloadReader()
    book = Phrasebook()

    def ask(text: str) -> dict[str, object]:
        words = book.words(written_in(text))
        speech = OfferSpeech(catalog=catalog, words=words, now=now)
        say = AnswerSpeech(speech=speech, words=words)
        reading = read(text, lexicon, now=now)
        found = answer(reading, index, workloads)
        sources = [
            source.url or source.text
            for offer in found.offers
            for attribute in reading.attributes
            for source in citations_of(attribute, offer, speech=speech, words=words)
            if source.label is not None
        ]
        sources += [source.url or source.text for card in found.cards for source in card.sources]
        return {
            "intent": reading.intent.value,
            "offers": [*reading.offers],
            "providers": [named.name for named in reading.providers],
            "gpus": [card.name for card in reading.cards],
            "attributes": [*reading.attributes],
            "constraints": _constraints(found),
            "clarify": None if found.clarify is None else found.clarify.value,
            "answer": "\n".join([*say.lines(found), say.read_as(found)]),
            "sources": list(dict.fromkeys(sources))[:MOST_SOURCES],
        }

    return ask

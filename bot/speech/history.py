"""How it is said what an offer was, and what it is today."""

from collections.abc import Callable
from typing import Final

from bot.advice.changed import Changed, alone
from bot.catalog.conflicts import OlderValue
from bot.catalog.facts import Citations, Text
from bot.catalog.offer import Offer
from bot.speech.figures import plain
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Words

_UNITS: Final = {
    "session.limit_hours": "fact-hours",
    "session.idle_minutes": "fact-minutes",
    "storage.persistent_gb": "fact-gb",
    "storage.ephemeral_gb": "fact-gb",
}
"""What a plain number of a field is counted in."""


class HistorySpeech:
    """Says older values beside today's, in one language."""

    def __init__(self, *, speech: OfferSpeech, words: Words) -> None:
        """Build it on what says the facts of today."""
        self._speech = speech
        self._words = words

    def name(self, offer: Offer) -> str:
        """Return the name of the offer."""
        return self._speech.text(offer.name)

    def subject(self, changed: Changed) -> str:
        """Return what it is about; the unit stands behind each value."""
        field = changed.field
        section = field.partition(".")[0] if field in _UNITS else field
        said = self._speech.subject(section, changed.about)
        return said[:1].upper() + said[1:]

    def date(self, older: OlderValue) -> str:
        """Return when it was true: a date, or words ("until 2026-07-30")."""
        return older.date if isinstance(older.date, str) else self._speech.text(older.date)

    def value(self, offer: Offer, older: OlderValue) -> str:
        """Return what was true, a plain number with its unit."""
        value = older.value
        if isinstance(value, bool | Text):
            return self._speech.value(value)
        if older.field == "quota.amount":
            unit = "fact-minutes" if offer.quota.unit == "minutes" else "fact-hours"
        else:
            unit = _UNITS.get(older.field or "")
        return plain(value) if unit is None else self._words(unit, n=plain(value))

    def at_a_glance(self, offer: Offer, each: Changed) -> str:
        """Return then and now of one subject, in a line."""
        words = self._words
        first = each.values[0]
        date, value, subject = self.date(first), self.value(offer, first), self.subject(each)
        today = self.still(offer, each) if each.same else self.today(offer, each)
        if today is None:
            said = words("changes-line-alone", date=date, subject=subject, value=value)
        else:
            key = "changes-line-same" if each.same else "changes-line"
            said = words(key, subject=subject, value=value, date=date, fact=today)
        between = len(each.values) - 1
        return words("changes-line-more", line=said, n=between) if between else said

    def lately(self, offer: Offer, older: OlderValue, *, beside_today: bool) -> str:
        """Return what was true at a date, in a line.

        Args:
            offer: whose value it was.
            older: the value, with a plain date.
            beside_today: whether to say what holds today; of a part of a field it is never said,
                for nobody wrote down what holds of that part.
        """
        words = self._words
        said = {
            "day": self.date(older),
            "name": offer.short,
            "subject": self._speech.subject(older.field, older.about),
            "value": self.value(offer, older),
            "source": self.source(older),
        }
        each = alone(offer, older)
        today = self.today(offer, each) if beside_today and older.about is None else None
        if today is None:
            return words("lately-value", **said)
        if each.same:
            return words("lately-value-same", **said)
        return words("lately-value-today", **said, fact=today)

    def source(self, older: OlderValue) -> str:
        """Return who says so, as a link where there is an address."""
        return self._speech.source(older.source)

    def today(self, offer: Offer, changed: Changed) -> str | None:
        """Return what holds today, with its date; None where the offer has no such figure."""
        said = self._said(offer, changed)
        return None if said is None else self._speech.dated(*said)

    def still(self, offer: Offer, changed: Changed) -> str | None:
        """Return that it is the same today, with the date of that; None as `today` does."""
        said = self._said(offer, changed)
        return None if said is None else self._speech.dated(self._words("changes-still"), said[1])

    def _said(self, offer: Offer, changed: Changed) -> "Said | None":
        say = _TODAY.get(changed.field or "")
        return None if say is None else say(self._speech, offer)


Said = tuple[str, Citations]


def _cards(speech: OfferSpeech, offer: Offer) -> Said:
    tpu = offer.tpu.sources if offer.tpu is not None else ()
    return speech.cards_labelled(offer), (
        *(each for gpu in offer.gpus for each in gpu.sources),
        *tpu,
    )


def _session(speech: OfferSpeech, offer: Offer) -> Said:
    return speech.session(offer), offer.session.limit_hours.sources


def _at_once(speech: OfferSpeech, offer: Offer) -> Said:
    concurrent = offer.session.concurrent
    value = concurrent.value
    return speech.unknown if value is None else plain(value), concurrent.sources


def _quota(speech: OfferSpeech, offer: Offer) -> Said:
    rule = offer.quota.rule.sources if offer.quota.rule else ()
    allowance = offer.credits.sources if offer.credits else ()
    return speech.quota(offer), (*offer.quota.amount.sources, *rule, *allowance)


def _storage(speech: OfferSpeech, offer: Offer) -> Said:
    kept, disk = offer.storage.persistent_gb, offer.storage.ephemeral_gb
    return speech.storage(offer), (*kept.sources, *disk.sources)


def _host(speech: OfferSpeech, offer: Offer) -> Said:
    cores, ram = offer.host.cpu_cores, offer.host.ram_gb
    return speech.host(offer) or speech.unknown, (*cores.sources, *ram.sources)


def _status(speech: OfferSpeech, offer: Offer) -> Said:
    return speech.status(offer), offer.status.sources


def _upgrade(speech: OfferSpeech, offer: Offer) -> Said:
    upgrade = offer.upgrade
    return (speech.unknown, ()) if upgrade is None else (speech.text(upgrade.path), upgrade.sources)


_TODAY: Final[dict[str, Callable[[OfferSpeech, Offer], Said]]] = {
    "gpus": _cards,
    "tpu": _cards,
    "session.limit_hours": _session,
    "session.concurrent": _at_once,
    "quota": _quota,
    "credits": _quota,
    "storage": _storage,
    "host": _host,
    "status": _status,
    "upgrade": _upgrade,
}
"""By the subject of a change; where none is, the offer is not shown to have one today."""

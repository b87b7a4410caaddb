"""What users type about their quotas, read: a stretch of use, a day, a card with a price."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, final

from bot.catalog.offer import Offer
from bot.clock import Clock
from bot.discord.errors import UserError
from bot.discord.mentions import CommandMentions
from bot.discord.people import Person
from bot.quotas.offers import rate_of
from bot.speech.neutral import neutral
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Words
from bot.when import Slot
from cogs._replies import LONGEST_ECHO
from cogs._times import read_started, read_time, read_until

LONGEST: Final = timedelta(days=7)
"""Of one entry; no session lasts longer, so a longer one is a slip."""
CARD_LENGTH: Final = 60


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Reads times as the one who typed them means them."""

    clock: Clock
    mentions: CommandMentions

    def stretch(
        self, person: Person, duration: str | None, started: str | None, ended: str | None
    ) -> tuple[datetime, datetime]:
        """Return from when to when something was used.

        Raises:
            UserError: too little was said, or too much, or what can't be.
        """
        now, zone = self.clock.now(), person.settings.zone
        length = None
        if duration is not None:
            reading = read_time(duration, now=now, zone=zone, slot=Slot.DURATION)
            if not reading.parts:
                raise UserError(Phrase("quota-log-length"))
            length = timedelta(seconds=reading.seconds)
        start = None if started is None else self._past(person, started)
        end = now if ended is None else self._past(person, ended)
        if start is None and length is None:
            raise UserError(Phrase("quota-log-what"))
        if start is not None and length is not None:
            if ended is not None:
                raise UserError(Phrase("quota-log-too-much"))
            end = start + length
        elif length is not None:
            start = end - length
        assert start is not None  # noqa: S101 - one of the two was given
        if end > now:
            session = self.mentions("remind session")
            raise UserError(Phrase("quota-log-ahead", {"session": session}))
        if end <= start:
            raise UserError(Phrase("quota-log-order"))
        if end - start > LONGEST:
            raise UserError(Phrase("quota-log-long", {"days": str(LONGEST.days)}))
        return start, end

    def _past(self, person: Person, typed: str) -> datetime:
        found = read_started(typed, now=self.clock.now(), zone=person.settings.zone)
        if found.needs_zone and person.settings.zone is None:
            raise self._needs_zone(typed)
        return found.at

    def expiry(self, person: Person, typed: str) -> datetime:
        """Return when credits expire.

        Raises:
            UserError: it goes by a clock, and nobody knows which.
        """
        found = read_until(typed, now=self.clock.now(), zone=person.settings.zone)
        if found.needs_zone and person.settings.zone is None:
            raise self._needs_zone(typed)
        return found.at

    def _needs_zone(self, typed: str) -> UserError:
        value = neutral(typed, most=LONGEST_ECHO)
        settings = self.mentions("settings me")
        return UserError(Phrase("quota-needs-zone", {"value": value, "settings": settings}))


def has_rates(offer: Offer) -> bool:
    """Whether it is said what an hour of its cards costs."""
    return offer.credits is not None and bool(offer.credits.rates)


def cards_of(offer: Offer, words: Words) -> str:
    """Return the cards of which the price is known, in a sentence."""
    rates = () if offer.credits is None else offer.credits.rates
    return words("between").join(each.gpu for each in rates)


def priced(offer: Offer, gpu: str) -> str:
    """Return the card as the user named it, now that its price is known.

    Raises:
        UserError: no price of it is known at the offer.
    """
    if rate_of(offer, gpu) is None:
        value = neutral(gpu, most=CARD_LENGTH)
        raise UserError(Phrase("quota-no-price", {"gpu": value, "name": offer.short}))
    return gpu.strip()[:CARD_LENGTH]


def read_day(typed: str) -> datetime:
    """Return midnight, UTC, of a day such as 2026-11-23.

    Raises:
        UserError: it is none.
    """
    try:
        return datetime.fromisoformat(typed.strip()[:10]).replace(tzinfo=UTC)
    except ValueError:
        value = neutral(typed, most=LONGEST_ECHO)
        raise UserError(Phrase("quota-no-day", {"value": value})) from None

"""Running sessions that end at another time for what somebody just did, in words."""

from collections.abc import Mapping
from typing import Final, Self, final

from bot.catalog.catalog import Catalog
from bot.catalog.offer import Offer
from bot.discord.people import Person
from bot.ledger import Ledger
from bot.quotas.ends import SessionEnd
from bot.quotas.running import LEAST_MOVE, Promised
from bot.reminders.models import ReminderId
from bot.speech import stamps
from bot.speech.figures import plain
from cogs._ends import quota_name

MOST_TOLD: Final = 5
"""Sessions of one answer: a message has its limits, and hardly anybody runs more at once."""


@final
class Moves:
    """What moves from when this is made until it is told."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        catalog: Catalog,
        person: Person,
        before: Mapping[ReminderId, Promised],
    ) -> None:
        """Use `since_now`."""
        self._ledger = ledger
        self._catalog = catalog
        self._person = person
        self._before = before

    @classmethod
    async def since_now(cls, ledger: Ledger, catalog: Catalog, person: Person) -> Self:
        """Remember when the sessions of a person end, before they change anything."""
        before = await ledger.promised(person.id)
        return cls(ledger=ledger, catalog=catalog, person=person, before=before)

    async def told(self, *, besides: ReminderId | None = None) -> list[str]:
        """Return one sentence for each session that ends at another time now.

        Args:
            besides: whose end the answer shows anyway.
        """
        if not self._before:
            return []
        lines: list[str] = []
        for which, now in (await self._ledger.promised(self._person.id)).items():
            was = self._before.get(which)
            if was is None or which == besides or abs(now.ends_at - was.ends_at) < LEAST_MOVE:
                continue
            offer = self._catalog.offers.get(now.offer_id)
            if offer is not None:
                end = await self._ledger.end_of(self._person.id, which, offer)
                lines.append(self._line(offer, now, end))
        return lines[:MOST_TOLD]

    def _line(self, offer: Offer, now: Promised, end: SessionEnd | None) -> str:
        # By a book that was just forgotten nobody can say why.
        why = "any" if end is None or end.used_up else end.why
        if why == "quota":
            why = quota_name(offer)
        hours = plain(offer.session.limit_hours.value or 0)
        clock = stamps.clock(now.ends_at)
        return self._person.words(f"new-end-{why}", name=offer.short, clock=clock, hours=hours)

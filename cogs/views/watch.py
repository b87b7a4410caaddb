"""How a watched quota is confirmed: what is told of it, and what comes next."""

from dataclasses import dataclass
from datetime import datetime
from typing import final

from discord import ui

from bot.quotas.account import Account, Reckoned
from bot.quotas.book import Scope
from bot.quotas.kinds import OneOff, Renewed
from bot.quotas.watch import LOW_SHARE, lead_of
from bot.reminders.ports import Watched
from bot.speech import stamps
from bot.speech.figures import plain
from bot.speech.phrasebook import Words
from bot.speech.quotas import QuotaSpeech
from bot.speech.spans import span
from cogs.views.layout import card, text
from cogs.views.reminders import ReminderViews


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class WatchViews:
    """Shows one watched quota in one language."""

    account: Account
    words: Words
    quotas: QuotaSpeech
    reminders: ReminderViews
    log: str
    """The mention of the command that writes down what was used."""
    show: str
    """The mention of the command that takes lock-outs."""
    now: datetime

    def confirmation(self, watched: Watched, *, why_there: str | None) -> ui.LayoutView:
        """Return what a user sees once a quota is watched.

        Args:
            watched: as it is stored.
            why_there: the key of the sentence that says why it goes elsewhere than was wished.
        """
        words, offer = self.words, self.account.offer
        again = watched.before is Scope.ALL
        lines = [words("watch-again" if again else "watch-stored", name=offer.short)]
        if self.account.reckoned is not None:
            lines.append(self.quotas.left(self.account.reckoned))
        lines.append(self._next(watched))
        # Blocks of their own: a line below a list would be drawn as a part of it.
        told = text("\n".join([words("watch-told"), *self._told()]))
        place = text(self.reminders.place_line(watched.reminder, why_there))
        stop = self.reminders.cancel_row(watched.reminder)
        return card(text("\n".join(lines)), told, place, stop)

    def _told(self) -> list[str]:
        words, offer, reckoned = self.words, self.account.offer, self.account.reckoned
        lines: list[str] = []
        if reckoned is not None:
            lines += self._by_numbers(reckoned)
        elif offer.quota.rule is not None and offer.quota.rule.kind == "unpublished":
            lines.append(words("watch-open"))
        minutes = offer.session.idle_minutes.value
        if minutes is not None:
            lines.append(words("watch-idle", minutes=plain(minutes)))
        return lines

    def _by_numbers(self, reckoned: Reckoned) -> list[str]:
        words, kind, lines = self.words, reckoned.kind, list[str]()
        if isinstance(kind, Renewed | OneOff):
            lead = lead_of(kind, reckoned.renews_at or self.now)
            key = "watch-expiring" if isinstance(kind, Renewed) else "watch-expiring-once"
            lines.append(words(key, span=span(lead, words)))
        level = self.quotas.amount(kind.amount * LOW_SHARE, reckoned.pool.unit, of=kind.amount)
        lines.append(words("watch-low", level=level))
        if not isinstance(kind, OneOff):
            lines.append(words("watch-renewed"))
        return lines

    def _next(self, watched: Watched) -> str:
        coming = watched.reminder.next
        if coming is None or coming.topic is None:
            if self.account.reckoned is None:
                return self.words("watch-next-lockout", show=self.show)
            return self.words("watch-next-none", log=self.log)
        return self.words(
            "watch-next",
            topic=self.words(f"topic-{coming.topic.value}"),
            full=stamps.full(coming.due_at),
            relative=stamps.relative(coming.due_at),
        )

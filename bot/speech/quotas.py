"""Quotas in words: amounts in their unit, a bar of text, what stands and what comes."""

import re
from datetime import datetime
from typing import Final

from bot.catalog.offer import Unit
from bot.quotas.account import Account, Reckoned
from bot.quotas.kinds import OneOff, Rolling
from bot.speech import stamps
from bot.speech.figures import plain
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Words

BAR_COLUMNS: Final = 24
_MINUTES_PER_HOUR: Final = 60
_REMARK: Final = re.compile(r"\s*[(（].*[)）]")


class QuotaSpeech:
    """Says quotas in one language."""

    def __init__(self, *, words: Words, speech: OfferSpeech, now: datetime) -> None:
        """Take the language, what says texts of the catalog in it, and the present instant."""
        self._words = words
        self._speech = speech
        self._now = now

    def amount(self, units: float, unit: Unit | None, *, of: float, bare: bool = False) -> str:
        """Return an amount in its unit; what is less than an hour in all is said in minutes.

        Args:
            units: what to say.
            unit: None for hours.
            of: the whole amount, by which all figures of one quota are in the same unit.
            bare: leave out the name of money, for it stands beside another figure.
        """
        if unit is None and of < 1:
            return self._words("fact-minutes", n=plain(round(units * _MINUTES_PER_HOUR, 1)))
        if unit is None:
            return self._words("fact-hours", n=plain(round(units, 1)))
        if bare:
            return f"{units:.2f}"
        said = unit if isinstance(unit, str) else self._speech.text(unit)
        # Some explain themselves: "credits (1 credit = 1 USD)".
        name = _REMARK.sub("", said)
        return self._words("quota-money", n=f"{units:.2f}", unit=name)

    def bar(self, reckoned: Reckoned) -> str:
        """Return a bar of text: used, planned, left, and the share that is used."""
        amount = reckoned.standing.amount
        share = min(1.0, reckoned.standing.used / amount) if amount > 0 else 1.0
        planned = min(1.0 - share, reckoned.planned / amount) if amount > 0 else 0.0
        # Up, so that the least use shows; but never full while something is left.
        used = min(BAR_COLUMNS, -int(-share * BAR_COLUMNS // 1))
        if used == BAR_COLUMNS and share < 1:
            used -= 1
        ahead = min(BAR_COLUMNS - used, round(planned * BAR_COLUMNS))
        drawn = "█" * used + "▒" * ahead + "░" * (BAR_COLUMNS - used - ahead)
        return f"`{drawn}` {share:.0%}"

    def lines(self, account: Account) -> list[str]:
        """Return how a quota stands and what comes; nothing for one without numbers."""
        reckoned = account.reckoned
        if reckoned is None:
            return []
        return [self.left(reckoned), *self._planned(reckoned), *self._comes(reckoned)]

    def standing_lines(self, reckoned: Reckoned) -> list[str]:
        """Return what is left, and what comes."""
        return [self.left(reckoned), *self._comes(reckoned)]

    def left_of(self, reckoned: Reckoned) -> tuple[str, str]:
        """Return what is left, and the whole amount, in the quota's unit."""
        standing, unit = reckoned.standing, reckoned.pool.unit
        whole = standing.amount
        left = self.amount(standing.left, unit, of=whole)
        return left, self.amount(whole, unit, of=whole, bare=True)

    def left(self, reckoned: Reckoned) -> str:
        """Return what is left of how much, and what is used."""
        standing, unit = reckoned.standing, reckoned.pool.unit
        left, amount = self.left_of(reckoned)
        used = self.amount(standing.used, unit, of=standing.amount, bare=True)
        key = "quota-left-least" if reckoned.pool.at_least else "quota-left"
        return self._words(key, left=left, amount=amount, used=used)

    def _planned(self, reckoned: Reckoned) -> list[str]:
        if reckoned.planned <= 0 or reckoned.gone_at is not None:
            return []  # that it goes to them, all of it, is said with its end
        whole = reckoned.standing.amount
        said = self.amount(reckoned.planned, reckoned.pool.unit, of=whole)
        return [self._words("quota-planned", planned=said)]

    def _comes(self, reckoned: Reckoned) -> list[str]:
        words, lines = self._words, list[str]()
        if reckoned.gone_at is not None:
            # What runs is surer than what was used a day so far.
            lines.append(words("quota-gone", **_stamps(reckoned.gone_at)))
        elif reckoned.pace is not None:
            lines.append(self._pace(reckoned))
        if isinstance(reckoned.kind, OneOff):
            key = "quota-once" if reckoned.expires_at is None else "quota-expires"
            return [*lines, words(key, **_stamps(reckoned.expires_at))]
        if reckoned.renews_at is None:
            return [*lines, words("quota-whole")]
        more_at = reckoned.standing.more_at
        if isinstance(reckoned.kind, Rolling) and more_at not in (None, reckoned.renews_at):
            lines.append(words("quota-more", **_stamps(more_at)))
        return [*lines, words("quota-renews", **_stamps(reckoned.renews_at))]

    def _pace(self, reckoned: Reckoned) -> str:
        found = reckoned.pace
        if found is None or found.runs_out_at is None:
            return self._words("quota-lasts")
        if reckoned.standing.left <= 0:
            return self._words("quota-used-up")
        return self._words("quota-runs-out", **_stamps(found.runs_out_at))


def _stamps(instant: datetime | None) -> dict[str, str]:
    if instant is None:
        return {}
    return {"full": stamps.full(instant), "relative": stamps.relative(instant)}

"""How quotas are shown: all of a user's, one whole, and what was written down."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import discord
from discord import ui

from bot.catalog.offer import Offer
from bot.discord.mentions import CommandMentions
from bot.quotas.account import Account
from bot.quotas.book import Entry, Source
from bot.quotas.kinds import Renewed
from bot.quotas.offers import Personal, pool_of
from bot.quotas.pattern import pattern_of
from bot.speech import stamps
from bot.speech.figures import plain
from bot.speech.neutral import neutral
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Words
from bot.speech.quotas import QuotaSpeech
from bot.speech.spans import span
from cogs.views.layout import button, card, line, row, text

OFFER: Final = "(?P<offer>[a-z0-9-]+)"
WEEK: Final = "quota:week:"
ENTRIES: Final = "quota:entries:"
LOCK: Final = "quota:lock:"
FREE: Final = "quota:free:"
FORGET: Final = "quota:forget:"
FORGET_SURELY: Final = "quota:forget-surely:"
PASTE: Final = "quota:paste"
REMIND: Final = "quota:remind:"
"""Tells what is to be, and not to turn it over: pressed twice it is what was pressed."""
ONE: Final = "quota:one"
DROP: Final = "quota:drop"
UNDO: Final = re.compile(r"quota:undo:(?P<entry>[1-9][0-9]{0,17})", re.ASCII)
WEEK_FILE: Final = "week.png"

MOST_SHOWN: Final = 5  # quotas in one answer: more is a wall on a phone
MOST_LISTED: Final = 10  # entries
MOST_OPTIONS: Final = 25  # of a select
LOCKOUTS_LISTED: Final = 5
LABEL_LENGTH: Final = 100
IMPORTABLE: Final = frozenset({"kaggle-notebooks-gpu", "kaggle-notebooks-tpu", "hf-zerogpu"})
"""Offers whose providers print a user's quota in a form that can be pasted."""


class QuotaViews:
    """Shows quotas in one language."""

    def __init__(
        self, *, words: Words, speech: OfferSpeech, mentions: CommandMentions, now: datetime
    ) -> None:
        """Take the language, what says names in it, the commands, and the present instant."""
        self._words = words
        self._speech = speech
        self._mentions = mentions
        self._now = now
        self.quotas = QuotaSpeech(words=words, speech=speech, now=now)

    def overview(self, accounts: Sequence[Account]) -> ui.LayoutView:
        """Return all quotas of which something is written down."""
        words, mentions = self._words, self._mentions
        if not accounts:
            empty = words(
                "quota-empty",
                session=mentions("remind session"),
                log=mentions("quota log"),
                paste=mentions("quota import"),
            )
            return card(text(empty), row(button(words("quota-paste-button"), PASTE)))
        if len(accounts) == 1:
            return self.one(accounts[0])
        shown = accounts[:MOST_SHOWN]
        said = [words("quota-title"), *(self._in_short(each) for each in shown)]
        if len(accounts) > len(shown):
            said.append(words("quota-more-offers", n=len(accounts) - len(shown)))
        select: ui.Select[ui.LayoutView] = ui.Select(
            custom_id=ONE,
            placeholder=words("quota-pick"),
            options=[
                discord.SelectOption(label=each.offer.short, value=each.offer.id)
                for each in accounts[:MOST_OPTIONS]
            ],
        )
        return card(text("\n".join(said)), row(select), *self._remind(shown))

    def one(self, account: Account, *, remark: str | None = None) -> ui.LayoutView:
        """Return one quota whole, with all that can be done about it."""
        words, offer = self._words, account.offer
        said = [*([] if remark is None else [remark]), self._in_short(account)]
        said += self._unpublished(account) if account.reckoned is None else self._source(account)
        buttons: list[ui.Item[ui.LayoutView]] = []
        if account.reckoned is not None:
            buttons.append(button(words("quota-week-button"), WEEK + offer.id))
        else:
            locked = any(each.until is None for each in account.lockouts)
            buttons.append(
                button(words("quota-free-button"), FREE + offer.id)
                if locked
                else button(words("quota-lock-button"), LOCK + offer.id)
            )
        if account.entries:
            buttons.append(button(words("quota-entries-button"), ENTRIES + offer.id))
        if offer.id in IMPORTABLE:
            buttons.append(button(words("quota-paste-button"), PASTE))
        return card(text("\n".join(said)), row(*buttons), *self._remind([account]))

    def logged(
        self, entry: Entry, account: Account, *, remarks: Sequence[str] = ()
    ) -> ui.LayoutView:
        """Return what a user sees once an entry is stored, with the way back."""
        length = span(entry.end - entry.start, self._words)
        said = self._words(
            "quota-logged", span=length, start=stamps.short(entry.start), end=_clock(entry)
        )
        undo = button(self._words("quota-undo-button"), f"quota:undo:{entry.id}")
        week = button(self._words("quota-week-button"), WEEK + account.offer.id)
        buttons = [undo, *([] if account.reckoned is None else [week])]
        whole = "\n".join([said, *remarks, self._in_short(account)])
        return card(text(whole), row(*buttons), *self._remind([account]))

    def entries(self, account: Account) -> ui.LayoutView:
        """Return the latest entries of an offer, with a select that removes one."""
        words, offer = self._words, account.offer
        latest = list(reversed(account.entries))[:MOST_LISTED]
        said = [words("quota-entries-title", name=offer.short)]
        said += [self._entry(each) for each in latest] or [words("quota-entries-none")]
        if len(account.entries) > len(latest):
            said.append(words("quota-entries-more", n=len(account.entries) - len(latest)))
        danger = discord.ButtonStyle.danger
        forget = button(words("quota-forget-button"), FORGET + offer.id, style=danger)
        if not latest:
            return card(text("\n".join(said)), row(forget))
        select: ui.Select[ui.LayoutView] = ui.Select(
            custom_id=DROP,
            placeholder=words("quota-drop"),
            options=[
                discord.SelectOption(label=self._label(each), value=str(each.id)) for each in latest
            ],
        )
        return card(text("\n".join(said)), row(select), line(), row(forget))

    def forgetting(self, offer: Offer) -> ui.LayoutView:
        """Return the question before all of one offer is erased."""
        words, danger = self._words, discord.ButtonStyle.danger
        said = words("quota-forget-ask", name=offer.short)
        sure = button(words("quota-forget-button"), FORGET_SURELY + offer.id, style=danger)
        keep = button(words("quota-keep-button"), ENTRIES + offer.id)
        return card(text(said), row(sure, keep))

    def imported(
        self, accounts: Sequence[Account], *, remarks: Sequence[str] = ()
    ) -> ui.LayoutView:
        """Return how things stand by what was pasted."""
        said = [self._words("quota-imported"), *remarks, *map(self._in_short, accounts)]
        return card(text("\n".join(said)), *self._remind(accounts))

    def personal(
        self, offer: Offer, personal: Personal, account: Account, *, remarks: Sequence[str] = ()
    ) -> ui.LayoutView:
        """Return what is personal about an offer, and how its quota stands with it."""
        words = self._words
        facts = {
            "quota-own-day": None if personal.reset_day is None else str(personal.reset_day),
            "quota-own-amount": None if personal.amount is None else plain(personal.amount),
            "quota-own-signed-up": _day(personal.signed_up),
            "quota-own-expires": _full(personal.expires),
            "quota-own-gpu": None
            if personal.gpu is None
            else neutral(personal.gpu, most=LABEL_LENGTH),
        }
        said = [words("quota-own-title", name=offer.short)]
        said += [words(key, value=value) for key, value in facts.items() if value is not None]
        if len(said) == 1:
            said.append(words("quota-own-none"))
        whole = "\n".join([*said, *remarks, self._in_short(account)])
        return card(text(whole), *self._remind([account]))

    # ------------------------------------------------------------------- parts

    def _remind(self, accounts: Sequence[Account]) -> list[ui.ActionRow[ui.LayoutView]]:
        """Return the buttons that turn the reminders of renewals on and off, as they are now."""
        buttons: list[ui.Button[ui.LayoutView]] = []
        for each in accounts:
            if each.watched is None and not _renews(each):
                continue
            wanted = "on" if each.watched is None else "off"
            named = {"name": each.offer.short}
            label = self._words(f"quota-remind-{wanted}" + ("-of" * (len(accounts) > 1)), **named)
            emoji = "🔔" if wanted == "on" else "🔕"
            buttons.append(button(label, f"{REMIND}{wanted}:{each.offer.id}", emoji=emoji))
        return [row(*buttons)] if buttons else []

    def _in_short(self, account: Account) -> str:
        words = self._words
        lines = [words("quota-name", name=self._speech.name(account.offer.id) or "")]
        if account.reckoned is None:
            return "\n".join([*lines, *self._no_numbers(account)])
        bar = self.quotas.bar(account.reckoned)
        return "\n".join([*lines, bar, *self.quotas.lines(account)])

    def _no_numbers(self, account: Account) -> list[str]:
        lasting = [each for each in account.lockouts if each.until is None]
        lines = [self._words("quota-no-numbers")]
        if lasting:
            lines.append(self._words("quota-locked", relative=stamps.relative(lasting[-1].since)))
        return lines

    def _unpublished(self, account: Account) -> list[str]:
        words, lines = self._words, list[str]()
        found = pattern_of(account.lockouts, account.entries, now=self._now)
        if found is None:
            lines.append(words("quota-pattern-none"))
        else:
            lines.append(words("quota-pattern-count", n=found.count))
            if found.lasted is not None:
                lines.append(words("quota-pattern-lasted", span=span(found.lasted, words)))
            if found.used_before is not None:
                lines.append(words("quota-pattern-used", span=span(found.used_before, words)))
        for each in list(reversed(account.lockouts))[:LOCKOUTS_LISTED]:
            since = stamps.short(each.since)
            if each.until is None:
                lines.append(words("quota-lockout-open", since=since))
            else:
                lasted = span(each.until - each.since, words)
                lines.append(words("quota-lockout", since=since, span=lasted))
        return lines

    def _source(self, account: Account) -> list[str]:
        words, choose = self._words, self._mentions("quota set")
        lines: list[str] = []
        if account.reading is not None:
            lines.append(words("quota-read", relative=stamps.relative(account.reading.as_of)))
        else:
            lines.append(words("quota-counted", log=self._mentions("quota log")))
        if account.reckoned is not None and account.reckoned.pool.day_assumed:
            lines.append(words("quota-day-assumed", choose=choose))
        if account.unpriced:
            lines.append(words("quota-unpriced", n=account.unpriced, choose=choose))
        return lines

    def _entry(self, entry: Entry) -> str:
        length = span(entry.end - entry.start, self._words)
        key = "quota-entry-session" if entry.source is Source.SESSION else "quota-entry-logged"
        return self._words(key, start=stamps.short(entry.start), span=length)

    def _label(self, entry: Entry) -> str:
        """Return an entry in plain text: no time stamps are shown in a choice."""
        length = span(entry.end - entry.start, self._words)
        ago = span(self._now - entry.start, self._words)
        key = "quota-entry-ahead" if entry.start > self._now else "quota-entry-label"
        return self._words(key, span=length, ago=ago)[:LABEL_LENGTH]


def week_card(alt: str) -> ui.LayoutView:
    """Return the layout around the picture that is attached as `WEEK_FILE`."""
    item = discord.MediaGalleryItem(f"attachment://{WEEK_FILE}", description=alt)
    return card(ui.MediaGallery(item))


def _renews(account: Account) -> bool:
    """Whether a renewal is in sight, or the end of a lock-out by the user's own pattern."""
    if account.reckoned is not None:
        return account.reckoned.renews_at is not None
    return any(each.until is None for each in account.lockouts)


def remind_button(offer: Offer, words: Words) -> ui.Button[ui.LayoutView] | None:
    """Return the button below an answer about an offer and not about somebody's own quota.

    None where its renewal follows from what they used of it.
    """
    pool = pool_of(offer)
    if pool is None or not isinstance(pool.kind, Renewed):
        return None
    return button(words("quota-remind-on", name=offer.short), f"{REMIND}on:{offer.id}", emoji="🔔")


def _clock(entry: Entry) -> str:
    return stamps.clock(entry.end)


def _day(instant: datetime | None) -> str | None:
    return None if instant is None else instant.date().isoformat()


def _full(instant: datetime | None) -> str | None:
    return None if instant is None else stamps.full(instant)

"""How the facts of an offer are said: short lines, for answers on a phone."""

import re
from datetime import datetime

from bot.advice.memory import usable_mib
from bot.catalog.catalog import Catalog
from bot.catalog.dates import is_old
from bot.catalog.facts import Amount, Citations, Fact, Flag, Source, Text
from bot.catalog.fields import conflict_for
from bot.catalog.freshness import is_stale
from bot.catalog.offer import Access, Offer, OfferedGpu
from bot.catalog.quota import AfterFirstUse, FixedWeekly, Quota, RollingWindow
from bot.speech.figures import gib, plain
from bot.speech.locales import Locale
from bot.speech.phrasebook import Words
from bot.speech.sources import source_label

CARDS_NAMED = 3  # of an offer with many to choose from
DEMANDS = ("card", "phone", "id_check", "waitlist", "academic_email", "application")
JOIN = " · "
NO_GPU = "No GPU"
_LACK = re.compile(r"No (\S+ )?GPU\b")


def lack_of_gpu(offer: Offer) -> Text | None:
    """Return what the catalog says where it knows that an offer gives no GPU; None elsewhere."""
    if offer.gpus or offer.tpu is not None:
        return None
    return next((each for each in offer.cons if _LACK.match(each.en)), None)


class OfferSpeech:
    """Says the facts of offers in one language, a line a subject."""

    def __init__(self, *, catalog: Catalog, words: Words, now: datetime) -> None:
        """Build it.

        Args:
            catalog: for the hardware behind the names of cards.
            words: the language.
            now: aware; figures older than 180 days before it are marked.
        """
        self._catalog = catalog
        self._words = words
        self._now = now

    @property
    def unknown(self) -> str:
        """The word for what nobody says."""
        return self._words("unknown")

    def text(self, text: Text) -> str:
        """Return a text of the catalog in this language."""
        return text.zh if self._words.locale is Locale.ZH_CN else text.en

    def name(self, offer_id: str) -> str | None:
        """Return the short name of an offer; None where the catalog has dropped it since."""
        offer = self._catalog.offers.get(offer_id)
        return None if offer is None else offer.short

    def dated(self, line: str, citations: Citations) -> str:
        """Return the line with the date of its newest source, as a link where it has an address.

        A line that rests on no source is returned as it is: it says that something is unknown.
        """
        if not citations:
            return line
        newest = max(citations, key=lambda source: (source.as_of_date is not None, source.as_of))
        day = newest.as_of_date
        old = "-old" if is_old(day, self._now) else ""
        date = newest.as_of if day is not None else self._words("date-unknown")
        if newest.url is None:
            return self._words(f"dated{old}-plain", fact=line, date=date)
        return self._words(f"dated{old}", fact=line, date=date, url=newest.url)

    def is_old(self, source: Source) -> bool:
        """Say whether the source is older than 180 days, or without a date."""
        return is_stale(source, self._now)

    def source(self, source: Source) -> str:
        """Return the source as a link with its title or host; as text without an address."""
        label = source_label(source)
        if label is None:
            return self._words("unknown")
        if source.url is None:
            return label
        return self._words("source-link", label=label.replace("]", ")"), url=source.url)

    def value(self, value: Text | float) -> str:
        """Return a value of the history or of a conflict: a text, a number, or yes and no."""
        if isinstance(value, Text):
            return self.text(value)
        if isinstance(value, bool):
            return self._words("yes" if value else "no")
        return plain(value)

    def subject(self, field: str | None, about: Text | None) -> str:
        """Return what a value is about: the words of the catalog, or the field's name."""
        if about is not None:
            return self.text(about)
        name = (field or "other").replace(".", "-")
        section = name.partition("-")[0]
        for key in (f"field-{name}", f"field-{section}"):
            if self._words.has(key):
                return self._words(key)
        return self._words("field-other")

    def status(self, offer: Offer) -> str:
        """Return `open`, or `closed to new users since 2026-07-30`."""
        status = self._words(f"status-{offer.status.value or 'unknown'}")
        since = offer.status_date.value
        if since is None or offer.status.value == "active":
            return status
        return self._words("status-since", status=status, date=since)

    def cards(self, offer: Offer) -> str:
        """Return the cards, the memory of the biggest, and how one comes to them."""
        if not offer.gpus:
            return offer.tpu.name if offer.tpu is not None else self._no_cards(offer)
        ordered = sorted(offer.gpus, key=lambda gpu: gpu.vram_gb or 0, reverse=True)
        names = [self._card(gpu) for gpu in ordered[:CARDS_NAMED]]
        if len(ordered) > CARDS_NAMED:
            names.append(self._words("fact-more", n=str(len(ordered) - CARDS_NAMED)))
        parts = [self._words("between").join(names), self._memory(ordered[0])]
        if ordered[0].assigned is not None:
            parts.append(self._words(f"fact-assigned-{ordered[0].assigned}"))
        return JOIN.join(parts)

    def cards_labelled(self, offer: Offer) -> str:
        """Return the same for behind a label that says GPU: `none`, `unknown`."""
        if offer.gpus or offer.tpu is not None:
            return self.cards(offer)
        lack = lack_of_gpu(offer)
        if lack is None:
            return self.unknown
        return self._words("fact-gpu-none-labelled") if lack.en == NO_GPU else self.text(lack)

    def session(self, offer: Offer) -> str:
        """Return how long one session lasts, with what another source says."""
        limit = offer.session.limit_hours.value
        if limit is None:
            return self._words("fact-session-unknown")
        line = self._words("fact-session", hours=self._hours(limit))
        return self._with_conflict(line, offer, "session.limit_hours", "fact-hours")

    def idle(self, offer: Offer) -> str:
        """Return after how long an idle session ends, with what another source says."""
        minutes = offer.session.idle_minutes.value
        if minutes is None:
            line = self._words("fact-idle-unknown")
        else:
            line = self._words("fact-idle", minutes=self._minutes(minutes))
        return self._with_conflict(line, offer, "session.idle_minutes", "fact-minutes")

    def quota(self, offer: Offer) -> str:
        """Return how much one gets and when it comes back."""
        words = self._words
        rule = offer.quota.rule
        amount = self._quota_amount(offer)
        bound = "exact" if offer.quota.amount.value is None else offer.quota.bound or "exact"
        if rule is None and amount is not None:
            return words("quota-amount", amount=amount, bound=bound)
        if rule is None:
            return words("quota-unknown")
        if rule.kind in {"unpublished", "none-stated"}:
            return words(f"quota-{rule.kind}")
        if amount is None:
            return words("quota-unknown")
        match rule:
            case FixedWeekly():
                return words(
                    "quota-fixed-weekly",
                    amount=amount,
                    bound=bound,
                    weekday=words(f"weekday-{rule.weekday}"),
                    time=rule.time,
                    zone=rule.zone,
                )
            case RollingWindow() | AfterFirstUse():
                hours = self._hours(rule.hours)
                return words(f"quota-{rule.kind}", amount=amount, bound=bound, hours=hours)
            case _:
                return words(f"quota-{rule.kind}", amount=amount, bound=bound)

    def storage(self, offer: Offer) -> str:
        """Return what is kept between sessions, and the disk during one."""
        kept = offer.storage.persistent_gb.value
        if kept is None:
            line = self._words("fact-storage-unknown")
        elif kept == 0:
            line = self._words("fact-storage-none")
        else:
            line = self._words("fact-storage", gb=self._gb(kept))
        disk = offer.storage.ephemeral_gb.value
        return line if disk is None else line + JOIN + self._words("fact-disk", gb=self._gb(disk))

    def host(self, offer: Offer) -> str | None:
        """Return the machine around the GPU, or None where nobody states it."""
        cores, ram = offer.host.cpu_cores.value, offer.host.ram_gb.value
        parts = [
            *([] if cores is None else [self._words("fact-cpu", n=plain(cores))]),
            *([] if ram is None else [self._words("fact-ram", gb=self._gb(ram))]),
        ]
        return JOIN.join(parts) or None

    def abilities(self, offer: Offer) -> str | None:
        """Return what a session can do: internet, background, own containers; None: unknown."""
        facts: dict[str, Fact[Flag]] = {
            "background": offer.session.background,
            "internet": offer.interface.internet,
            "containers": offer.interface.custom_containers,
        }
        said = [
            self._words(f"fact-{name}-{str(fact.value).lower()}")
            for name, fact in facts.items()
            if fact.value is not None
        ]
        return JOIN.join(said) or None

    def access(self, access: Access) -> str:
        """Return what a user must have or do first; card and phone are always spoken of."""
        said: list[str] = []
        for name in DEMANDS:
            fact: Fact[bool] = getattr(access, name)
            if fact.value:
                said.append(self._words(f"access-{name}-true"))
            elif name in {"card", "phone"}:
                answer = "unknown" if fact.value is None else "false"
                said.append(self._words(f"access-{name}-{answer}"))
        return JOIN.join(said)

    # ------------------------------------------------------------------ parts

    def _no_cards(self, offer: Offer) -> str:
        lack = lack_of_gpu(offer)
        if lack is None:
            return self._words("fact-no-gpu")
        # In lower case as other figures, unless there is more to say.
        return self._words("fact-gpu-none") if lack.en == NO_GPU else self.text(lack)

    def _card(self, gpu: OfferedGpu) -> str:
        many = gpu.count is not None and gpu.count > 1
        if many:
            return self._words("fact-gpu-many", model=gpu.model, count=str(gpu.count))
        return gpu.model

    def _memory(self, gpu: OfferedGpu) -> str:
        usable = usable_mib(self._catalog, gpu)
        if usable is not None:
            many = gpu.count is not None and gpu.count > 1
            key = "fact-usable-each" if many else "fact-usable"
            return self._words(key, memory=self._words("fact-gib", n=gib(usable)))
        if gpu.vram_gb is not None:
            return self._words("fact-advertised", memory=self._gb(gpu.vram_gb))
        return self._words("unknown")

    def _quota_amount(self, offer: Offer) -> str | None:
        quota, allowance = offer.quota, offer.credits
        if quota.amount.value is not None:
            return self._time(quota)
        if allowance is None or allowance.amount is None:
            return None
        amount, counted_in = plain(allowance.amount), allowance.currency
        if isinstance(counted_in, str):
            return self._words("quota-credits", amount=amount, currency=counted_in)
        return self._words("quota-units", amount=amount, unit=self.text(counted_in))

    def _time(self, quota: Quota) -> str:
        amount: Amount = quota.amount.value or 0
        key = "fact-minutes" if quota.unit == "minutes" else "fact-hours"
        return self._words(key, n=plain(amount))

    def _with_conflict(self, line: str, offer: Offer, field: str, unit: str) -> str:
        conflict = conflict_for(offer, field)
        if conflict is None:
            return line
        others = [
            self.text(other.value)
            if isinstance(other.value, Text)
            else self._words(unit, n=plain(other.value))
            for other in conflict.others
        ]
        return self._words("elsewhere", line=line, other=self._words("between").join(others))

    def _hours(self, hours: float) -> str:
        return self._words("fact-hours", n=plain(hours))

    def _minutes(self, minutes: float) -> str:
        """Return minutes, or the hours that they are where there are several."""
        hours, rest = divmod(minutes, 60)
        if hours > 1 and not rest:
            return self._hours(hours)
        return self._words("fact-minutes", n=plain(minutes))

    def _gb(self, gigabytes: float) -> str:
        return self._words("fact-gb", n=plain(gigabytes))

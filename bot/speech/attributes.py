"""One value of an offer in words, by the name of what was asked for, with its date and source."""

from collections.abc import Callable
from typing import Final

from bot.catalog.facts import Citations, Fact, Note
from bot.catalog.offer import Offer, Upgrade
from bot.speech.figures import plain
from bot.speech.offers import JOIN, OfferSpeech
from bot.speech.phrasebook import Words

Said = tuple[str, Citations]
Say = Callable[[Offer, OfferSpeech, Words], Said]


def attribute_said(attribute: str, offer: Offer, *, speech: OfferSpeech, words: Words) -> str:
    """Return the value with its date; where nobody states it, that it is unknown.

    Raises:
        KeyError: there is no such attribute.
    """
    line, citations = ATTRIBUTES[attribute](offer, speech, words)
    return speech.dated(line, citations)


def citations_of(attribute: str, offer: Offer, *, speech: OfferSpeech, words: Words) -> Citations:
    """Return what the value rests on; nothing for a name that is no attribute."""
    say = ATTRIBUTES.get(attribute)
    return () if say is None else say(offer, speech, words)[1]


def attribute_name(attribute: str, words: Words) -> str:
    """Return what the attribute is called."""
    return words(f"ask-attribute-{attribute}")


def _session(offer: Offer, speech: OfferSpeech, _: Words) -> Said:
    return speech.session(offer), offer.session.limit_hours.sources


def _idle(offer: Offer, speech: OfferSpeech, _: Words) -> Said:
    return speech.idle(offer), offer.session.idle_minutes.sources


def _background(offer: Offer, _: OfferSpeech, words: Words) -> Said:
    return _flag(offer.session.background, ("fact-background-true", "fact-background-false"), words)


def _internet(offer: Offer, _: OfferSpeech, words: Words) -> Said:
    return _flag(offer.interface.internet, ("ask-internet-true", "ask-internet-false"), words)


def _quota(offer: Offer, speech: OfferSpeech, _: Words) -> Said:
    rule = offer.quota.rule.sources if offer.quota.rule else ()
    allowance = offer.credits.sources if offer.credits else ()
    line = speech.quota(offer)
    note = offer.quota.rule.note if offer.quota.rule else None
    if note is not None:
        line += JOIN + speech.text(note)
    return line, (*offer.quota.amount.sources, *rule, *allowance)


def _concurrent(offer: Offer, speech: OfferSpeech, words: Words) -> Said:
    count, note = offer.session.concurrent, offer.session.concurrent_notes
    parts = [] if count.value is None else [plain(count.value)]
    parts += [] if note is None else [speech.text(note)]
    sources = (*count.sources, *(() if note is None else note.sources))
    return (JOIN.join(parts), sources) if parts else (words("unknown"), count.sources)


def _cards(offer: Offer, speech: OfferSpeech, _: Words) -> Said:
    tpu = offer.tpu.sources if offer.tpu else ()
    return speech.cards_labelled(offer), (*(s for gpu in offer.gpus for s in gpu.sources), *tpu)


def _host(offer: Offer, speech: OfferSpeech, words: Words) -> Said:
    host = offer.host
    return speech.host(offer) or words("unknown"), (*host.cpu_cores.sources, *host.ram_gb.sources)


def _storage(offer: Offer, speech: OfferSpeech, _: Words) -> Said:
    storage = offer.storage
    line = speech.storage(offer)
    for note in (storage.survives, storage.notes):
        if note is not None:
            line += JOIN + speech.text(note)
            break
    return line, (*storage.persistent_gb.sources, *storage.ephemeral_gb.sources)


def _tools(offer: Offer, speech: OfferSpeech, words: Words) -> Said:
    return _note(offer.interface.description, speech, words)


def _frameworks(offer: Offer, speech: OfferSpeech, words: Words) -> Said:
    return _note(offer.interface.frameworks, speech, words)


def _datasets(offer: Offer, speech: OfferSpeech, words: Words) -> Said:
    return _note(offer.interface.datasets, speech, words)


def _card(offer: Offer, _: OfferSpeech, words: Words) -> Said:
    return _flag(offer.access.card, ("access-card-true", "access-card-false"), words)


def _phone(offer: Offer, _: OfferSpeech, words: Words) -> Said:
    return _flag(offer.access.phone, ("access-phone-true", "access-phone-false"), words)


def _identity(offer: Offer, _: OfferSpeech, words: Words) -> Said:
    value = offer.access.id_check
    if value.value is True:
        return words("access-id_check-true"), value.sources
    return words("no" if value.value is False else "unknown"), value.sources


def _approval(offer: Offer, speech: OfferSpeech, words: Words) -> Said:
    access = offer.access
    days = access.approval_days
    # How long it takes is what is asked; what else must be had or done comes behind.
    parts = [] if days.value is None else [words("ask-approval-days", days=plain(days.value))]
    line = JOIN.join([*parts, speech.access(access)])
    sources = (*access.waitlist.sources, *access.application.sources, *days.sources)
    return line, sources or access.card.sources


def _upgrade(offer: Offer, speech: OfferSpeech, words: Words) -> Said:
    upgrade = offer.upgrade
    if upgrade is None:
        return words("unknown"), ()
    parts = [speech.text(upgrade.path), *_price(upgrade, speech, words)]
    return JOIN.join(parts), upgrade.sources


def _price(upgrade: Upgrade, speech: OfferSpeech, words: Words) -> list[str]:
    if upgrade.starting_price is None:
        return []
    price, currency = plain(upgrade.starting_price), upgrade.currency or ""
    if upgrade.period is None:
        return [words("details-price", price=price, currency=currency)]
    period = speech.text(upgrade.period)
    return [words("details-price-period", price=price, currency=currency, period=period)]


def _region(offer: Offer, speech: OfferSpeech, words: Words) -> Said:
    return _note(offer.access.regions, speech, words)


def _terms(offer: Offer, speech: OfferSpeech, words: Words) -> Said:
    return _note(offer.terms.forbidden, speech, words)


def _note(note: Note | None, speech: OfferSpeech, words: Words) -> Said:
    return (words("unknown"), ()) if note is None else (speech.text(note), note.sources)


def _flag(fact: Fact[bool], keys: tuple[str, str], words: Words) -> Said:
    """Say a fact by the sentence for true and the one for false."""
    if fact.value is None:
        return words("unknown"), fact.sources
    return words(keys[0] if fact.value else keys[1]), fact.sources


ATTRIBUTES: Final[dict[str, Say]] = {
    "session_limit": _session,
    "idle_timeout": _idle,
    "background_execution": _background,
    "weekly_quota": _quota,
    "quota_reset": _quota,
    "concurrent_sessions": _concurrent,
    "gpu_model": _cards,
    "vram": _cards,
    "multi_gpu": _cards,
    "tpu": _cards,
    "system_ram": _host,
    "ephemeral_disk": _storage,
    "persistent_storage": _storage,
    "interface": _tools,
    "internet_access": _internet,
    "frameworks": _frameworks,
    "datasets": _datasets,
    "credit_card": _card,
    "phone_verification": _phone,
    "id_check": _identity,
    "account_approval": _approval,
    "price_upgrade": _upgrade,
    "region": _region,
    "terms_of_use": _terms,
}
"""How each attribute is said; a name that was given once never gets another meaning."""

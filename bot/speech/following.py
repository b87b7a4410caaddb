"""What somebody is told who follows an offer."""

from collections.abc import Sequence
from typing import Final

from bot.catalog.offer import Offer
from bot.catalog.snapshot import FieldChange
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Words

MOST_TOLD: Final = 4
"""Facts that are named; a message is read on a lock screen."""


def change_note(
    offer: Offer, found: Sequence[FieldChange], *, speech: OfferSpeech, words: Words
) -> str:
    """Return one line: `Kaggle GPU changed: quota 30 → 25`."""
    told = list(dict.fromkeys(_told(each, offer, speech, words) for each in found))
    named = told[:MOST_TOLD]
    if len(told) > len(named):
        named.append(words("follow-more", n=len(told) - len(named)))
    return words("follow-note", name=offer.short, changes=words("between").join(named))


def gone_note(offer_id: str, words: Words) -> str:
    """Return the line for an offer that the catalog has no more."""
    return words("follow-gone", name=offer_id)


def _told(change: FieldChange, offer: Offer, speech: OfferSpeech, words: Words) -> str:
    if change.field.startswith("status"):
        return speech.status(offer)
    subject = speech.subject(change.field, None)
    own_name = words.has(f"field-{change.field.replace('.', '-')}")
    if change.before is None or change.after is None or not own_name:
        return subject
    return words(
        "follow-change",
        subject=subject,
        before=_value(change.before, words),
        after=_value(change.after, words),
    )


def _value(kept: str, words: Words) -> str:
    if kept in {"yes", "no"}:
        return words(kept)
    return kept or words("follow-unknown")

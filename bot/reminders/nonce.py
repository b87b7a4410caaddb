"""The nonce of one message: the same on each retry, after each restart, from each worker."""

import hashlib
from base64 import b32encode

from bot.reminders.models import ReminderId

NONCE_LENGTH = 24
"""Discord allows 25 characters; 24 of base32 are 120 bits."""


def nonce_for(
    *, installation_id: str, reminder_id: ReminderId, number: int, target_index: int
) -> str:
    """Return the nonce of an occurrence on one of its targets, 24 characters of `a-z2-7`.

    Discord keeps nonces per author, not per channel, so the target is part of it; and the
    installation, so that a database made anew, which counts from 1 again, doesn't meet its
    predecessor's messages.
    """
    text = f"{installation_id}/{reminder_id}/{number}/{target_index}"
    digest = hashlib.sha256(text.encode()).digest()
    return b32encode(digest).decode().lower()[:NONCE_LENGTH]

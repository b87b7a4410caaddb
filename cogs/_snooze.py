"""A reminder once more, some minutes after its owner pressed "Snooze"."""

from datetime import datetime, timedelta
from typing import Final

from bot.reminders.models import Reminder
from bot.reminders.service import Promise, Reminders

# Nearer to the end of its session than this, a warning has nothing to say that the end has not.
NEAREST_TO_END: Final = timedelta(seconds=10)


async def snoozed(
    reminders: Reminders, reminder: Reminder, *, at: datetime, about: str, locale: str
) -> Promise:
    """Promise the same again, to the same place, as a reminder of its own.

    Args:
        reminders: stores it.
        reminder: what was delivered; it stays as it is, with what of it is still to come.
        at: when to come back.
        about: what to say where the reminder has no note and its session is over by then.
        locale: the language of the message.

    Raises:
        TooMany: the owner has as many active reminders as one may have.
    """
    ends_at = reminder.ends_at
    if ends_at is not None and ends_at - at >= NEAREST_TO_END:
        return await reminders.create_session(
            reminder.owner_id,
            ends_at=ends_at,
            leads=(ends_at - at,),
            note=reminder.note,
            offer_id=reminder.offer_id,
            destination=reminder.destination,
            origin=reminder.origin,
            locale=locale,
            zone=reminder.zone,
        )
    return await reminders.create_custom(
        reminder.owner_id,
        at=at,
        note=reminder.note or about,
        offer_id=reminder.offer_id,
        destination=reminder.destination,
        origin=reminder.origin,
        locale=locale,
        zone=reminder.zone,
    )

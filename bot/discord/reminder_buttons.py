"""The buttons below a reminder.

One press each, and no select: a reminder is answered with one thumb, often in bed. On a phone the
first row breaks in two; its labels are short for that.
"""

from typing import Final

from discord import ButtonStyle, ui

from bot.discord.actions import sealed
from bot.reminders.custom_id import RemindButton
from bot.reminders.models import ReminderKind
from bot.reminders.notice import Notice
from bot.speech.phrasebook import Words

SNOOZES: Final = {"snooze_10m": 10, "snooze_30m": 30, "snooze_1h": 60}  # minutes from the press
SNOOZE_TOMORROW: Final = "snooze_tomorrow"
ENDED: Final = "ended"
EXTEND: Final = "extend"
EDIT: Final = "edit"
CANCEL: Final = "cancel"
SHOW: Final = "show"


def reminder_buttons(notice: Notice, *, words: Words, tag: str) -> ui.View:
    """Return the rows of buttons; at least one button, for a courier in doubt looks for it."""
    view = ui.View(timeout=None)

    def add(row: int, action: str, label: str, style: ButtonStyle = ButtonStyle.secondary) -> None:
        button = RemindButton(
            tag=tag, reminder_id=notice.reminder_id, number=notice.number, action=action
        )
        view.add_item(ui.Button(label=label, custom_id=button.custom_id, style=style, row=row))

    if notice.note_hidden:
        add(0, SHOW, words("button-show"), ButtonStyle.primary)
        return sealed(view)
    for action in (*SNOOZES, SNOOZE_TOMORROW):
        add(0, action, words(f"button-{action}"))
    for action in _more(notice):
        add(1, action, words(f"button-{action}"))
    if notice.kind is ReminderKind.QUOTA:
        if notice.watching:
            add(1, CANCEL, words("button-cancel-watch"))
    elif notice.repeats:
        add(1, CANCEL, words("button-cancel-series"))
    elif notice.more_to_come:
        add(1, CANCEL, words("button-cancel"))
    return sealed(view)


def _more(notice: Notice) -> tuple[str, ...]:
    if notice.kind is ReminderKind.QUOTA:
        return ()
    if notice.kind is not ReminderKind.SESSION:
        return (EDIT,)
    return () if notice.session_over else (ENDED, EXTEND, EDIT)

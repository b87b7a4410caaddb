"""The buttons below a reminder."""

from typing import Final

from discord import ButtonStyle, ui

from bot.discord.actions import sealed
from bot.reminders.custom_id import RemindButton
from bot.reminders.models import ReminderKind
from bot.reminders.notice import Notice
from bot.speech.phrasebook import Words

SNOOZES: Final = {"snooze_10m": 10, "snooze_1h": 60}  # minutes from the press
CANCEL: Final = "cancel"
SHOW: Final = "show"


def reminder_buttons(notice: Notice, *, words: Words, tag: str) -> ui.View:
    """Return one row of buttons; at least one, for a courier in doubt looks for it."""
    view = ui.View(timeout=None)

    def add(action: str, label: str, style: ButtonStyle = ButtonStyle.secondary) -> None:
        button = RemindButton(
            tag=tag, reminder_id=notice.reminder_id, number=notice.number, action=action
        )
        view.add_item(ui.Button(label=label, custom_id=button.custom_id, style=style))

    if notice.note_hidden:
        add(SHOW, words("button-show"), ButtonStyle.primary)
        return sealed(view)
    for action in SNOOZES:
        add(action, words(f"button-{action}"))
    if notice.kind is ReminderKind.SESSION and not notice.session_over:
        add(CANCEL, words("button-cancel"))
    return sealed(view)

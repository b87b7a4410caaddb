from dataclasses import replace

import pytest

from bot.discord.reminder_buttons import SNOOZES, reminder_buttons
from bot.reminders.custom_id import RemindButton
from bot.reminders.notice import Notice
from bot.speech.locales import Locale
from bot.speech.phrasebook import Phrasebook
from tests.speech.test_notices import CUSTOM, OVER, SESSION

HIDDEN = replace(CUSTOM, note=None, note_hidden=True)


@pytest.mark.parametrize(
    ("notice", "actions"),
    [
        (SESSION, [*SNOOZES, "cancel"]),
        (OVER, [*SNOOZES]),
        (CUSTOM, [*SNOOZES]),
        (HIDDEN, ["show"]),
    ],
)
async def test_each_kind_of_message_has_its_buttons_which_name_it(
    phrasebook: Phrasebook, notice: Notice, actions: list[str]
) -> None:
    for locale in Locale:
        view = reminder_buttons(notice, words=phrasebook.words(locale), tag="0123abcd")
        (row,) = view.to_components()
        assert [each["label"] for each in row["components"]] == [
            phrasebook.say(locale, f"button-{action}") for action in actions
        ]
        for component, action in zip(row["components"], actions, strict=True):
            assert RemindButton.parse(component["custom_id"]) == RemindButton(
                tag="0123abcd",
                reminder_id=notice.reminder_id,
                number=notice.number,
                action=action,
            )

from dataclasses import replace

import pytest

from bot.discord.reminder_buttons import SNOOZE_TOMORROW, SNOOZES, reminder_buttons
from bot.reminders.custom_id import RemindButton
from bot.reminders.notice import Notice
from bot.speech.locales import Locale
from bot.speech.phrasebook import Phrasebook
from tests.speech.test_notices import CUSTOM, OVER, SESSION

ALL_SNOOZES = [*SNOOZES, SNOOZE_TOMORROW]
HIDDEN = replace(CUSTOM, note=None, note_hidden=True)


@pytest.mark.parametrize(
    ("notice", "actions"),
    [
        (SESSION, [*ALL_SNOOZES, "ended", "extend", "edit"]),
        (replace(SESSION, more_to_come=True), [*ALL_SNOOZES, "ended", "extend", "edit", "cancel"]),
        (OVER, ALL_SNOOZES),
        (CUSTOM, [*ALL_SNOOZES, "edit"]),
        (replace(CUSTOM, more_to_come=True), [*ALL_SNOOZES, "edit", "cancel"]),
        (replace(CUSTOM, repeats=True), [*ALL_SNOOZES, "edit", "cancel"]),
        (HIDDEN, ["show"]),
    ],
)
async def test_each_kind_of_message_has_its_buttons_which_name_it(
    phrasebook: Phrasebook, notice: Notice, actions: list[str]
) -> None:
    for locale in Locale:
        view = reminder_buttons(notice, words=phrasebook.words(locale), tag="0123abcd")
        components = [each for row in view.to_components() for each in row["components"]]
        said = [phrasebook.say(locale, f"button-{action}") for action in actions]
        if notice.repeats:
            said[-1] = phrasebook.say(locale, "button-cancel-series")
        assert [each["label"] for each in components] == said
        for component, action in zip(components, actions, strict=True):
            assert RemindButton.parse(component["custom_id"]) == RemindButton(
                tag="0123abcd",
                reminder_id=notice.reminder_id,
                number=notice.number,
                action=action,
            )

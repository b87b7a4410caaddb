"""Sentences whose keys are put together in the code: each value that can come has one."""

from typing import get_args

import pytest

from bot.catalog.facts import Confidence
from bot.catalog.offer import Assigned, Status
from bot.catalog.quota import Weekday
from bot.discord.reminder_buttons import (
    CANCEL,
    EDIT,
    ENDED,
    EXTEND,
    SHOW,
    SNOOZE_TOMORROW,
    SNOOZES,
)
from bot.discord.verdicts import CHANNEL_GONE, CHANNEL_REFUSED, DM_REFUSED
from bot.quotas.watch import Topic
from bot.reminders.models import ChannelPolicy
from bot.reminders.targets import SERVER_POLICY
from bot.speech.locales import Locale
from bot.speech.offers import DEMANDS
from bot.speech.phrasebook import Phrasebook
from bot.when import Problem
from bot.when.every import EveryProblem
from tests.speech.test_keys import messages

REFUSALS = {
    *DM_REFUSED.values(),
    *CHANNEL_GONE.values(),
    *CHANNEL_REFUSED.values(),
    SERVER_POLICY,
    "owner_may_not_speak",
}
FAMILIES = {
    "when-": {each.value for each in Problem},
    "moved-": {*REFUSALS, "other"},
    "failed-": {*REFUSALS, "other"},
    "status-": {*get_args(Status), "unknown", "since"},
    "fact-assigned-": set(get_args(Assigned)),
    "confidence-": {*get_args(Confidence), "unknown"},
    "weekday-": set(get_args(Weekday)),
    "access-": {f"{each}-true" for each in DEMANDS}
    | {f"{each}-{answer}" for each in ("card", "phone") for answer in ("false", "unknown")},
    "policy-": {each.value for each in ChannelPolicy},
    "language-": {*Locale, "auto"},
    "server-language-": {*Locale, "auto"},
    "delivery-": {"dm", "here"},
    "button-": {*SNOOZES, SNOOZE_TOMORROW, ENDED, EXTEND, EDIT, SHOW, CANCEL}
    | {"cancel-series", "cancel-watch", "too-old"},
    "topic-": {each.value for each in Topic},
    "every-": {each.value for each in EveryProblem}
    | {"day", "weekday", "days", "length", "until", "never", "typed-day", "typed-weekdays"}
    | {f"choice-{each}" for each in ("day", "weekday", "week", "days")},
    "new-end-": {"any", "planned", "limit", "weekly", "monthly", "window", "credits"},
    "state-": {"planned", "snoozed", "quiet", "sending", "overdue"},
}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_a_sentence_for_each_value_and_no_other(
    family: str, phrasebook: Phrasebook
) -> None:
    wanted = {family + value for value in FAMILIES[family]}
    for locale in Locale:
        assert {key for key in wanted if not phrasebook.has(locale, key)} == set()
        assert {key for key in messages(locale) if key.startswith(family)} == wanted

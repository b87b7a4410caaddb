from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.reminders.models import ReminderKind
from bot.speech import stamps
from bot.speech.locales import written_in
from cogs.views.asking import LONG, promise_id
from tests.cogs.town import STRING_SELECT, Town, answer, labels, parts, said, told_privately

LONG_NOTE = (
    "save the second checkpoint, push all of it to the hub, and tell @everyone `it` is there"
)


async def test_the_instant_is_shown_in_the_zone_of_who_asks(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", zone="Europe/Berlin")
    question = "remind me at 18:00 to save"
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    local = town.clock.now().astimezone(ZoneInfo("Europe/Berlin"))
    due = local.replace(hour=18, minute=0, second=0, microsecond=0)
    at = {"full": stamps.full(due), "relative": stamps.relative(due)}
    assert town.words()("ask-remind-at", **at) in said(result)
    await town.sam.click(answer(result), label=town.words()("ask-remind-button"))
    (kept,) = await town.kept(town.sam)
    assert [each.due_at for each in kept.occurrences] == [due]


async def test_without_a_zone_it_is_said_that_it_will_be_asked_for_and_it_is(town: Town) -> None:
    question = "remind me at 18:00 to save"
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    assert town.words()("ask-remind-zone") in said(result)
    assert "<t:" not in said(result)
    asked = await town.sam.click(answer(result), label=town.words()("ask-remind-button"))
    assert any(each["type"] == STRING_SELECT for each in parts(answer(asked)))


async def test_a_length_has_its_instant_without_a_zone(town: Town) -> None:
    result = await town.lin.slash(town.square, "gpu ask", question="2小时后提醒我保存")
    due = town.clock.now() + timedelta(hours=2)
    assert stamps.relative(due) in said(result)


async def test_of_an_hour_that_may_be_two_both_instants_are_shown(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", zone="Europe/Berlin")
    question = "remind me on friday at 6 to save"
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    assert said(result).count(":F>") == 2


async def test_a_time_that_has_passed_for_the_user_has_its_reason_and_no_button(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", zone="Pacific/Auckland")
    question = "remind me today at 8am to save"
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    assert said(result).split("\n")[0] == town.words()("when-past")
    assert labels(answer(result)) == []


@pytest.mark.parametrize("when", ["in 2 hours", "every 6 hours"])
async def test_a_note_too_long_for_a_button_is_kept_whole_after_a_restart(
    town: Town, when: str
) -> None:
    assert promise_id(when, LONG_NOTE) == f"{LONG}{when}|"
    result = await town.sam.slash(
        town.square, "gpu ask", question=f"remind me {when} to {LONG_NOTE}"
    )
    assert "@everyone" not in said(result)
    await town.restart()
    await town.sam.click(answer(result), label=town.words()("ask-remind-button"))
    (kept,) = await town.kept(town.sam)
    assert kept.kind is ReminderKind.CUSTOM
    assert kept.note == LONG_NOTE.replace("`", "'")  # what would end the code it is shown in
    assert (kept.recurrence is not None) == when.startswith("every")


async def test_a_long_note_is_kept_from_a_mention_too(town: Town) -> None:
    assert town.bot.user is not None
    before = len(town.square.history())
    text = f"<@{town.bot.user.id}> remind me in 2 hours to {LONG_NOTE}"
    await town.sam.send(town.square, text)
    await town.restart()
    message = town.square.history()[before + 1]
    await town.sam.click(message, label=town.words()("ask-remind-button"))
    (kept,) = await town.kept(town.sam)
    assert kept.note == LONG_NOTE.replace("`", "'")


async def test_a_note_that_no_reminder_may_have_is_refused_and_not_cut(town: Town) -> None:
    question = "remind me in 2 hours to " + "save " * 150
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    refused = await town.sam.click(answer(result), label=town.words()("ask-remind-button"))
    assert told_privately(refused)
    assert await town.kept(town.sam) == []


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("remind me at 6pm EST to check quota", "ask-unclear-zone"),
        ("纽约时间晚上8点提醒我", "ask-unclear-zone"),
        ("remind me in 2 hours, no, 3 hours", "ask-unclear-several"),
        ("明天下午3点或者4点提醒我", "ask-unclear-several"),
        ("remind me at 25:00", "when-impossible"),
    ],
)
async def test_what_is_not_certain_is_asked_back_with_its_reason_and_no_button(
    town: Town, question: str, key: str
) -> None:
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    words = town.words(written_in(question))
    first, second, *_ = said(result).split("\n")
    assert (first, second) == (words(key), words("ask-clarify-when"))
    assert labels(answer(result)) == []


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("list my reminders", "ask-no-new-existing"),
        ("what's my next reminder?", "ask-no-new-existing"),
        ("取消我的提醒", "ask-no-new-existing"),
        ("don't remind me tomorrow at 9", "ask-no-new-refused"),
    ],
)
async def test_who_asks_for_the_reminders_there_are_is_led_to_the_list(
    town: Town, question: str, key: str
) -> None:
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    first = said(result).split("\n")[0]
    command = town.house.services.mentions("remind list")
    assert first == town.words(written_in(question))(key, command=command)
    assert town.words()("ask-clarify-when") not in said(result)


async def test_a_timer_on_a_provider_is_the_session_there(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu ask", question="set a timer for 6h on colab")
    assert "about:" not in said(result)
    await town.sam.click(answer(result), label=town.words()("ask-remind-button"))
    (kept,) = await town.kept(town.sam)
    assert (kept.kind, kept.offer_id) == (ReminderKind.SESSION, "google-colab-free")


@pytest.mark.parametrize(
    ("question", "lead"),
    [("remind me 10 min before kaggle resets", "10 min"), ("kaggle刷新前10分钟提醒我", "10分钟")],
)
async def test_a_watch_does_not_drop_how_long_before_silently(
    town: Town, question: str, lead: str
) -> None:
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    words = town.words(written_in(question))
    assert words("ask-watch-lead", lead=lead) in said(result)

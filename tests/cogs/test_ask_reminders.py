import re
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


async def test_a_reminder_is_filled_in_and_promised_on_a_click_after_a_restart(
    town: Town,
) -> None:
    question = "remind me in 2 hours to save my checkpoint"
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    assert answer(result).ephemeral
    assert "when: in 2 hours" in said(result)
    assert await town.kept(town.sam) == []
    await town.restart()
    await town.sam.click(answer(result), label=town.words()("ask-remind-button"))
    (kept,) = await town.kept(town.sam)
    assert kept.kind is ReminderKind.CUSTOM
    assert kept.note == "save my checkpoint"


@pytest.mark.parametrize(
    ("question", "filled_in", "ends_in", "warned_before"),
    [
        (
            "warn me 45 minutes before my kaggle session ends in 6 hours",
            ("duration: 6 hours", "provider: Kaggle GPU", "leads: 45 minutes"),
            timedelta(hours=6),
            [timedelta(minutes=45)],
        ),
        (
            "colab开了2小时了，快断了提醒我",
            ("duration: 12h", "provider: Colab", "started: 2小时"),
            timedelta(hours=10),
            [timedelta(minutes=30), timedelta(minutes=10)],
        ),
    ],
)
async def test_a_session_is_filled_in_and_timed_on_a_click_after_a_restart(
    town: Town,
    question: str,
    filled_in: tuple[str, ...],
    ends_in: timedelta,
    warned_before: list[timedelta],
) -> None:
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    first = said(result).split("\n")[0]
    assert all(option in first for option in filled_in)
    await town.restart()
    words = town.words(written_in(question))
    await town.sam.click(answer(result), label=words("ask-remind-button"))
    (kept,) = await town.kept(town.sam)
    assert kept.kind is ReminderKind.SESSION
    assert kept.ends_at is not None
    assert abs(kept.ends_at - town.clock.now() - ends_in) < timedelta(minutes=1)
    assert [kept.ends_at - each.due_at for each in kept.occurrences] == warned_before


@pytest.mark.parametrize(
    ("question", "ends_in"),
    [
        ("my kaggle session lasts 20 hours, warn me", timedelta(hours=12)),
        (
            "studio lab session is 8 hours, started 1h ago, warn me before it ends",
            timedelta(hours=3),
        ),
        ("my session started 2 hours ago and ends in 10 hours, warn me", timedelta(hours=10)),
        ("12h colab session, 9 hours gone, remind me before it dies", timedelta(hours=3)),
        ("kaggle会话12小时，已经用了9小时，提醒我", timedelta(hours=3)),
        ("session ends in an hour and a half, warn me", timedelta(minutes=90)),
    ],
)
async def test_a_session_ends_as_it_was_told_and_no_later_than_its_provider_lets_it(
    town: Town, question: str, ends_in: timedelta
) -> None:
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    (shown,) = re.findall(r"<t:(\d+):F>", said(result))
    words = town.words(written_in(question))
    await town.sam.click(answer(result), label=words("ask-remind-button"))
    (kept,) = await town.kept(town.sam)
    assert kept.ends_at is not None
    assert abs(kept.ends_at - town.clock.now() - ends_in) < timedelta(minutes=1)
    assert abs(kept.ends_at.timestamp() - int(shown)) < 60


async def test_of_a_session_that_is_over_nothing_is_promised(town: Town) -> None:
    question = "my 12h colab session started 13 hours ago, remind me before it ends"
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    assert "<t:" not in said(result)
    refused = await town.sam.click(answer(result), label=town.words()("ask-remind-button"))
    assert told_privately(refused)
    assert await town.kept(town.sam) == []


async def test_a_quota_is_filled_in_and_watched_on_a_click_after_a_restart(town: Town) -> None:
    question = "notify me when my kaggle quota resets"
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    assert "provider: Kaggle GPU" in said(result).split("\n")[0]
    await town.restart()
    await town.sam.click(answer(result), label=town.words()("ask-remind-button"))
    (kept,) = await town.kept(town.sam)
    assert (kept.kind, kept.offer_id) == (ReminderKind.QUOTA, "kaggle-notebooks-gpu")


async def test_what_comes_again_is_filled_in_with_how_often_and_promised_on_a_click(
    town: Town,
) -> None:
    question = "remind me every 6 hours to save my checkpoint"
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    assert "every: every 6 hours" in said(result)
    await town.restart()
    await town.sam.click(answer(result), label=town.words()("ask-remind-button"))
    (kept,) = await town.kept(town.sam)
    assert kept.note == "save my checkpoint"
    assert kept.recurrence is not None


async def test_an_hour_that_may_be_two_is_asked_back_with_a_button_for_each(town: Town) -> None:
    question = "remind me every day at 9 to use my hours"
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    asked = town.words()("ask-clarify-hour", morning="at 9 am", evening="at 9 pm")
    assert said(result).split("\n")[0] == asked
    assert labels(answer(result)) == ["at 9 am", "at 9 pm"]
    asked_back = await town.sam.click(answer(result), label="at 9 pm")
    await town.sam.select(answer(asked_back), ["Europe/Berlin"])
    (kept,) = await town.kept(town.sam)
    assert kept.note == "use my hours"
    assert kept.recurrence is not None
    (first,) = kept.occurrences
    assert first.due_at.astimezone(ZoneInfo("Europe/Berlin")).hour == 21


async def test_a_date_that_may_be_two_is_refused_in_the_answer(town: Town) -> None:
    question = "remind me at 00:00 01/12 to renew"
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    assert said(result).split("\n")[0] == town.words()("when-ambiguous_date")
    assert labels(answer(result)) == []


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

"""What the buttons below a reminder do, and the forms behind two of them."""

from datetime import UTC, datetime, timedelta

import discord
import pytest
from simcord import MemberActor
from simcord.results import InteractionResult

from bot.speech import stamps
from tests.cogs.town import START, Town, answer, fields, labels, said, told_privately

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def fill_in(actor: MemberActor, form: InteractionResult, **changes: str) -> InteractionResult:
    """Send a form as Discord does: what was left as it was is sent too."""
    preset = {name: field.get("value") or "" for name, field in fields(form).items()}
    return await actor.submit_modal(form, {**preset, **changes})


async def warned(town: Town) -> discord.Message:
    """The first warning of a session, half an hour before its end, at 10:30 UTC."""
    await town.sam.slash(
        town.square, "remind session", duration="6h", provider="colab", where="here"
    )
    return await town.arrives(town.square, 5 * HOUR + 30 * MINUTE)


async def reminded(town: Town, **options: str) -> discord.Message:
    await town.sam.slash(town.square, "remind me", when="1h", about="tea", where="here", **options)
    return await town.arrives(town.square, HOUR)


async def press(
    actor: MemberActor, town: Town, message: discord.Message, key: str
) -> InteractionResult:
    return await actor.click(message, label=town.words_of(actor)(key))


async def test_a_warning_has_all_that_can_be_done_about_a_session(town: Town) -> None:
    message = await warned(town)
    keys = ["snooze_10m", "snooze_30m", "snooze_1h", "snooze_tomorrow"]
    keys += ["ended", "extend", "edit", "cancel"]
    assert labels(message) == [town.words()(f"button-{key}") for key in keys]
    last = await town.arrives(town.square, 20 * MINUTE)
    assert town.words()("button-cancel") not in labels(last)


async def test_a_session_that_ended_early_warns_no_more_and_that_can_be_undone(
    town: Town,
) -> None:
    message = await warned(town)
    ended = answer(await press(town.sam, town, message, "button-ended"))
    assert await town.kept(town.sam) == []
    again = answer(await press(town.sam, town, message, "button-ended"))
    assert labels(ended) == labels(again) == [town.words()("remind-undo-button")]
    await town.sam.click(ended, label=town.words()("remind-undo-button"))
    assert len(await town.kept(town.sam)) == 1


async def test_to_say_so_below_the_last_warning_is_no_mistake(town: Town) -> None:
    await warned(town)
    last = await town.arrives(town.square, 20 * MINUTE)
    ended = await press(town.sam, town, last, "button-ended")
    assert said(ended) == town.words()("remind-ended-already")


async def test_an_extension_moves_all_other_warnings(town: Town) -> None:
    message = await warned(town)
    form = await press(town.sam, town, message, "button-extend")
    extended = await fill_in(town.sam, form, length="2 hours")
    ends_at = START + 8 * HOUR
    assert stamps.full(START + 6 * HOUR) in said(extended)
    assert stamps.full(ends_at) in said(extended)
    (kept,) = await town.kept(town.sam)
    live = [each.due_at for each in kept.occurrences if each.is_live]
    assert live == [ends_at - 30 * MINUTE, ends_at - 10 * MINUTE]
    later = await town.arrives(town.square, 2 * HOUR)
    assert stamps.relative(ends_at) in later.content


async def test_of_two_forms_for_one_session_one_counts(town: Town) -> None:
    message = await warned(town)
    first = await press(town.sam, town, message, "button-extend")
    second = await press(town.sam, town, message, "button-extend")
    await fill_in(town.sam, first, length="1h")
    late = await fill_in(town.sam, second, length="1h")
    assert told_privately(late) == town.words()("error-reminder-changed")
    (kept,) = await town.kept(town.sam)
    assert kept.ends_at == START + 7 * HOUR


@pytest.mark.parametrize("typed", ["9pm UTC", "soon", "7"])
async def test_an_extension_is_a_length(town: Town, typed: str) -> None:
    message = await warned(town)
    form = await press(town.sam, town, message, "button-extend")
    assert told_privately(await fill_in(town.sam, form, length=typed))
    (kept,) = await town.kept(town.sam)
    assert kept.ends_at == START + 6 * HOUR


@pytest.mark.parametrize("key", ["extend", "edit", "snooze_10m", "snooze_tomorrow"])
async def test_what_was_cancelled_meanwhile_is_one_sentence(town: Town, key: str) -> None:
    message = await warned(town)
    await press(town.sam, town, message, "button-cancel")
    pressed = await press(town.sam, town, message, f"button-{key}")
    assert told_privately(pressed) == town.words()("error-reminder-cancelled")
    assert await town.kept(town.sam) == []


async def test_a_form_for_what_was_cancelled_meanwhile_changes_nothing(town: Town) -> None:
    message = await warned(town)
    form = await press(town.sam, town, message, "button-edit")
    await press(town.sam, town, message, "button-cancel")
    sent = await fill_in(town.sam, form, note="new")
    assert told_privately(sent) == town.words()("error-reminder-cancelled")


async def test_nobody_else_may_press_and_nothing_is_told_by_trying(town: Town) -> None:
    message = await warned(town)
    missing = told_privately(await town.ada.slash(town.square, "remind cancel", reminder="4711"))
    for label in labels(message):
        pressed = await town.ada.click(message, label=label)
        assert pressed.modal is None
        assert told_privately(pressed) == missing
    (kept,) = await town.kept(town.sam)
    assert (kept.note, kept.ends_at) == (None, START + 6 * HOUR)


@pytest.mark.parametrize("tag", ["en-US", "zh-CN"])
async def test_a_snooze_that_comes_too_late_for_the_session_says_so(town: Town, tag: str) -> None:
    town.speaks(town.sam, tag)
    message = await warned(town)  # half an hour before the end
    late = town.words_of(town.sam)("snoozed-past-end", clock=stamps.clock(START + 6 * HOUR))
    assert late not in said(await press(town.sam, town, message, "button-snooze_10m"))
    assert late in said(await press(town.sam, town, message, "button-snooze_30m"))
    assert late in said(await press(town.sam, town, message, "button-snooze_1h"))


async def test_tomorrow_at_nine_is_by_the_clock_of_the_user(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", zone="Asia/Tokyo")  # 14:00 there
    message = await reminded(town)
    snoozed = await press(town.sam, town, message, "button-snooze_tomorrow")
    tomorrow = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    assert stamps.relative(tomorrow) in said(snoozed)
    (kept,) = await town.kept(town.sam)
    assert kept.next_due_at == tomorrow


async def test_tomorrow_asks_for_a_zone_that_nobody_knows(town: Town) -> None:
    message = await reminded(town)
    asked = await press(town.sam, town, message, "button-snooze_tomorrow")
    assert await town.kept(town.sam) == []
    await town.sam.select(answer(asked), ["Europe/Berlin"])
    (kept,) = await town.kept(town.sam)
    assert kept.next_due_at == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


async def test_a_snooze_leaves_the_series_alone(town: Town) -> None:
    message = await reminded(town, every="6h")
    await press(town.sam, town, message, "button-snooze_30m")
    (kept,) = await town.kept(town.sam)
    live = sorted(each.due_at for each in kept.occurrences if each.is_live)
    assert live == [START + HOUR + 30 * MINUTE, START + 7 * HOUR]


async def test_a_series_is_stopped_from_any_of_its_messages(town: Town) -> None:
    message = await reminded(town, every="6h")
    second = await town.arrives(town.square, 6 * HOUR)
    assert labels(second) == labels(message)
    await press(town.sam, town, message, "button-cancel-series")
    assert await town.kept(town.sam) == []


async def test_an_edit_shows_old_and_new(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", zone="UTC")
    confirmed = answer(
        await town.sam.slash(town.square, "remind me", when="2h", about="tea", every="day")
    )
    form = await town.sam.click(confirmed, label=town.words()("button-edit"))
    shown = fields(form)
    assert (shown["note"]["value"], shown["every"]["value"]) == ("tea", "day")
    await fill_in(town.sam, form, when="tomorrow 18:00", note="coffee", every="weekdays")
    text = said(confirmed)  # changed in place
    evening = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
    for part in ("tea", "coffee", stamps.full(START + 2 * HOUR), stamps.full(evening)):
        assert part in text
    assert town.words()("every-weekday", at="18:00", zone="UTC") in text
    (kept,) = await town.kept(town.sam)
    assert (kept.note, kept.next_due_at, kept.revision) == ("coffee", evening, 1)


async def test_an_edit_to_a_day_that_is_none_of_the_series_is_explained(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", zone="UTC")
    confirmed = answer(
        await town.sam.slash(town.square, "remind me", when="2h", about="tea", every="weekdays")
    )
    form = await town.sam.click(confirmed, label=town.words()("button-edit"))
    await fill_in(town.sam, form, when="saturday 10:00")
    saturday = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
    full, first = (stamps.full(each) for each in (saturday, saturday + 2 * DAY))
    assert town.words()("remind-first-day", full=full, first=first) in said(confirmed)


async def test_an_edit_of_the_note_alone_moves_nothing(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", zone="UTC")
    options = {"when": "2h", "about": "tea", "every": "week", "until": "2027-01-01"}
    confirmed = answer(await town.sam.slash(town.square, "remind me", **options))
    (before,) = await town.kept(town.sam)
    form = await town.sam.click(confirmed, label=town.words()("button-edit"))
    await fill_in(town.sam, form, note="coffee")
    (after,) = await town.kept(town.sam)
    assert after.note == "coffee"
    assert (after.occurrences, after.recurrence) == (before.occurrences, before.recurrence)


async def test_an_edit_can_end_a_series_or_begin_one(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", zone="UTC")
    confirmed = answer(await town.sam.slash(town.square, "remind me", when="2h", about="tea"))
    edit = town.words()("button-edit")
    await fill_in(town.sam, await town.sam.click(confirmed, label=edit), every="6h")
    (series,) = await town.kept(town.sam)
    assert series.recurrence is not None
    assert series.next_due_at == START + 2 * HOUR
    await fill_in(town.sam, await town.sam.click(confirmed, label=edit), every="")
    (once,) = await town.kept(town.sam)
    assert once.recurrence is None
    assert once.next_due_at == START + 2 * HOUR


async def test_what_was_delivered_can_be_set_for_another_time(town: Town) -> None:
    message = await reminded(town)
    form = await press(town.sam, town, message, "button-edit")
    await fill_in(town.sam, form, when="3h")
    (kept,) = await town.kept(town.sam)
    assert kept.next_due_at == START + 4 * HOUR
    again = await town.arrives(town.square, 3 * HOUR)
    assert again.content == message.content


@pytest.mark.parametrize("tag", ["en-US", "zh-CN"])
async def test_an_edit_of_what_was_sent_meanwhile_asks_for_a_time_and_keeps_the_words(
    town: Town, tag: str
) -> None:
    town.speaks(town.sam, tag)
    words = town.words_of(town.sam)
    confirmed = answer(
        await town.sam.slash(town.square, "remind me", when="1h", about="tea", where="here")
    )
    form = await town.sam.click(confirmed, label=words("button-edit"))
    await town.arrives(town.square, HOUR)
    await fill_in(town.sam, form, note="coffee")
    assert await town.kept(town.sam) == []
    assert words("edited-title-over", what="coffee") in said(confirmed)
    assert labels(confirmed) == [words("edited-set-again")]
    again = await town.sam.click(confirmed, label=words("edited-set-again"))
    assert fields(again)["note"]["value"] == "coffee"
    assert fields(again)["when"]["required"]
    await fill_in(town.sam, again, when="2h")
    (kept,) = await town.kept(town.sam)
    assert (kept.note, kept.next_due_at) == ("coffee", START + 3 * HOUR)
    assert words("edited-title", what="coffee") in said(confirmed)


async def test_what_was_sent_can_begin_to_repeat_at_its_own_time(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", zone="UTC")
    confirmed = answer(
        await town.sam.slash(town.square, "remind me", when="1h", about="tea", where="here")
    )
    form = await town.sam.click(confirmed, label=town.words()("button-edit"))
    await town.arrives(town.square, HOUR)
    await fill_in(town.sam, form, every="day")
    (kept,) = await town.kept(town.sam)
    assert kept.next_due_at == START + HOUR + DAY


async def test_a_series_that_ended_goes_on_by_another_rule_at_its_time_of_day(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", zone="UTC")
    options = {"when": "1h", "about": "tea", "every": "day", "until": "2h", "where": "here"}
    confirmed = answer(await town.sam.slash(town.square, "remind me", **options))
    await town.arrives(town.square, HOUR)
    assert await town.kept(town.sam) == []
    form = await town.sam.click(confirmed, label=town.words()("button-edit"))
    await fill_in(town.sam, form, every="saturday", until="")
    (kept,) = await town.kept(town.sam)
    assert kept.next_due_at == START + HOUR + 5 * DAY


async def test_an_edit_that_says_nothing_new_says_so(town: Town) -> None:
    confirmed = answer(await town.sam.slash(town.square, "remind me", when="2h", about="tea"))
    form = await town.sam.click(confirmed, label=town.words()("button-edit"))
    await fill_in(town.sam, form)
    assert town.words()("edited-nothing") in said(confirmed)


async def test_the_form_can_be_sent_after_a_restart(town: Town) -> None:
    message = await warned(town)
    form = await press(town.sam, town, message, "button-edit")
    await town.restart()
    await fill_in(town.sam, form, when="3h", note="run 7")
    (kept,) = await town.kept(town.sam)
    assert (kept.note, kept.ends_at) == ("run 7", START + 8 * HOUR + 30 * MINUTE)


async def test_old_buttons_go_on_working(town: Town) -> None:
    message = await warned(town)
    (kept,) = await town.kept(town.sam)
    tag = town.house.services.tag
    await town.sam.click(message, custom_id=f"rem:{tag}:{kept.id}:1:snooze_10m")
    await town.sam.click(message, custom_id=f"rem:{tag}:{kept.id}:1:snooze_1h")
    (kept,) = await town.kept(town.sam)
    snoozes = [each.due_at for each in kept.occurrences if each.is_live and each.snooze_of]
    assert snoozes == [START + 6 * HOUR + 30 * MINUTE]


async def test_a_button_on_a_slow_store_says_one_moment_and_then_answers(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await warned(town)
    monkeypatch.setattr("cogs._replies.SOON", 0.0)
    await press(town.sam, town, message, "button-ended")
    await town.env.settle()
    assert await town.kept(town.sam) == []
    form = await press(town.sam, town, message, "button-edit")
    assert told_privately(form) == town.words()("error-database-busy")


# -------------------------------------------------------------------------------- the list


async def test_the_list_turns_its_pages(town: Town) -> None:
    for hours in range(1, 8):
        await town.sam.slash(town.square, "remind me", when=f"{hours}h", about=f"note {hours}")
    shown = answer(await town.sam.slash(town.square, "remind list"))
    assert "note 5" in said(shown)
    assert "note 6" not in said(shown)
    await town.sam.click(shown, label=town.words()("page-on"))
    assert "note 6" in said(shown)
    assert "note 5" not in said(shown)
    await town.sam.click(shown, label=town.words()("page-back"))
    assert "note 1" in said(shown)


async def test_the_list_tells_what_repeats_what_is_snoozed_and_what_waits(town: Town) -> None:
    message = await reminded(town, every="6h")
    await press(town.sam, town, message, "button-snooze_10m")
    text = said(await town.sam.slash(town.square, "remind list"))
    assert town.words()("every-length", span="6 h") in text
    assert town.words()("state-snoozed") in text


async def test_all_are_cancelled_after_a_question_and_only_those_it_counted(town: Town) -> None:
    for hours in (1, 2):
        await town.sam.slash(town.square, "remind me", when=f"{hours}h", about="old")
    await town.lin.slash(town.square, "remind me", when="1h", about="somebody else's")
    asked = answer(await town.sam.slash(town.square, "remind cancel", reminder="all"))
    assert len(await town.kept(town.sam)) == 2
    await town.sam.slash(town.square, "remind me", when="3h", about="made meanwhile")
    await town.sam.click(asked, label=town.words()("cancel-all-yes", n=2))
    assert said(asked) == town.words()("cancel-all-done", n=2)
    assert [each.note for each in await town.kept(town.sam)] == ["made meanwhile"]
    assert len(await town.kept(town.lin)) == 1


@pytest.mark.parametrize(
    ("tag", "texts"),
    [
        ("en-US", ("Cancel it …", "Cancel your one reminder?", "Yes, cancel it")),
        ("zh-CN", ("取消这个提醒……", "要取消这个提醒吗？", "是，取消")),
    ],
)
async def test_one_reminder_is_not_called_all_of_them(
    town: Town, tag: str, texts: tuple[str, str, str]
) -> None:
    town.speaks(town.sam, tag)
    button, question, yes = texts
    await town.sam.slash(town.square, "remind me", when="2h", about="tea")
    listed = answer(await town.sam.slash(town.square, "remind list"))
    asked = answer(await town.sam.click(listed, label=button))
    assert question in said(asked)
    assert yes in labels(asked)


async def test_one_can_think_better_of_cancelling_all(town: Town) -> None:
    await town.sam.slash(town.square, "remind me", when="1h", about="tea")
    shown = answer(await town.sam.slash(town.square, "remind list"))
    asked = answer(await town.sam.click(shown, label=town.words()("cancel-all-button", n=1)))
    await town.sam.click(asked, label=town.words()("cancel-all-no", n=1))
    assert said(asked) == town.words()("cancel-all-kept")
    assert len(await town.kept(town.sam)) == 1

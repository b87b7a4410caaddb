"""From a command to the message that comes later, through the real ticker."""

from datetime import timedelta

import pytest
from simcord import MemberActor
from simcord.results import InteractionResult

from bot.reminders.models import OccurrenceState
from bot.speech import stamps
from tests.cogs.town import START, Town, answer, labels, said, told_privately

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


async def remind(actor: MemberActor, town: Town, **options: str) -> InteractionResult:
    wish = {"when": "1h", "about": "tea is ready", **options}
    return await actor.slash(town.square, "remind me", **wish)


async def test_a_reminder_comes_by_dm_with_a_mention_and_its_buttons(town: Town) -> None:
    await remind(town.sam, town)
    message = await town.arrives(town.dm_of(town.sam), HOUR)
    assert message.content == f"<@{town.sam.id}> ⏰ tea is ready"
    assert labels(message)
    assert await town.kept(town.sam) == []


async def test_a_reminder_comes_in_the_channel_where_that_was_wished(town: Town) -> None:
    await remind(town.lin, town, when="1小时", about="喝茶", where="here")
    message = await town.arrives(town.square, HOUR)
    assert message.content.startswith(f"<@{town.lin.id}> ⏰ 喝茶")
    assert town.words_of(town.lin)("button-snooze_10m") in labels(message)


@pytest.mark.parametrize(
    "note",
    ["@everyone now", "@here", "<@&1> <@1> <#1>", "[free GPU](https://evil.example)", "**b**"],
)
async def test_a_note_pings_nobody_but_its_owner_and_is_shown_as_typed(
    town: Town, note: str
) -> None:
    await remind(town.sam, town, about=note, where="here")
    message = await town.arrives(town.square, HOUR)
    assert [each.id for each in message.mentions] == [town.sam.id]
    assert not message.mention_everyone
    assert message.role_mentions == []
    assert "](" not in message.content.replace("\\](", "")
    assert "**" not in message.content


async def test_a_session_warns_twice_and_the_rest_can_be_cancelled_in_between(town: Town) -> None:
    await town.sam.slash(
        town.square, "remind session", duration="6h", provider="colab", note="save", where="here"
    )
    message = await town.arrives(town.square, 5 * HOUR + 30 * MINUTE)
    ends_at = START + 6 * HOUR
    first, *rest = message.content.splitlines()
    assert "Colab" in first
    assert stamps.relative(ends_at) in first
    assert "> save" in rest
    assert len(await town.kept(town.sam)) == 1
    result = await town.sam.click(message, label=town.words()("button-cancel"))
    assert answer(result).ephemeral
    assert await town.kept(town.sam) == []
    # Others saw the reminder itself: it stays as it was.
    assert town.square.history()[-1].content == message.content


async def test_both_warnings_come_when_nobody_cancels(town: Town) -> None:
    await town.sam.slash(town.square, "remind session", duration="6h", where="here")
    first = await town.arrives(town.square, 5 * HOUR + 30 * MINUTE)
    second = await town.arrives(town.square, 20 * MINUTE)
    assert first.id != second.id
    assert await town.kept(town.sam) == []


async def test_what_became_due_while_the_bot_was_away_comes_late_and_says_so(town: Town) -> None:
    await remind(town.sam, town, where="here")
    await town.sam.slash(town.square, "remind session", duration="2h", leads="10m", where="here")
    town.clock.advance((HOUR + 12 * MINUTE).total_seconds())
    message = await town.arrives(town.square, timedelta())
    assert town.words()("notice-late", span="12 min", due=stamps.clock(START + HOUR)) in (
        message.content
    )


async def test_the_buttons_of_a_delivered_reminder_work_after_a_restart(town: Town) -> None:
    await town.sam.slash(town.square, "remind session", duration="6h", where="here")
    message = await town.arrives(town.square, 5 * HOUR + 30 * MINUTE)
    await town.restart()
    result = await town.sam.click(message, label=town.words()("button-cancel"))
    assert town.words()("remind-undo-button") in labels(answer(result))
    assert await town.kept(town.sam) == []
    await town.sam.click(answer(result), label=town.words()("remind-undo-button"))
    assert len(await town.kept(town.sam)) == 1


async def test_a_confirmation_can_be_cancelled_after_a_restart(town: Town) -> None:
    confirmed = answer(await remind(town.sam, town))
    await town.restart()
    await town.sam.click(confirmed, label=town.words()("remind-cancel-button"))
    assert await town.kept(town.sam) == []


async def test_what_was_promised_before_a_restart_is_delivered_after_it(town: Town) -> None:
    await remind(town.lin, town, when="1小时", where="here")
    await town.restart()
    message = await town.arrives(town.square, HOUR)
    assert "tea is ready" in message.content


@pytest.mark.parametrize("key", ["button-snooze_10m", "button-snooze_1h"])
async def test_a_reminder_can_be_snoozed(town: Town, key: str) -> None:
    await remind(town.sam, town, where="here")
    message = await town.arrives(town.square, HOUR)
    result = await town.sam.click(message, label=town.words()(key))
    assert answer(result).ephemeral
    later = 10 * MINUTE if key == "button-snooze_10m" else HOUR
    assert stamps.relative(START + HOUR + later) in said(result)
    (kept,) = await town.kept(town.sam)
    assert kept.next_due_at == START + HOUR + later
    again = await town.arrives(town.square, later)
    assert again.content == message.content
    assert labels(again) == labels(message)


async def test_a_snoozed_session_warning_still_knows_when_the_session_ends(town: Town) -> None:
    await town.lin.slash(
        town.square, "remind session", duration="6h", provider="colab", leads="30m", where="here"
    )
    first = await town.arrives(town.square, 5 * HOUR + 30 * MINUTE)
    await town.lin.click(first, label=town.words_of(town.lin)("button-snooze_10m"))
    again = await town.arrives(town.square, 10 * MINUTE)
    assert again.content == first.content
    assert stamps.relative(START + 6 * HOUR) in again.content


async def test_a_warning_snoozed_beyond_the_end_says_that_it_is_over(town: Town) -> None:
    await town.sam.slash(
        town.square, "remind session", duration="6h", provider="colab", leads="5m", where="here"
    )
    first = await town.arrives(town.square, 6 * HOUR - 5 * MINUTE)
    await town.sam.click(first, label=town.words()("button-snooze_10m"))
    again = await town.arrives(town.square, 10 * MINUTE)
    session = town.words()("notice-session-name", offer="Colab")
    ended = town.words()("notice-over", session=session, clock=stamps.clock(START + 6 * HOUR))
    assert again.content == f"<@{town.sam.id}> {ended}"


async def test_snoozing_twice_reminds_once_at_the_later_wish(town: Town) -> None:
    await remind(town.sam, town, where="here")
    message = await town.arrives(town.square, HOUR)
    await town.sam.click(message, label=town.words()("button-snooze_10m"))
    await town.sam.click(message, label=town.words()("button-snooze_1h"))
    await town.arrives(town.square, HOUR)
    assert len([each for each in town.square.history() if "tea" in each.content]) == 2


async def test_a_note_never_goes_to_a_channel_that_its_owner_did_not_choose(town: Town) -> None:
    await remind(town.sam, town, about="my secret")
    town.env.inject_error(
        "POST", "/users/@me/channels", status=403, code=50007, message="closed", times=None
    )
    message = await town.arrives(town.square, HOUR)
    assert "my secret" not in message.content
    assert town.words()("notice-hidden") in message.content
    show = town.words()("button-show")
    assert labels(message) == [show]
    result = await town.sam.click(message, label=show)
    assert answer(result).ephemeral
    assert "my secret" in said(result)
    assert "secret" not in told_privately(await town.ada.click(message, label=show))


async def test_a_channel_that_the_server_closed_meanwhile_is_left_for_a_dm(town: Town) -> None:
    await remind(town.sam, town, where="here")
    await town.ada.slash(town.square, "settings server", reminders="off")
    message = await town.arrives(town.dm_of(town.sam), HOUR)
    assert "tea is ready" in message.content
    assert town.words()("moved-server_policy") in message.content


async def test_a_member_who_left_gets_it_by_dm_with_the_reason(town: Town) -> None:
    await remind(town.sam, town, where="here")
    town.guild.remove_member(town.sam)
    message = await town.arrives(town.dm_of(town.sam), HOUR)
    assert town.words()("moved-owner_may_not_speak") in message.content


async def test_what_could_not_be_delivered_at_all_stands_in_the_list_with_its_reason(
    town: Town,
) -> None:
    await town.drew.slash("remind me", when="1h", about="tea")
    (kept,) = await town.kept(town.drew)
    town.env.inject_error(
        "POST", "/channels/*/messages", status=403, code=50007, message="closed", times=None
    )
    town.env.inject_error(
        "POST", "/users/@me/channels", status=403, code=50007, message="closed", times=None
    )
    await town.wait(HOUR)
    reminders = town.house.services.reminders
    while (await reminders.get(town.drew.id, kept.id)).occurrences[0].state in {
        OccurrenceState.PENDING,
        OccurrenceState.CLAIMED,
    }:
        await town.env.settle()
    listed = said(await town.drew.slash("remind list"))
    assert town.words()("failed-dm_closed") in listed
    assert "tea" in listed

"""What repeats, quiet hours, a start in the past, and a reminder about a message."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.speech import stamps
from tests.cogs.town import START, Town, answer, fields, said, told_privately

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def at_home(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", zone="Europe/Berlin")  # 6:00 there


async def test_a_daily_reminder_is_confirmed_delivered_and_comes_again(town: Town) -> None:
    await at_home(town)
    confirmed = await town.sam.slash(
        town.square, "remind me", when="9:00", about="stand up", every="day", where="here"
    )
    assert town.words()("every-day", at="09:00", zone="Berlin") in said(confirmed)
    first = await town.arrives(town.square, 3 * HOUR)
    assert "stand up" in first.content
    (kept,) = await town.kept(town.sam)
    assert kept.next_due_at == START + 3 * HOUR + DAY
    second = await town.arrives(town.square, DAY)
    assert second.content == first.content
    assert second.id != first.id


async def test_every_in_chinese_and_an_end(town: Town) -> None:
    await town.lin.slash(town.square, "settings me", zone="Asia/Shanghai")  # Monday 13:00
    confirmed = await town.lin.slash(
        town.square,
        "remind me",
        when="明天早上9点",
        about="喝水",
        every="每个工作日",
        until="2026-11-27",
    )
    words = town.words_of(town.lin)
    assert words("every-weekday", at="09:00", zone="Shanghai") in said(confirmed)
    (kept,) = await town.kept(town.lin)
    assert kept.recurrence is not None
    # A day alone is meant whole.
    assert kept.recurrence.until == datetime(2026, 11, 27, 15, 59, tzinfo=UTC)


async def test_days_ask_for_the_zone_and_hours_do_not(town: Town) -> None:
    asked = await town.sam.slash(
        town.square, "remind me", when="3h", about="stand up", every="weekdays"
    )
    await town.sam.select(answer(asked), ["Europe/Berlin"])
    await town.lin.slash(town.square, "remind me", when="3h", about="水", every="6h")
    (sams,), (lins,) = await town.kept(town.sam), await town.kept(town.lin)
    assert sams.zone == "Europe/Berlin"
    assert lins.recurrence is not None


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ({"every": "sometimes"}, "every-unreadable"),
        ({"every": "1 min"}, "every-too_often"),
        ({"every": "2000h"}, "every-too_rare"),
        ({"until": "2026-12-24"}, "until-without-every"),
    ],
)
async def test_what_is_no_rule_is_one_sentence_and_stores_nothing(
    town: Town, options: dict[str, str], key: str
) -> None:
    await at_home(town)
    refused = await town.sam.slash(town.square, "remind me", when="3h", about="x", **options)
    assert told_privately(refused) == town.words()(key, word=options.get("every", ""))
    assert await town.kept(town.sam) == []


async def test_an_end_before_the_first_time_is_explained(town: Town) -> None:
    await at_home(town)
    refused = await town.sam.slash(
        town.square, "remind me", when="tomorrow 9:00", about="x", every="day", until="5h"
    )
    assert stamps.full(START + 5 * HOUR) in told_privately(refused)
    assert await town.kept(town.sam) == []


async def test_every_offers_the_usual_rules_and_says_how_it_reads_what_is_typed(
    town: Town,
) -> None:
    choices = await town.sam.autocomplete(town.square, "remind me", "every", "")
    assert [each["value"] for each in choices] == ["day", "weekdays", "week", "6h", "12h"]
    (read,) = await town.sam.autocomplete(town.square, "remind me", "every", "90 min")
    assert read["name"] == town.words()("every-length", span="1 h 30 min")
    (days,) = await town.lin.autocomplete(town.square, "remind me", "every", "每周一三五")
    assert "周三" in days["name"]


# ---------------------------------------------------------------------------- quiet hours


async def test_what_falls_in_quiet_hours_comes_at_their_end_and_the_confirmation_says_so(
    town: Town,
) -> None:
    await town.sam.slash(town.square, "settings me", zone="Europe/Berlin", quiet="7:00-9:00")
    confirmed = await town.sam.slash(town.square, "remind me", when="2h", about="tea", where="here")
    asked = stamps.clock(START + 2 * HOUR)
    assert town.words()("remind-quiet-moved", clock=asked) in said(confirmed)
    (kept,) = await town.kept(town.sam)
    assert kept.next_due_at == START + 3 * HOUR
    message = await town.arrives(town.square, 3 * HOUR)
    assert message.content == f"<@{town.sam.id}> ⏰ tea"


async def test_warnings_of_a_session_come_in_quiet_hours_and_the_confirmation_says_so(
    town: Town,
) -> None:
    await town.sam.slash(town.square, "settings me", zone="Europe/Berlin", quiet="7-9")
    confirmed = await town.sam.slash(
        town.square, "remind session", duration="2h30m", leads="30m", where="here"
    )
    assert town.words()("remind-quiet-warnings") in said(confirmed)
    await town.arrives(town.square, 2 * HOUR)


async def test_quiet_hours_are_shown_and_switched_off(town: Town) -> None:
    shown = await town.sam.slash(
        town.square, "settings me", zone="Europe/Berlin", quiet="11pm to 8am"
    )
    assert town.words()("settings-quiet", start="23:00", end="08:00") in said(shown)
    shown = await town.sam.slash(town.square, "settings me", quiet="off")
    assert town.words()("settings-quiet-none") in said(shown)


async def test_quiet_hours_need_a_zone_and_two_ends(town: Town) -> None:
    refused = await town.sam.slash(town.square, "settings me", quiet="23-8")
    assert told_privately(refused) == town.words()("quiet-needs-zone")
    refused = await town.sam.slash(town.square, "settings me", zone="UTC", quiet="late")
    assert told_privately(refused) == town.words()("quiet-unreadable", word="late")
    assert (await town.house.services.preferences.user(town.sam.id)).zone is None


# --------------------------------------------------------------------------------- started


async def test_a_session_that_runs_already_is_counted_from_its_start(town: Town) -> None:
    await town.sam.slash(town.square, "remind session", duration="6h", started="20 min ago")
    (kept,) = await town.kept(town.sam)
    assert kept.ends_at == START + 6 * HOUR - 20 * MINUTE


@pytest.mark.parametrize(
    ("duration", "started", "key"),
    [
        ("1h", "2h ago", "started-over"),
        ("<t:1795431600:t>", "20 min ago", "started-needs-length"),
    ],
)
async def test_a_start_that_makes_no_session_is_explained(
    town: Town, duration: str, started: str, key: str
) -> None:
    refused = await town.sam.slash(
        town.square, "remind session", duration=duration, started=started
    )
    assert told_privately(refused) == town.words()(key)
    assert await town.kept(town.sam) == []


# -------------------------------------------------------------------------- about a message


async def test_a_message_can_be_marked_and_its_link_comes_back(town: Town) -> None:
    marked = await town.ada.send(town.square, "the **new** run is at @everyone https://x.test")
    form = await town.sam.context_menu(town.square, "Remind me about this", marked)
    assert fields(form)["note"]["value"].startswith("the **new** run")
    confirmed = await town.sam.submit_modal(
        form, {"when": "1h", "note": fields(form)["note"]["value"]}
    )
    assert answer(confirmed).ephemeral
    link = f"https://discord.com/channels/{town.guild.id}/{town.square.id}/{marked.id}"
    assert link in said(confirmed)
    message = await town.arrives(town.dm_of(town.sam), HOUR)
    assert link in message.content
    assert not message.mention_everyone


async def test_a_form_that_was_opened_before_a_restart_can_be_sent_after_it(town: Town) -> None:
    marked = await town.ada.send(town.square, "x" * 300)
    form = await town.sam.context_menu(town.square, "Remind me about this", marked)
    assert len(fields(form)["note"]["value"]) == 80
    await town.restart()
    await town.sam.submit_modal(form, {"when": "1h", "note": ""})
    (kept,) = await town.kept(town.sam)
    assert kept.note == town.words()("about-note-none")
    assert kept.link is not None

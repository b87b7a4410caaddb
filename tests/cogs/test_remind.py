from datetime import UTC, datetime, timedelta

import pytest
from simcord.components import walk_components
from simcord.results import InteractionResult

from bot.reminders.models import DestinationKind, ReminderKind
from bot.speech import stamps
from bot.speech.spans import span
from cogs.views.reminder_list import OLD_PICK, PICK
from tests.cogs.town import START, Town, answer, labels, options, said, told_privately

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


async def remind(town: Town, what: str = "tea", when: str = "2h") -> InteractionResult:
    return await town.sam.slash(town.square, "remind me", when=when, about=what)


# ----------------------------------------------------------------------- /remind session


@pytest.mark.parametrize("duration", ["6h", "6小时", "360 min", "6:00", "six hours"])
async def test_a_session_is_stored_and_confirmed_with_both_kinds_of_time_stamp(
    town: Town, duration: str
) -> None:
    result = await town.sam.slash(town.square, "remind session", duration=duration)
    ends_at = START + 6 * HOUR
    assert answer(result).ephemeral
    assert stamps.full(ends_at) in said(result)
    assert stamps.relative(ends_at) in said(result)
    (kept,) = await town.kept(town.sam)
    assert (kept.kind, kept.ends_at) == (ReminderKind.SESSION, ends_at)
    assert [each.lead for each in kept.occurrences] == [30 * MINUTE, 10 * MINUTE]
    for lead in (30 * MINUTE, 10 * MINUTE):
        assert stamps.relative(ends_at - lead) in said(result)


async def test_a_session_may_name_provider_leads_and_note(town: Town) -> None:
    result = await town.lin.slash(
        town.square,
        "remind session",
        duration="2小时",
        provider="谷歌 Colab",
        leads="1小时、5分钟，5分钟; 20分钟",
        note="保存检查点",
    )
    (kept,) = await town.kept(town.lin)
    assert (kept.offer_id, kept.note, kept.locale) == ("google-colab-free", "保存检查点", "zh-CN")
    assert [each.lead for each in kept.occurrences] == [HOUR, 20 * MINUTE, 5 * MINUTE]
    assert "Colab" in said(result)
    assert "保存检查点" in said(result)


async def test_a_lead_longer_than_the_session_is_explained(town: Town) -> None:
    result = await town.sam.slash(town.square, "remind session", duration="20m")
    (kept,) = await town.kept(town.sam)
    assert kept.next_due_at == START + 10 * MINUTE
    assert town.words()("remind-shortened", span="30 min") in said(result)


@pytest.mark.parametrize(
    ("where", "kind"), [("dm", DestinationKind.DM), ("here", DestinationKind.CHANNEL)]
)
async def test_where_decides_between_dm_and_channel(
    town: Town, where: str, kind: DestinationKind
) -> None:
    result = await town.sam.slash(town.square, "remind session", duration="6h", where=where)
    (kept,) = await town.kept(town.sam)
    assert kept.destination.kind is kind
    assert (f"<#{town.square.id}>" in said(result)) is (where == "here")


async def test_who_may_not_write_here_gets_it_by_dm_and_is_told(town: Town) -> None:
    result = await town.mia.slash(town.library, "remind session", duration="6h", where="here")
    (kept,) = await town.kept(town.mia)
    assert kept.destination.kind is DestinationKind.DM
    assert town.words()("remind-here-not-you") in said(result)


async def test_in_direct_messages_here_is_a_dm(town: Town) -> None:
    result = await town.drew.slash("remind session", duration="6h", where="here")
    (kept,) = await town.kept(town.drew)
    assert kept.destination.kind is DestinationKind.DM
    assert town.words()("remind-here-dm") in said(result)
    assert said(result).casefold().count("direct message") == 2  # of one sentence


@pytest.mark.parametrize("tag", ["en-US", "zh-CN"])
async def test_a_length_written_like_a_time_of_day_is_said_as_a_length(
    town: Town, tag: str
) -> None:
    town.speaks(town.sam, tag)
    words = town.words_of(town.sam)
    result = await town.sam.slash(town.square, "remind session", duration="18:00")
    assert words("remind-ambiguous-length", span=span(18 * HOUR, words)) in said(result)


@pytest.mark.parametrize(
    ("tag", "status"),
    [("en-US", "discontinued since 2021-08-20"), ("zh-CN", "2021-08-20 起已停止服务")],
)
async def test_a_session_at_an_offer_that_ended_is_kept_and_doubted(
    town: Town, tag: str, status: str
) -> None:
    town.speaks(town.sam, tag)
    options = {"duration": "6h", "provider": "floydhub"}
    assert status in said(await town.sam.slash(town.square, "remind session", **options))
    assert len(await town.kept(town.sam)) == 1
    options = {"duration": "6h", "provider": "colab"}
    assert "⚠" not in said(await town.sam.slash(town.square, "remind session", **options))


async def test_a_doubtful_time_is_not_said_twice(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", zone="UTC")
    result = await town.sam.slash(town.square, "remind me", when="tomorrow", about="tea")
    assert town.words()("remind-ambiguous-shown") in said(result)
    (kept,) = await town.kept(town.sam)
    assert kept.next_due_at is not None
    assert said(result).count(stamps.full(kept.next_due_at)) == 1


@pytest.mark.parametrize("tag", ["en-US", "zh-CN"])
async def test_a_time_on_no_day_of_the_series_is_explained(town: Town, tag: str) -> None:
    town.speaks(town.sam, tag)
    await town.sam.slash(town.square, "settings me", zone="UTC")
    options = {"when": "saturday 10:00", "about": "tea", "every": "weekdays"}
    result = await town.sam.slash(town.square, "remind me", **options)
    saturday = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
    full, first = (stamps.full(each) for each in (saturday, saturday + timedelta(days=2)))
    assert town.words_of(town.sam)("remind-first-day", full=full, first=first) in said(result)


async def test_leads_of_the_settings_hold_where_none_are_given(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", leads="45m")
    await town.sam.slash(town.square, "remind session", duration="6h")
    (kept,) = await town.kept(town.sam)
    assert [each.lead for each in kept.occurrences] == [45 * MINUTE]


async def test_provider_is_completed_by_name_or_alias(town: Town) -> None:
    choices = await town.lin.autocomplete(town.square, "remind session", "provider", "谷歌")
    assert choices[0]["value"] == "google-colab-free"


# ---------------------------------------------------------------------------- /remind me


async def test_a_length_of_time_needs_no_zone(town: Town) -> None:
    result = await remind(town, "look at the *loss*", "90m")
    (kept,) = await town.kept(town.sam)
    assert kept.next_due_at == START + timedelta(minutes=90)
    assert kept.note == "look at the *loss*"
    assert "look at the \\*loss\\*" in said(result)
    assert stamps.full(START + timedelta(minutes=90)) in said(result)


@pytest.mark.parametrize(
    ("when", "taken"), [("10s", True), ("9s", False), ("365d", True), ("367d", False)]
)
async def test_ten_seconds_and_a_year_are_the_bounds(town: Town, when: str, taken: bool) -> None:
    result = await remind(town, when=when)
    assert answer(result).ephemeral
    assert bool(await town.kept(town.sam)) is taken


async def test_a_clock_time_asks_for_the_zone_once(town: Town) -> None:
    asked = await town.lin.slash(town.square, "remind me", when="明天早上9点", about="喝茶")
    assert await town.kept(town.lin) == []
    assert answer(asked).ephemeral
    assert "“明天早上9点”" in said(asked)
    assert "Asia/Shanghai" in options(answer(asked)).values()
    await town.lin.select(answer(asked), ["Asia/Shanghai"])
    (kept,) = await town.kept(town.lin)
    assert kept.next_due_at == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    assert kept.zone == "Asia/Shanghai"
    # The question became the confirmation.
    assert stamps.full(datetime(2026, 11, 24, 1, 0, tzinfo=UTC)) in said(asked)
    again = await town.lin.slash(town.square, "remind me", when="后天早上9点", about="喝茶")
    assert options(answer(again)) == {}
    assert len(await town.kept(town.lin)) == 2


async def test_another_city_can_be_typed_into_a_form(town: Town) -> None:
    asked = await town.sam.slash(town.square, "remind me", when="tomorrow 9:00", about="tea")
    form = await town.sam.click(answer(asked), label=town.words()("zone-ask-other"))
    wrong = await town.sam.submit_modal(form, {"city": "Atlantis **x**"})
    assert told_privately(wrong) == town.words()(
        "error-zone-unknown", value="Atlantis \\*\\*x\\*\\*"
    )
    assert await town.kept(town.sam) == []
    form = await town.sam.click(answer(asked), label=town.words()("zone-ask-other"))
    await town.sam.submit_modal(form, {"city": "kathmandu"})
    (kept,) = await town.kept(town.sam)
    assert kept.zone == "Asia/Kathmandu"
    assert kept.next_due_at == datetime(2026, 11, 24, 3, 15, tzinfo=UTC)


async def test_a_zone_that_is_answered_after_a_restart_is_saved_and_the_rest_asked_again(
    town: Town,
) -> None:
    asked = await town.sam.slash(town.square, "remind me", when="tomorrow 9:00", about="tea")
    await town.restart()
    await town.sam.select(answer(asked), ["Europe/Berlin"])
    assert said(asked) == town.words()("zone-forgotten", zone="Europe/Berlin")
    assert await town.kept(town.sam) == []
    await town.sam.slash(town.square, "remind me", when="tomorrow 9:00", about="tea")
    (kept,) = await town.kept(town.sam)
    assert kept.next_due_at == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


async def test_a_question_that_was_answered_promises_nothing_twice(town: Town) -> None:
    asked = await town.sam.slash(town.square, "remind me", when="tomorrow 9:00", about="tea")
    form = await town.sam.click(answer(asked), label=town.words()("zone-ask-other"))
    await town.sam.select(answer(asked), ["Europe/Berlin"])
    await town.sam.submit_modal(form, {"city": "tokyo"})
    assert len(await town.kept(town.sam)) == 1


async def test_a_session_until_a_clock_time_asks_for_the_zone_too(town: Town) -> None:
    asked = await town.sam.slash(
        town.square, "remind session", duration="4pm", provider="colab", note="x"
    )
    await town.sam.select(answer(asked), ["Europe/Berlin"])
    (kept,) = await town.kept(town.sam)
    assert kept.ends_at == datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    assert (kept.offer_id, kept.note) == ("google-colab-free", "x")


# -------------------------------------------------------------------- list, cancel, undo


async def test_an_empty_list_says_what_to_try(town: Town) -> None:
    text = said(await town.sam.slash(town.square, "remind list"))
    assert "</remind session:" in text
    assert "</remind me:" in text


async def test_the_list_has_the_next_one_first_and_is_private(town: Town) -> None:
    await remind(town, "later", "5h")
    await remind(town, "sooner", "1h")
    await town.lin.slash(town.square, "remind me", when="1h", about="somebody else's")
    result = await town.sam.slash(town.square, "remind list")
    assert answer(result).ephemeral
    assert said(result).index("sooner") < said(result).index("later")
    assert "somebody" not in said(result)
    assert [label.partition(",")[0] for label in options(answer(result))] == ["sooner", "later"]


async def test_one_can_be_cancelled_from_the_list(town: Town) -> None:
    await remind(town, "stays", "1h")
    await remind(town, "goes", "2h")
    shown = answer(await town.sam.slash(town.square, "remind list"))
    value = next(value for label, value in options(shown).items() if label.startswith("goes"))
    one = answer(await town.sam.select(shown, [value], custom_id=PICK))
    assert "goes" in said(one)
    assert len(await town.kept(town.sam)) == 2
    await town.sam.click(one, label=town.words()("remind-cancel-button"))
    assert [each.note for each in await town.kept(town.sam)] == ["stays"]


async def test_the_select_below_a_list_of_a_former_version_still_cancels(town: Town) -> None:
    await remind(town, "goes", "2h")
    shown = answer(await town.sam.slash(town.square, "remind list"))
    stored = town.env.backend.get_message(shown.channel_id, shown.id)
    for select in walk_components(stored.components):
        if select.get("custom_id") == PICK:
            select["custom_id"] = OLD_PICK
    (value,) = options(shown).values()
    result = await town.sam.select(shown, [value], custom_id=OLD_PICK)
    assert town.words()("remind-undo-button") in labels(answer(result))
    assert await town.kept(town.sam) == []


async def test_cancelling_by_autocomplete_finds_ones_own_by_their_note(town: Town) -> None:
    await remind(town, "water the plants", "1h")
    await remind(town, "fetch weights", "2h")
    await town.lin.slash(town.square, "remind me", when="1h", about="water")
    choices = await town.sam.autocomplete(town.square, "remind cancel", "reminder", "WATER")
    (choice,) = choices
    assert choice["name"].startswith("water the plants")
    result = await town.sam.slash(town.square, "remind cancel", reminder=choice["value"])
    assert "water the plants" in said(result)
    assert [each.note for each in await town.kept(town.sam)] == ["fetch weights"]


async def test_choices_show_a_note_without_what_cannot_be_seen(town: Town) -> None:
    await remind(town, "a\u202eb\u200b\n*c*", "1h")
    (choice,) = await town.sam.autocomplete(town.square, "remind cancel", "reminder", "")
    shown = answer(await town.sam.slash(town.square, "remind list"))
    for label in (choice["name"], *options(shown)):
        assert label.startswith("ab *c*")


async def test_a_cancelled_reminder_can_be_brought_back_and_cancelled_again(town: Town) -> None:
    confirmed = answer(await remind(town))
    words = town.words()
    await town.sam.click(confirmed, label=words("remind-cancel-button"))
    assert await town.kept(town.sam) == []
    assert labels(confirmed) == [words("remind-undo-button")]  # the message changed in place
    await town.sam.click(confirmed, label=words("remind-undo-button"))
    (kept,) = await town.kept(town.sam)
    assert kept.next_due_at == START + 2 * HOUR
    assert stamps.full(START + 2 * HOUR) in said(confirmed)
    await town.sam.click(confirmed, label=words("remind-cancel-button"))
    assert await town.kept(town.sam) == []


async def test_cancelling_twice_and_undoing_twice_are_no_errors(town: Town) -> None:
    confirmed = answer(await remind(town))
    (kept,) = await town.kept(town.sam)
    for _ in range(2):
        result = await town.sam.slash(town.square, "remind cancel", reminder=str(kept.id))
        assert town.words()("remind-undo-button") in labels(answer(result))
    undo = answer(await town.sam.slash(town.square, "remind cancel", reminder=str(kept.id)))
    custom_id = f"rem:{town.house.services.tag}:{kept.id}:1:undo"
    await town.sam.click(undo, custom_id=custom_id)
    await town.sam.click(
        answer(await town.sam.slash(town.square, "remind cancel", reminder=str(kept.id))),
        custom_id=custom_id,
    )
    assert len(await town.kept(town.sam)) == 1
    assert labels(confirmed) == [
        town.words()(key) for key in ("button-edit", "remind-cancel-button")
    ]


async def test_somebody_elses_id_and_a_missing_one_give_the_same_sentence(town: Town) -> None:
    await remind(town)
    (kept,) = await town.kept(town.sam)
    said_of = {
        value: told_privately(await town.ada.slash(town.square, "remind cancel", reminder=value))
        for value in (str(kept.id), "4711", "0", "-1", "x", "٣", "9" * 40, "1.0", " ", "@everyone")
    }
    assert len(set(said_of.values())) == 1
    assert len(await town.kept(town.sam)) == 1


async def test_somebody_elses_button_gives_that_sentence_too(town: Town) -> None:
    await town.sam.slash(town.square, "remind me", when="1h", about="secret", where="here")
    message = await town.arrives(town.square, HOUR)
    missing = await town.ada.slash(town.square, "remind cancel", reminder="4711")
    for label in labels(message):
        pressed = await town.ada.click(message, label=label)
        assert told_privately(pressed) == told_privately(missing)


async def test_a_reminder_that_is_over_can_be_neither_cancelled_nor_brought_back(
    town: Town,
) -> None:
    confirmed = answer(await remind(town, when="1h"))
    cancelled = answer(await remind(town, "other", "30m"))
    await town.sam.click(cancelled, label=town.words()("remind-cancel-button"))
    await town.arrives(town.dm_of(town.sam), HOUR)
    over = town.words()("error-reminder-over")
    cancel = town.words()("remind-cancel-button")
    assert told_privately(await town.sam.click(confirmed, label=cancel)) == over
    undo = town.words()("remind-undo-button")
    assert told_privately(await town.sam.click(cancelled, label=undo)) == over


async def test_a_button_of_an_older_database_says_so(town: Town) -> None:
    confirmed = answer(await remind(town))
    stored = town.env.backend.get_message(confirmed.channel_id, confirmed.id)
    for button in walk_components(stored.components):
        if "custom_id" in button:
            button["custom_id"] = button["custom_id"].replace(town.house.services.tag, "0" * 8)
    pressed = await town.sam.click(confirmed, label=town.words()("remind-cancel-button"))
    assert told_privately(pressed) == town.words()("button-too-old")
    assert len(await town.kept(town.sam)) == 1

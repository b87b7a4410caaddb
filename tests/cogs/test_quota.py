from datetime import UTC, datetime, timedelta

import pytest
from simcord.results import InteractionResult

from bot.quotas.imports import Problem
from bot.speech import stamps
from cogs.views.quota import DROP, ONE, PASTE
from tests.cogs.town import START, Town, answer, fields, labels, options, said, told_privately

HOUR = timedelta(hours=1)
SATURDAY = datetime(2026, 11, 28, tzinfo=UTC)
CSV = """\
resource,used,remaining,total,refreshAt
GPU,{used}h,{left}h,30.00h,2026-11-28T00:00:00
TPU,0.00h,20.00h,20.00h,2026-11-28T00:00:00
"""
KAGGLE = "kaggle-notebooks-gpu"


async def paste(town: Town, output: str) -> InteractionResult:
    form = await town.sam.slash(town.square, "quota import")
    assert "output" in fields(form)
    return await town.sam.submit_modal(form, {"output": output})


async def read_off(town: Town, *, used: float) -> InteractionResult:
    return await paste(town, CSV.format(used=used, left=30 - used))


async def session(town: Town, duration: str, **more: str) -> InteractionResult:
    more = {"provider": KAGGLE, **more}
    return await town.sam.slash(town.square, "remind session", duration=duration, **more)


async def shown(town: Town, provider: str | None = KAGGLE) -> str:
    chosen = {} if provider is None else {"provider": provider}
    return said(await town.sam.slash(town.square, "quota show", **chosen))


def left(town: Town, hours: str) -> str:
    return f"**{hours} h left**"


# ---------------------------------------------------------------------- sessions


async def test_the_weekly_quota_ends_a_session_first_and_the_answer_says_so(town: Town) -> None:
    await read_off(town, used=28)
    result = await session(town, "6h")
    ends_at = START + 2 * HOUR
    assert town.words()("ends-weekly", clock=stamps.clock(ends_at)) in said(result)
    (kept,) = await town.kept(town.sam)
    assert kept.ends_at == ends_at
    assert kept.next_due_at == ends_at - HOUR / 2


async def test_the_limit_of_a_session_ends_it_first_and_the_answer_says_so(town: Town) -> None:
    result = await session(town, "14h", started="1 h ago")
    ends_at = START + 11 * HOUR
    assert town.words()("ends-limit", hours="12", clock=stamps.clock(ends_at)) in said(result)
    (kept,) = await town.kept(town.sam)
    assert kept.ends_at == ends_at


async def test_the_idle_timeout_is_told(town: Town) -> None:
    assert town.words()("ends-idle", minutes="20") in said(await session(town, "6h"))


async def test_a_session_that_runs_on_empty_keeps_its_end_and_says_what_is_odd(
    town: Town,
) -> None:
    await read_off(town, used=30)
    result = await session(town, "6h")
    assert town.words()("ends-used-up") in said(result)
    (kept,) = await town.kept(town.sam)
    assert kept.ends_at == START + 6 * HOUR


async def test_a_session_is_counted_hour_by_hour(town: Town) -> None:
    await session(town, "6h")
    await town.wait(4 * HOUR)
    whole = await shown(town)
    assert left(town, "26") in whole
    assert town.words()("quota-planned", planned="2 h") in whole
    assert stamps.full(SATURDAY) in whole


async def test_what_ended_early_is_not_counted_and_undoing_counts_it_again(town: Town) -> None:
    confirmed = await session(town, "6h")
    await town.wait(2 * HOUR)
    (kept,) = await town.kept(town.sam)
    opened = await town.sam.slash(town.square, "remind cancel", reminder=str(kept.id))
    await town.wait(2 * HOUR)
    assert left(town, "28") in await shown(town)
    await town.sam.click(answer(opened), label=town.words()("remind-undo-button"))
    assert left(town, "26") in await shown(town)
    assert confirmed.response is not None


async def test_extending_beyond_the_quota_says_where_it_ends(town: Town) -> None:
    await read_off(town, used=26)
    confirmed = await session(town, "3h")
    form = await town.sam.click(answer(confirmed), label=town.words()("button-edit"))
    edited = await town.sam.submit_modal(form, {"when": "6h", "note": ""})
    assert town.words()("ends-weekly", clock=stamps.clock(START + 4 * HOUR)) in said(edited)


# ---------------------------------------------------------------------- /quota log


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ({"duration": "2h"}, 2),
        ({"started": "3h ago"}, 3),
        ({"duration": "2h", "started": "4h ago"}, 2),
        ({"started": "4h ago", "ended": "3h ago"}, 1),
        ({"duration": "1h30m", "ended": "1h ago"}, 1.5),
    ],
)
async def test_use_is_logged_shown_and_undone(
    town: Town, typed: dict[str, str], used: float
) -> None:
    result = await town.sam.slash(town.square, "quota log", provider=KAGGLE, **typed)
    assert answer(result).ephemeral
    rest = f"{30 - used:g}"
    assert left(town, rest) in said(result)
    assert left(town, rest) in await shown(town)
    undone = await town.sam.click(answer(result), label=town.words()("quota-undo-button"))
    assert town.words()("quota-removed") in said(undone)
    assert left(town, "30") in await shown(town)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({}, "quota-log-what"),
        ({"ended": "1h ago"}, "quota-log-what"),
        ({"duration": "2h", "started": "4h ago", "ended": "1h ago"}, "quota-log-too-much"),
        ({"started": "1h ago", "ended": "2h ago"}, "quota-log-order"),
    ],
)
async def test_what_is_no_stretch_of_time_is_one_sentence(
    town: Town, typed: dict[str, str], key: str
) -> None:
    result = await town.sam.slash(town.square, "quota log", provider=KAGGLE, **typed)
    assert told_privately(result) == town.words()(key)


async def test_what_still_runs_belongs_to_a_session(town: Town) -> None:
    result = await town.sam.slash(
        town.square, "quota log", provider=KAGGLE, started="1h ago", duration="3h"
    )
    assert "remind session" in told_privately(result)


async def test_a_time_of_day_needs_a_zone(town: Town) -> None:
    result = await town.sam.slash(town.square, "quota log", provider=KAGGLE, started="03:00")
    assert "settings me" in told_privately(result)
    await town.sam.slash(town.square, "settings me", zone="UTC")
    logged = await town.sam.slash(town.square, "quota log", provider=KAGGLE, started="03:00")
    assert left(town, "28") in said(logged)


async def test_credits_need_the_card_once(town: Town) -> None:
    modal = {"provider": "modal-starter", "duration": "10h"}
    unknown = await town.sam.slash(town.square, "quota log", **modal)
    assert "T4" in told_privately(unknown)
    wrong = await town.sam.slash(town.square, "quota log", gpu="T5", **modal)
    assert "T5" in told_privately(wrong)
    logged = await town.sam.slash(town.square, "quota log", gpu="T4", **modal)
    assert "**24.10 USD left**" in said(logged)
    await town.sam.slash(town.square, "quota set", provider="modal-starter", gpu="L4")
    usual = await town.sam.slash(town.square, "quota log", **modal)
    assert "**16.10 USD left**" in said(usual)


# ---------------------------------------------------------------------- /quota show


async def test_nothing_is_known_at_first_and_the_answer_says_how_to_begin(town: Town) -> None:
    result = await town.sam.slash(town.square, "quota show")
    for command in ("remind session", "quota log", "quota import"):
        assert command in said(result)
    assert labels(answer(result)) == [town.words()("quota-paste-button")]


async def test_several_quotas_stand_together_and_one_is_opened(town: Town) -> None:
    await read_off(town, used=12)
    result = await town.sam.slash(town.square, "quota show")
    assert left(town, "18") in said(result)
    assert left(town, "20") in said(result)
    (gpu, _) = options(answer(result), ONE).values()
    opened = await town.sam.select(answer(result), [gpu], custom_id=ONE)
    assert left(town, "18") in said(opened)
    assert left(town, "20") not in said(opened)


async def test_the_pace_is_told(town: Town) -> None:
    await read_off(town, used=24)
    assert "At this rate it runs out" in await shown(town)


async def test_no_code_block_is_wider_than_a_phone(town: Town) -> None:
    await session(town, "6h")
    for line in (await shown(town)).splitlines():
        if "█" in line or "░" in line:
            assert len(line) <= 40


async def test_the_week_is_a_picture_with_words_for_those_who_cannot_see_it(town: Town) -> None:
    await session(town, "6h")
    result = await town.sam.slash(town.square, "quota show", provider=KAGGLE)
    picture = await town.sam.click(answer(result), label=town.words()("quota-week-button"))
    assert answer(picture).ephemeral
    assert answer(picture).attachments


async def test_an_unpublished_quota_shows_the_users_own_lockouts_and_no_number(
    town: Town,
) -> None:
    words = town.words()
    result = await town.sam.slash(town.square, "quota show", provider="colab")
    assert words("quota-no-numbers") in said(result)
    for _ in range(2):
        result = await town.sam.click(answer(result), label=words("quota-lock-button"))
        await town.wait(12 * HOUR)
        result = await town.sam.click(answer(result), label=words("quota-free-button"))
        await town.wait(24 * HOUR)
    whole = await shown(town, "colab")
    assert words("quota-pattern-count", n=2) in whole
    assert words("quota-pattern-lasted", span="12 h") in whole
    assert "░" not in whole


async def test_entries_are_listed_and_removed_and_all_of_it_is_forgotten(town: Town) -> None:
    words = town.words()
    await session(town, "6h")
    await town.sam.slash(town.square, "quota log", provider=KAGGLE, duration="2h")
    result = await town.sam.slash(town.square, "quota show", provider=KAGGLE)
    listed = await town.sam.click(answer(result), label=words("quota-entries-button"))
    assert "session" in said(listed)
    first, *_ = options(answer(listed), DROP).values()
    removed = await town.sam.select(answer(listed), [first], custom_id=DROP)
    assert words("quota-removed") in said(removed)
    listed = await town.sam.click(answer(removed), label=words("quota-entries-button"))
    asked = await town.sam.click(answer(listed), label=words("quota-forget-button"))
    await town.sam.click(answer(asked), label=words("quota-forget-button"))
    assert "quota import" in await shown(town, None)


async def test_buttons_answer_after_a_restart(town: Town) -> None:
    result = await town.sam.slash(town.square, "quota log", provider=KAGGLE, duration="2h")
    await town.restart()
    undone = await town.sam.click(answer(result), label=town.words()("quota-undo-button"))
    assert town.words()("quota-removed") in said(undone)


# ---------------------------------------------------------------------- /quota import, set


async def test_what_the_provider_says_beats_what_was_counted(town: Town) -> None:
    await town.sam.slash(town.square, "quota log", provider=KAGGLE, duration="20h")
    result = await read_off(town, used=2.5)
    assert left(town, "27.5") in said(result)
    assert left(town, "27.5") in await shown(town)
    await session(town, "6h")
    await town.wait(2 * HOUR)
    assert left(town, "25.5") in await shown(town)


async def test_hugging_faces_answer_is_taken_in_minutes(town: Town) -> None:
    result = await paste(
        town, '{"base":300,"current":120,"resetsAt":"2026-11-23T20:00:00Z","overquotaUsed":0}'
    )
    assert "**2 min left** of 5 min" in said(result)
    assert stamps.full(datetime(2026, 11, 23, 20, 0, tzinfo=UTC)) in said(result)


async def test_a_wrong_paste_shows_what_is_expected(town: Town) -> None:
    result = await paste(town, "hello")
    assert "resource,used,remaining,total,refreshAt" in told_privately(result)
    assert "resetsAt" in told_privately(result)
    wrong = await paste(town, CSV.format(used="many", left=1))
    assert "manyh" in told_privately(wrong)


async def test_the_form_opens_from_the_button_too(town: Town) -> None:
    result = await town.sam.slash(town.square, "quota show", provider=KAGGLE)
    form = await town.sam.click(answer(result), custom_id=PASTE)
    done = await town.sam.submit_modal(form, {"output": CSV.format(used=1, left=29)})
    assert left(town, "29") in said(done)


def test_every_problem_of_a_paste_has_its_sentence(town: Town) -> None:
    for problem in Problem:
        assert town.words().has(f"paste-{problem.value}")


async def test_what_only_the_user_knows_is_set_shown_and_cleared(town: Town) -> None:
    modal = "modal-starter"
    await town.sam.slash(town.square, "settings me", zone="UTC")
    result = await town.sam.slash(
        town.square, "quota set", provider=modal, reset_day=5, amount=50.0, gpu="T4"
    )
    assert "**50.00 USD left**" in said(result)
    await town.sam.slash(town.square, "quota log", provider=modal, duration="1h")
    assert stamps.full(datetime(2026, 12, 5, tzinfo=UTC)) in await shown(town, modal)
    cleared = await town.sam.slash(town.square, "quota set", provider=modal, clear=True)
    assert "30.00 USD" in said(cleared)
    once = await town.sam.slash(
        town.square, "quota set", provider="lightning-ai-free", expires="2026-12-31"
    )
    assert stamps.full(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)) in said(once)
    wrong = await town.sam.slash(town.square, "quota set", provider=modal, signed_up="soon")
    assert "soon" in told_privately(wrong)


async def test_everything_is_said_in_chinese_too(town: Town) -> None:
    await town.lin.slash(town.square, "quota log", provider=KAGGLE, duration="2小时")
    result = await town.lin.slash(town.square, "quota show")
    assert "还剩 28 小时" in said(result)

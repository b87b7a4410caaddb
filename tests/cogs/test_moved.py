"""Running sessions whose end moves with what their owner writes down, and longer ones."""

from datetime import timedelta

import pytest
from simcord import MemberActor
from simcord.results import InteractionResult

from bot.reminders.models import Reminder
from bot.speech import stamps
from cogs.views.quota import DROP
from cogs.views.reminder_list import PICK
from tests.cogs.town import START, Town, answer, options, said

HOUR = timedelta(hours=1)
KAGGLE = "kaggle-notebooks-gpu"
MODAL = "modal-starter"
CSV = """\
resource,used,remaining,total,refreshAt
GPU,{used}h,{left}h,30.00h,2026-11-28T00:00:00
"""


async def session(
    town: Town, duration: str, *, actor: MemberActor | None = None, **more: str
) -> InteractionResult:
    more = {"provider": KAGGLE, **more}
    return await (actor or town.sam).slash(town.square, "remind session", duration=duration, **more)


async def read_off(
    town: Town, *, left: float, actor: MemberActor | None = None
) -> InteractionResult:
    actor = actor or town.sam
    form = await actor.slash(town.square, "quota import")
    return await actor.submit_modal(form, {"output": CSV.format(used=30 - left, left=left)})


async def extend(town: Town, length: str) -> InteractionResult:
    """Press Extend, as below each warning of the session."""
    (kept,) = await town.kept(town.sam)
    shown = await town.sam.slash(town.square, "remind list")
    one = await town.sam.select(answer(shown), [str(kept.id)], custom_id=PICK)
    form = await town.sam.click(answer(one), label=town.words()("button-extend"))
    return await town.sam.submit_modal(form, {"length": length})


async def only(town: Town) -> Reminder:
    (kept,) = await town.kept(town.sam)
    return kept


def moved(town: Town, why: str, hours: float, name: str = "Kaggle GPU") -> str:
    clock = stamps.clock(START + hours * HOUR)
    return town.words()(f"new-end-{why}", name=name, clock=clock, hours="12")


# ------------------------------------------------------------------ what is written down


async def test_an_import_moves_the_end_of_a_running_session_and_says_so(town: Town) -> None:
    await session(town, "9h")
    await town.wait(HOUR)
    assert moved(town, "weekly", 3) in said(await read_off(town, left=2))
    kept = await only(town)
    assert (kept.ends_at, kept.next_due_at) == (START + 3 * HOUR, START + 2.5 * HOUR)
    message = await town.arrives(town.dm_of(town.sam), 1.5 * HOUR)
    assert stamps.relative(START + 3 * HOUR) in message.content


async def test_a_newer_import_gives_the_time_back(town: Town) -> None:
    await session(town, "9h")
    await read_off(town, left=2)
    await town.wait(HOUR)
    assert moved(town, "planned", 9) in said(await read_off(town, left=20))
    assert (await only(town)).ends_at == START + 9 * HOUR


async def test_what_moves_nothing_says_nothing(town: Town) -> None:
    await session(town, "9h")
    for result in (
        await read_off(town, left=20),
        await town.sam.slash(town.square, "quota log", provider=KAGGLE, duration="1h"),
        await town.sam.slash(town.square, "quota set", provider=MODAL, amount=1),
    ):
        assert "Its warnings moved" not in said(result)
    assert (await only(town)).ends_at == START + 9 * HOUR


async def test_what_is_logged_moves_it_and_taking_that_back_too(town: Town) -> None:
    await session(town, "9h", started="2h ago")
    logged = await town.sam.slash(
        town.square, "quota log", provider=KAGGLE, duration="24h", ended="2h ago"
    )
    assert moved(town, "weekly", 4) in said(logged)
    undone = await town.sam.click(answer(logged), label=town.words()("quota-undo-button"))
    assert moved(town, "planned", 7) in said(undone)
    assert town.words()("quota-removed") in said(undone)
    assert (await only(town)).ends_at == START + 7 * HOUR


async def test_an_entry_that_is_removed_from_the_list_moves_it(town: Town) -> None:
    await town.sam.slash(town.square, "quota log", provider=KAGGLE, duration="24h", ended="2h ago")
    await session(town, "9h")
    assert (await only(town)).ends_at == START + 6 * HOUR
    shown = await town.sam.slash(town.square, "quota show", provider=KAGGLE)
    listed = await town.sam.click(answer(shown), label=town.words()("quota-entries-button"))
    _, logged = options(answer(listed), DROP).values()
    removed = await town.sam.select(answer(listed), [logged], custom_id=DROP)
    assert moved(town, "planned", 9) in said(removed)


async def test_what_is_set_moves_it(town: Town) -> None:
    await session(town, "9h")
    result = await town.sam.slash(town.square, "quota set", provider=KAGGLE, amount=4)
    assert moved(town, "weekly", 4) in said(result)
    result = await town.sam.slash(town.square, "quota set", provider=KAGGLE, clear=True)
    assert moved(town, "planned", 9) in said(result)


async def test_once_all_is_forgotten_the_plan_holds_and_that_is_said(town: Town) -> None:
    words = town.words()
    await session(town, "9h")
    await read_off(town, left=2)
    shown = await town.sam.slash(town.square, "quota show", provider=KAGGLE)
    listed = await town.sam.click(answer(shown), label=words("quota-entries-button"))
    asked = await town.sam.click(answer(listed), label=words("quota-forget-button"))
    done = await town.sam.click(answer(asked), label=words("quota-forget-button"))
    assert moved(town, "any", 9) in said(done)


async def test_it_is_said_in_chinese_too(town: Town) -> None:
    await session(town, "9h", actor=town.lin)
    result = await read_off(town, left=2, actor=town.lin)
    clock = stamps.clock(START + 2 * HOUR)
    assert f"正在运行的会话改为 {clock} 结束：本周额度会先用完。" in said(result)


# ------------------------------------------------------------------------ other sessions


async def test_a_second_session_moves_the_first_and_its_end_gives_the_time_back(
    town: Town,
) -> None:
    await read_off(town, left=10)
    await session(town, "9h")
    second = await session(town, "9h")
    clock = stamps.clock(START + 5 * HOUR)
    assert town.words()("ends-weekly", clock=clock) in said(second)
    assert moved(town, "weekly", 5) in said(second)
    assert [each.ends_at for each in await town.kept(town.sam)] == [START + 5 * HOUR] * 2
    await town.wait(2 * HOUR)
    cancel = town.words()("remind-cancel-button")
    assert moved(town, "weekly", 8) in said(await town.sam.click(answer(second), label=cancel))
    undo = town.words()("remind-undo-button")
    assert moved(town, "weekly", 5) in said(await town.sam.click(answer(second), label=undo))


async def test_a_session_that_ended_early_gives_the_other_its_time(town: Town) -> None:
    await read_off(town, left=10)
    await session(town, "9h")
    await session(town, "9h", where="here", leads="4h")
    warning = await town.arrives(town.square, HOUR)
    ended = await town.sam.click(warning, label=town.words()("button-ended"))
    assert moved(town, "planned", 9) in said(ended)


async def test_a_session_that_is_brought_back_ends_by_what_was_written_down_since(
    town: Town,
) -> None:
    confirmed = await session(town, "9h")
    await town.sam.click(answer(confirmed), label=town.words()("remind-cancel-button"))
    await read_off(town, left=2)
    restored = await town.sam.click(answer(confirmed), label=town.words()("remind-undo-button"))
    assert moved(town, "weekly", 2) in said(restored)
    assert (await only(town)).ends_at == START + 2 * HOUR


# ---------------------------------------------------------------------- longer sessions


async def test_a_longer_session_ends_with_the_quota_and_what_was_wished_is_kept(
    town: Town,
) -> None:
    words = town.words()
    await read_off(town, left=4)
    await session(town, "3h")
    extended = said(await extend(town, "2h"))
    assert words("ends-weekly", clock=stamps.clock(START + 4 * HOUR)) in extended
    assert "quota show" in extended
    assert (await only(town)).ends_at == START + 4 * HOUR
    again = said(await extend(town, "1h"))
    assert words("ends-weekly", clock=stamps.clock(START + 4 * HOUR)) in again
    assert words("edited-nothing") not in again
    assert moved(town, "planned", 5) in said(await read_off(town, left=20))


async def test_a_longer_session_ends_at_its_limit(town: Town) -> None:
    await session(town, "11h")
    extended = said(await extend(town, "3h"))
    limit = stamps.clock(START + 12 * HOUR)
    assert town.words()("ends-limit", hours="12", clock=limit) in extended
    assert "quota show" not in extended
    assert (await only(town)).ends_at == START + 12 * HOUR


async def test_an_edited_end_is_bounded_too(town: Town) -> None:
    confirmed = await session(town, "3h")
    form = await town.sam.click(answer(confirmed), label=town.words()("button-edit"))
    edited = await town.sam.submit_modal(form, {"when": "14h", "note": ""})
    limit = stamps.clock(START + 12 * HOUR)
    assert town.words()("ends-limit", hours="12", clock=limit) in said(edited)
    assert (await only(town)).ends_at == START + 12 * HOUR


async def test_who_runs_on_when_nothing_is_left_is_believed(town: Town) -> None:
    await read_off(town, left=2)
    await session(town, "3h", where="here", leads="1h")
    warning = await town.arrives(town.square, HOUR)
    await town.wait(1.5 * HOUR)
    form = await town.sam.click(warning, label=town.words()("button-extend"))
    extended = await town.sam.submit_modal(form, {"length": "1h"})
    assert town.words()("ends-used-up") in said(extended)
    assert (await only(town)).ends_at == START + 3.5 * HOUR


@pytest.mark.parametrize(("wish", "ends"), [("6h", 6), ("14h", 12)])
async def test_without_any_quota_left_the_limit_holds_all_the_same(
    town: Town, wish: str, ends: int
) -> None:
    await read_off(town, left=0)
    assert town.words()("ends-used-up") in said(await session(town, wish))
    assert (await only(town)).ends_at == START + ends * HOUR

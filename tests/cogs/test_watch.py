from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import discord
import pytest
from simcord.results import InteractionResult, ResponseMessage

import bot.app
from bot.catalog.catalog import Catalog
from bot.quotas.book import Scope
from bot.quotas.watch import Topic
from bot.speech import stamps
from tests.cogs.test_quota import CSV, KAGGLE, SATURDAY, paste, session
from tests.cogs.town import START, Town, answer, labels, said, told_privately

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
FRIDAY = SATURDAY - 24 * HOUR
LEFT = {"full": stamps.full(SATURDAY), "relative": stamps.relative(SATURDAY)}


async def watch(town: Town, provider: str = KAGGLE, where: str = "here") -> InteractionResult:
    return await town.sam.slash(town.square, "remind quota", provider=provider, where=where)


async def log(town: Town, duration: str, provider: str = KAGGLE) -> InteractionResult:
    return await town.sam.slash(town.square, "quota log", provider=provider, duration=duration)


async def at(town: Town, instant: datetime) -> discord.Message:
    return await town.arrives(town.square, instant - town.clock.now())


async def next_of(town: Town) -> tuple[datetime, Topic] | None:
    """When the one watched quota is told of next, and what."""
    (kept,) = [each for each in await town.kept(town.sam) if each.watching is not None]
    coming = kept.next
    if coming is None or coming.topic is None:
        return None
    return coming.due_at, coming.topic


# ------------------------------------------------------------------ /remind quota


async def test_a_watched_quota_says_what_it_will_tell_and_what_comes_next(town: Town) -> None:
    words = town.words()
    whole = said(await watch(town))
    assert words("watch-stored", name="Kaggle GPU") in whole
    assert words("watch-expiring", span="1 d") in whole
    assert words("watch-low", level="6 h") in whole
    assert words("watch-renewed") in whole
    assert words("watch-idle", minutes="20") in whole
    stamped = {"full": stamps.full(FRIDAY), "relative": stamps.relative(FRIDAY)}
    assert words("watch-next", topic=words("topic-expiring"), **stamped) in whole


async def test_unused_quota_is_told_of_before_it_expires_and_its_renewal_after(
    town: Town,
) -> None:
    await watch(town)
    await log(town, "18h")
    first = await at(town, FRIDAY)
    told = town.words()("told-expiring", name="Kaggle GPU", left="12 h", amount="30 h", **LEFT)
    assert first.content == f"<@{town.sam.id}> {told}"
    second = await at(town, SATURDAY)
    renewed = town.words()("told-renewed", name="Kaggle GPU", left="30 h", amount="30 h")
    assert renewed in second.content
    # It goes on, week after week.
    third = await at(town, FRIDAY + 7 * 24 * HOUR)
    assert "30 h" in third.content
    assert labels(third)[-1] == town.words()("button-cancel-watch")


async def test_a_quota_that_a_log_leaves_low_is_told_of_at_once_and_once(town: Town) -> None:
    await watch(town)
    await log(town, "23h")
    assert await next_of(town) == (FRIDAY, Topic.EXPIRING)
    await log(town, "2h")
    low = town.words()("told-low", name="Kaggle GPU", left="5 h", amount="30 h")
    assert low in (await town.posted(town.square)).content
    await log(town, "1h")
    assert await next_of(town) == (FRIDAY, Topic.EXPIRING)


async def test_a_running_session_tells_of_idling_then_of_running_low(town: Town) -> None:
    await watch(town)
    await paste(town, CSV.format(used=20, left=10))
    await session(town, "8h", leads="1m")
    nudge = await town.arrives(town.square, 15 * MINUTE)
    idle = {"minutes": "20", "relative": stamps.relative(START + 20 * MINUTE)}
    assert town.words()("told-idle", name="Kaggle GPU", **idle) in nudge.content
    low = await at(town, START + 4 * HOUR)
    told = town.words()("told-low", name="Kaggle GPU", left="6 h", amount="30 h")
    assert told in low.content
    assert town.words()("quota-renews", **LEFT) in low.content


async def test_a_session_that_ended_early_takes_back_what_would_have_been_told(
    town: Town,
) -> None:
    await watch(town)
    await paste(town, CSV.format(used=20, left=10))
    confirmed = await session(town, "8h", leads="1m")
    await town.arrives(town.square, 15 * MINUTE)
    assert await next_of(town) == (START + 4 * HOUR, Topic.LOW)
    await town.sam.click(answer(confirmed), label=town.words()("remind-cancel-button"))
    assert await next_of(town) == (FRIDAY, Topic.EXPIRING)


async def test_extending_a_session_moves_when_it_runs_low(town: Town) -> None:
    await watch(town)
    await paste(town, CSV.format(used=20, left=10))
    await session(town, "3h", leads="1m", where="here")
    await town.arrives(town.square, 15 * MINUTE)
    assert await next_of(town) == (FRIDAY, Topic.EXPIRING)
    warning = await at(town, START + 3 * HOUR - MINUTE)
    form = await town.sam.click(warning, label=town.words()("button-extend"))
    await town.sam.submit_modal(form, {"length": "5h"})
    assert await next_of(town) == (START + 4 * HOUR, Topic.LOW)


async def test_the_last_warning_of_a_session_says_to_save_a_checkpoint(town: Town) -> None:
    hint = town.words()("notice-last-warning")
    await session(town, "6h", leads="30m, 10m", where="here")
    first = await town.arrives(town.square, 5 * HOUR + 30 * MINUTE)
    assert hint not in first.content
    last = await town.arrives(town.square, 20 * MINUTE)
    assert hint in last.content


async def test_what_is_watched_is_stopped_with_one_press_and_undone_with_another(
    town: Town,
) -> None:
    await watch(town)
    message = await at(town, FRIDAY)
    stopped = await town.sam.click(message, label=town.words()("button-cancel-watch"))
    assert await town.kept(town.sam) == []
    await town.sam.click(answer(stopped), label=town.words()("remind-undo-button"))
    assert await next_of(town) == (SATURDAY, Topic.RENEWED)


async def test_asking_twice_promises_nothing_twice(town: Town) -> None:
    await watch(town)
    again = said(await watch(town))
    assert town.words()("watch-again", name="Kaggle GPU") in again
    assert len(await town.kept(town.sam)) == 1


async def test_the_list_shows_a_watched_quota_with_nothing_in_sight(town: Town) -> None:
    await watch(town, provider="hf-zerogpu")
    (kept,) = await town.kept(town.sam)
    assert kept.next is None
    listed = await town.sam.slash(town.square, "remind list")
    assert town.words()("remind-quota-none-yet") in said(listed)
    await town.sam.slash(town.square, "remind cancel", reminder=str(kept.id))
    assert await town.kept(town.sam) == []


async def test_the_first_use_brings_the_renewal_in_sight(town: Town) -> None:
    await watch(town, provider="hf-zerogpu")
    await log(town, "2m", provider="hf-zerogpu")
    assert await next_of(town) == (START + 24 * HOUR - 2 * MINUTE, Topic.RENEWED)


async def test_a_provider_without_any_figure_is_refused_in_a_sentence(
    town: Town, catalog: Catalog
) -> None:
    silent = next(
        each
        for each in catalog.offers.values()
        if each.quota.rule is None
        and each.credits is None
        and each.quota.hours is None
        and each.session.idle_minutes.value is None
    )
    refused = await watch(town, provider=silent.id)
    assert told_privately(refused) == town.words()("watch-nothing", name=silent.short)


async def test_a_lock_out_is_told_to_be_over_by_the_users_own_pattern(town: Town) -> None:
    colab = "google-colab-free"
    await watch(town, provider=colab)
    for _ in range(2):
        await town.sam.click(await one(town, colab), label=town.words()("quota-lock-button"))
        await town.wait(10 * HOUR)
        await town.sam.click(await one(town, colab), label=town.words()("quota-free-button"))
        await town.wait(14 * HOUR)
    await town.sam.click(await one(town, colab), label=town.words()("quota-lock-button"))
    since = town.clock.now()
    assert await next_of(town) == (since + 10 * HOUR, Topic.OPEN)
    message = await at(town, since + 10 * HOUR)
    assert town.words()("told-open", name="Colab") in message.content


async def one(town: Town, provider: str) -> ResponseMessage:
    return answer(await town.sam.slash(town.square, "quota show", provider=provider))


# ---------------------------------------------------- "Remind me when it resets"


async def test_the_button_below_a_quota_turns_its_reminder_on_and_off(town: Town) -> None:
    on, off = (town.words()(f"quota-remind-{each}", name="Kaggle GPU") for each in ("on", "off"))
    shown = await one(town, KAGGLE)
    pressed = await town.sam.click(shown, label=on)
    assert town.words()("reset-on", **LEFT) in said(pressed)
    (kept,) = await town.kept(town.sam)
    assert (kept.watching, kept.next_due_at) == (Scope.RESET, SATURDAY)
    await town.sam.click(answer(pressed), label=off)
    assert await town.kept(town.sam) == []


async def test_the_button_pressed_twice_reminds_once_and_then_is_done(town: Town) -> None:
    info = answer(await town.sam.slash(town.square, "gpu info", offer=KAGGLE))
    on = town.words()("quota-remind-on", name="Kaggle GPU")
    await town.sam.click(info, label=on)
    await town.sam.click(info, label=on)
    assert len(await town.kept(town.sam)) == 1
    message = await town.arrives(town.dm_of(town.sam), SATURDAY - START)
    assert "Kaggle GPU" in message.content
    assert await town.kept(town.sam) == []


async def test_the_button_stands_below_each_answer_about_quotas(town: Town) -> None:
    on = town.words()("quota-remind-on", name="Kaggle GPU")
    for result in (
        await log(town, "1h"),
        await town.sam.slash(town.square, "quota show"),
        await town.sam.slash(town.square, "quota set", provider=KAGGLE, amount=30),
        await town.sam.slash(town.square, "gpu info", offer=KAGGLE),
    ):
        assert on in labels(answer(result))
    both = labels(answer(await paste(town, CSV.format(used=2, left=28))))
    assert [
        town.words()("quota-remind-on-of", name=f"Kaggle {each}") for each in ("GPU", "TPU")
    ] == both


async def test_who_watches_the_renewal_may_watch_everything(town: Town) -> None:
    await town.sam.click(
        await one(town, KAGGLE), label=town.words()("quota-remind-on", name="Kaggle GPU")
    )
    await watch(town)
    (kept,) = await town.kept(town.sam)
    assert kept.watching is Scope.ALL


async def test_old_buttons_answer_after_a_restart(town: Town) -> None:
    shown = await one(town, KAGGLE)
    await town.restart()
    on = town.words()("quota-remind-on", name="Kaggle GPU")
    assert town.words()("reset-on", **LEFT) in said(await town.sam.click(shown, label=on))


# -------------------------------------------------------------- a rule that changes


def renewed_on_sunday(catalog: Catalog) -> Catalog:
    """The catalog as it may be one day: 20 h, and renewed a day later."""
    offer = catalog.offers[KAGGLE]
    rule = offer.quota.rule
    assert rule is not None
    quota = offer.quota.model_copy(
        update={
            "amount": offer.quota.amount.model_copy(update={"value": 20.0}),
            "rule": rule.model_copy(update={"weekday": "sunday"}),
        }
    )
    session_ = offer.session.model_copy(
        update={"limit_hours": offer.session.limit_hours.model_copy(update={"value": 9.0})}
    )
    changed = offer.model_copy(update={"quota": quota, "session": session_})
    return replace(catalog, offers={**catalog.offers, KAGGLE: changed}, revision="next")


async def test_a_new_rule_is_told_and_planned_by_once_the_catalog_is_read_again(
    town: Town, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    await watch(town)
    shelf = town.house.services.shelf
    monkeypatch.setattr(shelf, "_read", partial(renewed_on_sunday, catalog))
    await town.house.services.reloader.reload()
    message = await town.posted(town.square)
    assert town.words()("told-changed", name="Kaggle GPU") in message.content
    assert "20 h" in message.content
    assert await next_of(town) == (SATURDAY, Topic.EXPIRING)
    # Read again without a change it is no news.
    await town.house.services.reloader.reload()
    assert await next_of(town) == (SATURDAY, Topic.EXPIRING)


async def test_a_catalog_that_changed_while_the_bot_was_down_is_told_at_the_start(
    town: Town, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    await watch(town)

    def next_catalog(_: object) -> Catalog:
        return renewed_on_sunday(catalog)

    monkeypatch.setattr(bot.app, "load_catalog", next_catalog)
    await town.restart()
    message = await town.posted(town.square)
    assert town.words()("told-changed", name="Kaggle GPU") in message.content
    assert await next_of(town) == (SATURDAY, Topic.EXPIRING)
    await town.restart()
    assert await next_of(town) == (SATURDAY, Topic.EXPIRING)


async def test_a_session_that_a_new_limit_ends_sooner_is_warned_by_it(
    town: Town, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    await session(town, "11h", where="here")
    shelf = town.house.services.shelf
    monkeypatch.setattr(shelf, "_read", partial(renewed_on_sunday, catalog))
    await town.house.services.reloader.reload()
    message = await town.posted(town.square)
    ends_at = START + 9 * HOUR
    assert stamps.clock(ends_at) in message.content
    (kept,) = await town.kept(town.sam)
    assert (kept.ends_at, kept.next_due_at) == (ends_at, ends_at - HOUR / 2)


async def test_a_session_gets_back_the_time_that_a_longer_limit_gives(
    town: Town, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = town.house.services.shelf
    monkeypatch.setattr(shelf, "_read", partial(renewed_on_sunday, catalog))
    await town.house.services.reloader.reload()
    await session(town, "11h", where="here")
    (kept,) = await town.kept(town.sam)
    assert kept.ends_at == START + 9 * HOUR
    monkeypatch.setattr(shelf, "_read", lambda: catalog)
    await town.house.services.reloader.reload()
    await town.posted(town.square)
    (kept,) = await town.kept(town.sam)
    assert kept.ends_at == START + 11 * HOUR


async def test_an_offer_that_left_the_catalog_is_told_and_its_watch_ends(
    town: Town, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    await watch(town)
    offers = {key: value for key, value in catalog.offers.items() if key != KAGGLE}
    gone = replace(catalog, offers=offers, revision="next")
    monkeypatch.setattr(town.house.services.shelf, "_read", lambda: gone)
    await town.house.services.reloader.reload()
    message = await town.posted(town.square)
    assert town.words()("told-gone") in message.content
    assert await town.kept(town.sam) == []


# ------------------------------------------------------------------------- privacy


async def test_what_is_watched_is_exported_and_erased(town: Town) -> None:
    await watch(town)
    privacy = town.house.services.privacy
    whole = await privacy.export(town.sam.id)
    assert KAGGLE in str(whole)
    assert "hushed_until" in str(whole)
    await privacy.erase(town.sam.id)
    assert await town.kept(town.sam) == []


async def test_a_watched_quota_waits_for_the_end_of_quiet_hours(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", zone="UTC", quiet="22:00-08:00")
    await watch(town)
    assert await next_of(town) == (datetime(2026, 11, 27, 8, tzinfo=UTC), Topic.EXPIRING)

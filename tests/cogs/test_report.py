from datetime import date

import pytest
from simcord.results import InteractionResult

from bot.catalog.dates import latest_day
from bot.reports import MOST_A_DAY
from bot.store.reports import CatalogReport, ReportRepository
from tests.cogs.town import Town, answer, said, told_privately


async def report(town: Town, wrong: str, source: str = "") -> InteractionResult:
    form = await town.sam.slash(town.square, "gpu report", offer="kaggle")
    return await town.sam.submit_modal(form, {"wrong": wrong, "source": source})


async def unread(town: Town) -> list[CatalogReport]:
    return await ReportRepository(store=town.house.store).unread()


async def test_what_is_wrong_is_stored_for_the_operator_and_closed_once(town: Town) -> None:
    result = await report(town, "it is 20 h now", "https://example.com")
    assert answer(result).ephemeral
    (found,) = await unread(town)
    assert (found.offer_id, found.wrong) == ("kaggle-notebooks-gpu", "it is 20 h now")
    assert found.source == "https://example.com"
    shelf = ReportRepository(store=town.house.store)
    assert await shelf.close(found.id)
    assert not await shelf.close(found.id)
    assert await unread(town) == []


async def test_what_a_terminal_would_obey_is_taken_out(town: Town) -> None:
    await report(town, "\x1b[31mred\x07\u202e\nnext line", "\x1b]0;title\x07")
    (found,) = await unread(town)
    assert found.wrong == "[31mred next line"
    assert found.source == "]0;title"


async def test_a_report_without_words_is_refused(town: Town) -> None:
    assert told_privately(await report(town, "\u200b\u202e")) == town.words()("error-report-empty")
    assert await unread(town) == []


async def test_there_is_an_end_to_the_reports_of_a_day(town: Town) -> None:
    for number in range(MOST_A_DAY):
        await report(town, f"wrong {number}")
    assert told_privately(await report(town, "more")) == town.words()("error-report-many")
    assert len(await unread(town)) == MOST_A_DAY


async def test_what_changed_lately_is_shown_the_newest_first(town: Town) -> None:
    text = said(await town.sam.slash(town.square, "gpu changes"))
    days = [
        latest_day(line[2:].split()[0]) or date.max
        for line in text.split("\n")
        if line.startswith("- 2")
    ]
    assert len(days) > 3
    assert days == sorted(days, reverse=True)
    one = said(await town.sam.slash(town.square, "gpu changes", offer="azure notebooks"))
    assert "2021-01-15" in one


@pytest.mark.parametrize("tag", ["en-US", "zh-CN"])
async def test_a_value_that_changed_stands_beside_todays_below_a_short_source(
    town: Town, tag: str
) -> None:
    town.speaks(town.sam, tag)
    then = {"en-US": "then: 15 credits/month", "zh-CN": "当时：每月 15 credits"}[tag]
    today = {"en-US": "→ **today** 5 USD", "zh-CN": "→ **现在** 一次性 5"}[tag]
    text = said(await town.sam.slash(town.square, "gpu changes", offer="lightning-ai"))
    (line,) = [each for each in text.split("\n") if then in each]
    assert today in line
    assert "[lightning.ai](https://lightning.ai/pricing)" in line
    assert line.startswith("- 2026-07 ")  # no day is made up
    everything = said(await town.sam.slash(town.square, "gpu changes"))
    assert "e3777d14" not in everything

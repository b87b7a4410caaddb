import re

import pytest
from simcord.results import InteractionResult

from bot.advice.code import decode
from bot.advice.query import HAVES, Aim, Query
from cogs.views import recommendation as views
from cogs.views.comparison import PICTURE_FILE
from tests.cogs.town import Town, answer, labels, parts, said, told_privately
from tests.cogs.wishing import carried, custom_ids


def select_of(result: InteractionResult, name: str) -> str:
    return next(each for each in custom_ids(result) if each.startswith(f"{views.ASK}{name}:"))


def ways_out(result: InteractionResult) -> list[str]:
    return [each for each in custom_ids(result) if each.startswith(views.AGAIN)]


async def test_bare_it_answers_at_once_and_asks_on_with_selects(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu recommend")
    assert "**1. " in said(result)
    assert not answer(result).ephemeral
    for name in ("memory", "session", "bring", "needs", "aim"):
        assert select_of(result, name)
    assert carried(result) == Query()


@pytest.mark.parametrize(
    ("tag", "least"), [("en-US", "at least 60 T4-hours a week"), ("zh-CN", "至少 60 T4 小时/周")]
)
async def test_hours_that_nobody_can_use_are_not_told(town: Town, tag: str, least: str) -> None:
    town.speaks(town.sam, tag)
    text = said(await town.sam.slash(town.square, "gpu recommend"))
    assert least in text
    assert "336" not in text


async def test_no_answer_points_to_another_entry_of_the_catalog(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu recommend", tpu=True)
    assert "TPU v5e-1" in said(result)
    assert "see separate" not in said(result)


@pytest.mark.parametrize(
    ("tag", "said_back"), [("en-US", "available in China"), ("zh-CN", "在中国可用")]
)
async def test_a_country_is_called_by_its_name(town: Town, tag: str, said_back: str) -> None:
    town.speaks(town.sam, tag)
    result = await town.sam.slash(town.square, "gpu recommend", region="cn")
    assert said_back in said(result)


async def test_wishes_are_read_back_and_met(town: Town) -> None:
    result = await town.sam.slash(
        town.square, "gpu recommend", vram=13.0, session=9.0, card=False, optimise="session"
    )
    assert carried(result) == Query(
        min_vram_gib=13, min_session_hours=9, card=False, optimise=Aim.SESSION
    )
    read = next(line for line in said(result).splitlines() if "I read" in line)
    for wish in ("memory ≥ 13 GiB", "session length ≥ 9 h", "no card"):
        assert wish in read
    assert "Kaggle GPU" in said(result)


async def test_it_speaks_the_readers_language(town: Town) -> None:
    result = await town.lin.slash(town.square, "gpu recommend", vram=13.0, card=False)
    assert "我的理解：显存 ≥ 13 GiB、不要银行卡" in said(result)
    assert not re.search(r"[a-z]{3,} (fits?|needed|unknown)", said(result))


async def test_a_select_changes_one_wish_and_searches_again(town: Town) -> None:
    first = await town.sam.slash(town.square, "gpu recommend", vram=13.0, card=False)
    second = await town.sam.select(answer(first), ["12"], custom_id=select_of(first, "session"))
    assert carried(second) == Query(min_vram_gib=13, min_session_hours=12, card=False)
    third = await town.sam.select(
        answer(second), ["card", "phone"], custom_id=select_of(second, "bring")
    )
    assert carried(third).card
    assert not carried(third).waitlist
    fourth = await town.sam.select(answer(third), ["0"], custom_id=select_of(third, "memory"))
    assert carried(fourth).min_vram_gib is None


async def test_where_nothing_fits_the_ways_out_are_buttons_that_search_again(town: Town) -> None:
    result = await town.sam.slash(
        town.square, "gpu recommend", vram=60.0, session=20.0, weekly=100.0, card=False
    )
    assert town.words()("recommend-relax-title") in said(result)
    ways = ways_out(result)
    assert 1 <= len(ways) <= 3
    again = await town.sam.click(answer(result), custom_id=ways[0])
    assert answer(again).ephemeral
    assert carried(again) == decode(ways[0].removeprefix(views.AGAIN))
    assert carried(again) != carried(result)


async def test_contradictions_are_named_before_any_search(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu recommend", vram=24.0, max_vram=16.0)
    words = town.words()
    first, second = words("wish-min_vram_gib"), words("wish-max_vram_gib")
    assert words("trouble-too-narrow", first=first, second=second) in said(result)


@pytest.mark.parametrize("gpu", ["T400", "A1000", "@everyone", "[x](http://a.example)"])
async def test_a_card_that_nobody_knows_is_one_sentence(town: Town, gpu: str) -> None:
    result = await town.sam.slash(town.square, "gpu recommend", gpu=gpu)
    assert town.words()("trouble-unknown-gpu", name="X").split("X")[0] in said(result)
    assert "@everyone" not in said(result)


async def test_a_country_is_two_letters(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu recommend", region="1?")
    assert told_privately(result) == town.words()("error-bad-country")


async def test_buttons_and_selects_work_after_a_restart(town: Town) -> None:
    first = await town.sam.slash(town.square, "gpu recommend", vram=13.0)
    message, select = answer(first), select_of(first, "session")
    await town.restart()
    second = await town.sam.select(message, ["9"], custom_id=select)
    assert carried(second) == Query(min_vram_gib=13, min_session_hours=9)


async def test_what_has_no_option_of_its_own_is_in_the_selects(town: Town) -> None:
    first = await town.sam.slash(town.square, "gpu recommend", commercial=True)
    select = select_of(first, "bring")
    offered = {
        option["value"]
        for each in parts(answer(first))
        if each.get("custom_id") == select
        for option in each["options"]
    }
    assert offered == set(HAVES)
    kept = offered - {"id_check", "application"}
    second = await town.sam.select(answer(first), sorted(kept), custom_id=select)
    assert carried(second) == Query(commercial_use=True, id_check=False, application=False)


async def test_a_blank_name_names_no_card(town: Town) -> None:
    assert carried(await town.sam.slash(town.square, "gpu recommend", gpu="  ")) == Query()


async def test_the_picture_of_a_comparison_has_its_text_beside_it(town: Town) -> None:
    result = await town.lin.slash(town.square, "gpu compare")
    words = town.words_of(town.lin)
    picture = await town.lin.click(answer(result), label=words("compare-picture"))
    shown = answer(picture)
    assert shown.ephemeral
    assert [each.filename for each in shown.attachments] == [PICTURE_FILE]
    assert labels(answer(result)).count(words("compare-picture")) == 1

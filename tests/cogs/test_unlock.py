import pytest

from bot.advice.code import decode
from bot.advice.index import OfferIndex
from bot.advice.query import Query
from bot.advice.unlock import unlock
from cogs.views import recommendation
from cogs.views import unlocking as views
from tests.cogs.town import Town, answer, labels, said
from tests.cogs.wishing import carried, custom_id, custom_ids


async def test_a_newcomer_hears_the_best_key_first_and_what_it_opens(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu unlock")
    assert not answer(result).ephemeral
    index = OfferIndex(town.house.services.shelf.catalog)
    best = unlock(index, Query().empty_handed()).keys[0]
    words = town.words()
    title, opens, *_ = said(result).splitlines()
    assert title == words("unlock-title", key=words(f"unlock-key-{best.change.wish}"))
    assert opens.startswith(f"**+{best.work_gained:.3g} ")
    assert best.opens[0].offer.short in opens
    assert carried(result, views.ASK) == Query().empty_handed()
    assert words("unlock-assumed", wishes="|").partition("|")[0] in said(result)


async def test_each_key_is_a_button_to_the_recommendation_with_that_change(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu unlock", phone=False, card=True)
    index = OfferIndex(town.house.services.shelf.catalog)
    keys = unlock(index, Query(phone=False).empty_handed().model_copy(update={"card": True})).keys
    shown = [each for each in custom_ids(result) if each.startswith(recommendation.AGAIN)]
    wanted = [key.query for key in keys[: views.KEYS_SHOWN]]
    assert [decode(each.removeprefix(recommendation.AGAIN)) for each in shown] == wanted
    again = await town.sam.click(answer(result), custom_id=shown[0])
    assert carried(again) == wanted[0]


async def test_what_is_said_is_not_assumed(town: Town) -> None:
    result = await town.sam.slash(
        town.square,
        "gpu unlock",
        phone=True,
        student=False,
        identity=False,
        session=6.0,
        region="cn",
    )
    query = carried(result, views.ASK)
    assert (query.phone, query.card, query.id_check, query.application) == (
        True,
        False,
        False,
        True,
    )
    assert (query.min_session_hours, query.region) == (6, "CN")
    words = town.words()
    assumed = [words(f"wish-{wish}") for wish in ("card", "waitlist")]
    assert words("unlock-assumed", wishes=words("between").join(assumed)) in said(result)


async def test_what_one_has_is_picked_from_a_select_and_can_then_be_saved(town: Town) -> None:
    first = await town.sam.slash(town.square, "gpu unlock")
    keep = town.words()("profile-keep")
    assert keep not in labels(answer(first))
    second = await town.sam.select(
        answer(first), ["phone", "waitlist"], custom_id=custom_id(first, f"{views.ASK}bring:")
    )
    assert answer(second).ephemeral
    query = carried(second, views.ASK)
    assert (query.phone, query.waitlist, query.card, query.id_check) == (True, True, False, False)
    await town.sam.click(answer(second), label=keep)
    third = await town.sam.slash(town.square, "gpu unlock")
    assert carried(third, views.ASK) == query
    assert town.words()("profile-from", wishes="|").partition("|")[0] in said(third)
    assert town.words()("unlock-assumed", wishes="|").partition("|")[0] not in said(third)


async def test_the_profile_can_be_left_aside_once(town: Town) -> None:
    saved = await town.sam.slash(town.square, "gpu recommend", vram=13.0, card=False)
    await town.sam.click(answer(saved), label=town.words()("profile-keep"))
    result = await town.sam.slash(town.square, "gpu unlock")
    assert carried(result, views.ASK).min_vram_gib == 13
    bare = await town.sam.click(answer(result), label=town.words()("profile-aside"))
    assert carried(bare, views.ASK) == Query().empty_handed()
    assert town.words()("profile-from", wishes="|").partition("|")[0] not in said(bare)


async def test_it_speaks_the_readers_language(town: Town) -> None:
    result = await town.lin.slash(town.square, "gpu unlock", session=12.0)
    assert said(result).startswith(
        town.words_of(town.lin)("unlock-title", key="|").partition("|")[0]
    )


@pytest.mark.parametrize("having", ["card", "student"])
async def test_where_nothing_single_opens_more_it_says_so(town: Town, having: str) -> None:
    result = await town.sam.slash(
        town.square, "gpu unlock", vram=100_000.0, weekly=100_000.0, **{having: True}
    )
    words = town.words()
    assert said(result).splitlines()[0] in {
        words("unlock-title-none"),
        *(words("unlock-title-unsure", key=label[3:]) for label in labels(answer(result))),
    }


async def test_a_contradiction_is_named(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu unlock", gpu="T4", vram=24.0)
    assert town.words()("trouble-card-has-less") in said(result)


async def test_its_selects_and_buttons_work_after_a_restart(town: Town) -> None:
    first = await town.sam.slash(town.square, "gpu unlock", phone=True)
    message, select = answer(first), custom_id(first, f"{views.ASK}session:")
    await town.restart()
    second = await town.sam.select(message, ["9"], custom_id=select)
    query = carried(second, views.ASK)
    assert (query.phone, query.min_session_hours) == (True, 9)

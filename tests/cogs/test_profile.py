import re
from typing import Any

import pytest
from simcord import MemberActor
from simcord.results import InteractionResult

from bot.advice.profile import Profile
from bot.advice.query import Query
from cogs import _replies
from cogs.views import profile as views
from tests.cogs.town import Town, answer, labels, parts, said, told_privately
from tests.cogs.wishing import carried, custom_id, custom_ids


async def saved(town: Town, actor: MemberActor) -> dict[str, Any] | None:
    settings = await town.house.services.preferences.user(actor.id)
    return Profile.read(settings.wishes).stored


async def save(town: Town, actor: MemberActor, **options: Any) -> InteractionResult:
    """Ask with options, and make them the usual ones."""
    asked = await actor.slash(town.square, "gpu recommend", **options)
    return await actor.click(answer(asked), label=town.words_of(actor)("profile-keep"))


def opening(town: Town, key: str, **arguments: str) -> str:
    return town.words()(key, **arguments, wishes="|").partition("|")[0]


async def test_bare_it_shows_that_nothing_is_saved_and_selects_to_save(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu profile")
    assert answer(result).ephemeral
    assert town.words()("profile-none") in said(result)
    assert town.words()("profile-forget") not in labels(answer(result))
    assert len([each for each in custom_ids(result) if each.startswith(views.MINE)]) == 5


async def test_each_choice_is_saved_at_once_and_shown(town: Town) -> None:
    first = await town.sam.slash(town.square, "gpu profile")
    second = await town.sam.select(answer(first), ["13"], custom_id=f"{views.MINE}memory")
    assert "memory ≥ 13 GiB" in said(second)
    third = await town.sam.select(
        answer(second), ["phone", "id_check"], custom_id=f"{views.MINE}bring"
    )
    assert "no card" in said(third)
    assert "phone: yes" in said(third)
    await town.sam.select(answer(third), ["memory"], custom_id=f"{views.MINE}aim")
    await town.sam.select(answer(third), ["bf16"], custom_id=f"{views.MINE}needs")
    await town.sam.select(answer(third), ["0"], custom_id=f"{views.MINE}memory")
    assert await saved(town, town.sam) == {
        "card": False,
        "phone": True,
        "id_check": True,
        "academic_email": False,
        "waitlist": False,
        "application": False,
        "optimise": "memory",
        "bf16": True,
    }


async def test_recommend_starts_from_the_profile_and_says_so(town: Town) -> None:
    kept = await save(town, town.sam, vram=13.0, card=False, region="de")
    assert said(kept).startswith(town.words()("profile-saved"))
    result = await town.sam.slash(town.square, "gpu recommend", session=4.0)
    assert carried(result) == Query(min_vram_gib=13, card=False, region="DE", min_session_hours=4)
    wishes = "memory ≥ 13 GiB, available in Germany, no card"
    assert town.words()("profile-from", wishes=wishes) in said(result)
    others = await town.mia.slash(town.square, "gpu recommend")
    assert carried(others) == Query()


async def test_what_is_given_beats_what_is_saved(town: Town) -> None:
    await save(town, town.sam, vram=13.0, card=False, optimise="session", tpu=False, bf16=True)
    result = await town.sam.slash(
        town.square, "gpu recommend", card=True, vram=8.0, optimise="work", bf16=False
    )
    assert carried(result) == Query(min_vram_gib=8)
    assert opening(town, "profile-from") not in said(result)


async def test_it_can_be_left_aside_this_once(town: Town) -> None:
    await save(town, town.sam, vram=13.0, card=False)
    result = await town.sam.slash(town.square, "gpu recommend", session=4.0)
    bare = await town.sam.click(answer(result), label=town.words()("profile-aside"))
    assert carried(bare) == Query(min_session_hours=4)
    assert opening(town, "profile-from") not in said(bare)
    again = await town.sam.slash(town.square, "gpu recommend")
    assert carried(again) == Query(min_vram_gib=13, card=False)


async def test_a_way_out_stays_a_way_out_of_the_profile(town: Town) -> None:
    await save(town, town.sam, vram=60.0, session=20.0, card=False)
    result = await town.sam.slash(town.square, "gpu recommend", weekly=100.0)
    way = next(each for each in custom_ids(result) if each.startswith("gpu:rec:"))
    again = await town.sam.click(answer(result), custom_id=way)
    assert carried(again) != carried(result)


async def test_saving_is_offered_where_there_is_something_else_to_save(town: Town) -> None:
    keep = town.words()("profile-keep")
    bare = await town.sam.slash(town.square, "gpu recommend")
    assert keep not in labels(answer(bare))
    await save(town, town.sam, vram=13.0)
    same = await town.sam.slash(town.square, "gpu recommend", vram=13.0)
    assert keep not in labels(answer(same))
    other = await town.sam.slash(town.square, "gpu recommend", vram=14.0)
    assert keep in labels(answer(other))


async def test_a_profile_that_contradicts_an_option_can_be_left_aside(town: Town) -> None:
    await save(town, town.sam, max_vram=16.0)
    result = await town.sam.slash(town.square, "gpu recommend", vram=24.0)
    words = town.words()
    first, second = words("wish-min_vram_gib"), words("wish-max_vram_gib")
    assert words("trouble-too-narrow", first=first, second=second) in said(result)
    bare = await town.sam.click(answer(result), label=words("profile-aside"))
    assert carried(bare) == Query(min_vram_gib=24)


async def test_what_somebody_else_asked_can_become_ones_own(town: Town) -> None:
    asked = await town.sam.slash(town.square, "gpu recommend", vram=13.0)
    kept = await town.lin.click(answer(asked), label=town.words()("profile-keep"))
    assert answer(kept).ephemeral
    assert said(kept).startswith(town.words_of(town.lin)("profile-saved"))
    assert await saved(town, town.lin) == {"min_vram_gib": 13}
    assert await saved(town, town.sam) is None


async def test_it_is_forgotten_with_one_click_and_comes_back_with_another(town: Town) -> None:
    kept = await save(town, town.sam, vram=13.0, card=False, gpu="A100 80GB", optimise="start")
    chosen = await town.sam.select(
        answer(kept), ["phone", "waitlist"], custom_id=f"{views.MINE}bring"
    )
    before = await saved(town, town.sam)
    forgotten = await town.sam.click(answer(chosen), label=town.words()("profile-forget"))
    assert await saved(town, town.sam) is None
    assert carried(await town.sam.slash(town.square, "gpu recommend")) == Query()
    await town.restart()
    await town.sam.click(answer(forgotten), custom_id=custom_id(forgotten, views.RESTORE))
    assert await saved(town, town.sam) == before


async def test_a_choice_that_is_stored_late_still_shows(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await town.sam.slash(town.square, "gpu profile")
    monkeypatch.setattr(_replies, "SOON", 0.0)  # nothing is stored as soon as that
    result = await town.sam.select(answer(first), ["13"], custom_id=f"{views.MINE}memory")
    assert "memory ≥ 13 GiB" in said(result)
    assert await saved(town, town.sam) == {"min_vram_gib": 13}


async def test_more_than_a_button_can_carry_is_not_saved(town: Town) -> None:
    asked = await town.sam.slash(
        town.square,
        "gpu recommend",
        gpu="RTX PRO 6000 Blackwell",
        vram=12.25,
        session=1.25,
        idle=12.25,
        weekly=12.25,
        monthly=12.25,
        storage=1.25,
        disk=12.25,
    )
    kept = await town.sam.click(answer(asked), label=town.words()("profile-keep"))
    result = await town.sam.select(answer(kept), [], custom_id=f"{views.MINE}bring")
    assert told_privately(result) == town.words()("profile-too-much")
    stored = await saved(town, town.sam)
    assert stored is not None
    assert "card" not in stored
    assert stored["gpus"] == ["RTX PRO 6000 Blackwell"]


@pytest.mark.parametrize("command", ["gpu recommend", "gpu unlock", "gpu profile"])
@pytest.mark.parametrize(
    ("stored", "count"),
    [({"nvlink": True, "min_vram_gib": "lots", "card": False}, 2), (["card"], 1), ("no", 1)],
)
async def test_what_another_version_saved_is_left_out_and_said(
    town: Town, command: str, stored: Any, count: int
) -> None:
    await town.house.services.preferences.change_wishes(town.sam.id, lambda _: stored)
    result = await town.sam.slash(town.square, command)
    assert town.words()("profile-left-out", count=count) in said(result)
    assert ("no card" in said(result)) is (count == 2 or command == "gpu unlock")


async def test_the_profile_speaks_the_readers_language(town: Town) -> None:
    await save(town, town.lin, vram=13.0, card=False, optimise="memory")
    result = await town.lin.slash(town.square, "gpu profile")
    text = re.sub(r"</[a-z ]+:\d+>|GiB", "", said(result))
    assert "显存 ≥ 13" in text
    assert not re.search(r"[A-Za-z]{3,}", text), text


async def test_its_selects_stand_at_what_is_saved(town: Town) -> None:
    kept = await save(town, town.sam, vram=17.5)
    chosen = [
        option["value"]
        for each in parts(answer(kept))
        if each.get("custom_id") == f"{views.MINE}memory"
        for option in each["options"]
        if option.get("default")
    ]
    assert chosen == ["17.5"]

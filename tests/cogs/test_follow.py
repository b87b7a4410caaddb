from datetime import timedelta

import pytest

from bot.catalog.catalog import Catalog
from bot.catalog.load import load_catalog
from tests.cogs.town import Town, answer, said


async def begin(town: Town, name: str = "kaggle") -> str:
    result = await town.sam.slash(town.square, "gpu follow", offer=name)
    assert answer(result).ephemeral
    return said(result)


async def test_what_is_followed_is_confirmed_listed_and_stopped(town: Town) -> None:
    words = town.words()
    command = town.house.services.mentions("gpu follow")
    nothing = said(await town.sam.slash(town.square, "gpu follow"))
    assert nothing == words("follow-none", command=command)
    assert words("follow-begun", name="Kaggle GPU") in await begin(town)
    assert words("follow-already", name="Kaggle GPU") in await begin(town)
    listed = await town.sam.slash(town.square, "gpu follow")
    assert "Kaggle GPU" in said(listed)
    await town.restart()
    after = await town.sam.select(answer(listed), ["kaggle-notebooks-gpu"], custom_id="follow:stop")
    assert "Kaggle GPU" not in said(after)
    assert await town.house.services.follows.of_user(town.sam.id) == []


async def test_a_change_comes_as_one_message(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    await begin(town)
    house = town.house.services
    monkeypatch.setattr(house.shelf, "_read", lambda: changed(load_catalog()))
    await house.reloader.reload()
    message = await town.arrives(town.dm_of(town.sam), timedelta(seconds=1))
    assert "Kaggle GPU" in message.content
    assert "→ 7" in message.content
    await house.reloader.reload()
    assert await town.kept(town.sam) == []


def changed(catalog: Catalog) -> Catalog:
    offer = catalog.offer("kaggle-notebooks-gpu")
    limit = offer.session.limit_hours.model_copy(update={"value": 7})
    session = offer.session.model_copy(update={"limit_hours": limit})
    newer = offer.model_copy(update={"session": session})
    object.__setattr__(catalog, "offers", {**catalog.offers, newer.id: newer})
    return catalog

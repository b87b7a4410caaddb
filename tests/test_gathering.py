import asyncio
from collections.abc import Collection, Mapping

import pytest

from bot.gathering import MOST_AT_ONCE, Gathering


class Shelf:
    """Answers once it is let, and remembers how it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.begun = asyncio.Event()
        self.open = asyncio.Event()
        self.broken = False

    async def one(self, key: int) -> str:
        return (await self.many([key]))[key]

    async def many(self, keys: Collection[int]) -> Mapping[int, str]:
        self.asked.append(list(keys))
        self.begun.set()
        await self.open.wait()
        if self.broken:
            raise OSError("the shelf fell")
        return {key: f"value {key}" for key in keys}


async def ask(shelf: Shelf, *keys: int) -> list[str | BaseException]:
    gathering = Gathering(one=shelf.one, many=shelf.many)
    tasks = [asyncio.create_task(gathering.get(key)) for key in keys]
    await shelf.begun.wait()
    shelf.open.set()
    return await asyncio.gather(*tasks, return_exceptions=True)


async def test_what_is_wanted_meanwhile_goes_with_the_next_question() -> None:
    shelf = Shelf()
    assert await ask(shelf, 1, 2, 3, 2) == ["value 1", "value 2", "value 3", "value 2"]
    assert shelf.asked == [[1], [2, 3]]


async def test_each_gets_its_value_however_many_there_are() -> None:
    shelf = Shelf()
    keys = range(3 * MOST_AT_ONCE)
    assert await ask(shelf, *keys) == [f"value {key}" for key in keys]
    assert all(len(asked) <= MOST_AT_ONCE for asked in shelf.asked)
    assert len(shelf.asked) == 4


async def test_a_failure_reaches_all_who_asked_and_nobody_after_them() -> None:
    shelf = Shelf()
    shelf.broken = True
    gathering = Gathering(one=shelf.one, many=shelf.many)
    shelf.open.set()
    failed = await asyncio.gather(*map(gathering.get, range(3)), return_exceptions=True)
    assert [type(each) for each in failed] == [OSError] * 3
    shelf.broken = False
    assert await gathering.get(1) == "value 1"


async def test_who_gives_up_does_not_take_the_answer_from_others() -> None:
    shelf = Shelf()
    gathering = Gathering(one=shelf.one, many=shelf.many)
    first = asyncio.create_task(gathering.get(1))
    impatient = asyncio.create_task(gathering.get(2))
    patient = asyncio.create_task(gathering.get(2))
    await shelf.begun.wait()
    await asyncio.sleep(0)
    impatient.cancel()
    first.cancel()
    shelf.open.set()
    assert await patient == "value 2"
    with pytest.raises(asyncio.CancelledError):
        await impatient
    assert await gathering.get(3) == "value 3"

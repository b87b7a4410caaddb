"""Many questions at once, asked as one."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Final, Generic, TypeVar, final

MOST_AT_ONCE: Final = 500
"""Keys of one question: SQLite takes at least 999 values in a statement."""

V = TypeVar("V")


@final
class Gathering(Generic[V]):
    """Looks values up by key, one question at a time.

    What is wanted while a question is under way goes together with the next one. A lone question
    goes at once, and a thousand at the same moment cost a handful of reads rather than a thousand.
    """

    def __init__(
        self,
        *,
        one: Callable[[int], Awaitable[V]],
        many: Callable[[Collection[int]], Awaitable[Mapping[int, V]]],
    ) -> None:
        """Build it.

        Args:
            one: answers for one key; cheaper than `many` with one.
            many: answers for each of the keys, of which there are at most `MOST_AT_ONCE`.
        """
        self._one = one
        self._many = many
        self._wanted: dict[int, asyncio.Future[V]] = {}
        self._under_way = False

    async def get(self, key: int) -> V:
        """Return the value of the key, or raise what the question for it raised."""
        if self._under_way:
            future = self._wanted.get(key)
            if future is None:
                future = self._wanted[key] = asyncio.get_running_loop().create_future()
            # Somebody else may wait for the same one: giving up is not for them.
            return await asyncio.shield(future)
        self._under_way = True
        try:
            return await self._one(key)
        finally:
            if self._wanted:
                self._rest = asyncio.create_task(self._ask_for_the_rest(), name="gathering")
            else:
                self._under_way = False

    async def _ask_for_the_rest(self) -> None:
        while self._wanted:
            keys = list(self._wanted)[:MOST_AT_ONCE]
            asked = {key: self._wanted.pop(key) for key in keys}
            try:
                found = await self._many(keys)
            except Exception as error:  # noqa: BLE001 - it belongs to those who asked
                for future in asked.values():
                    future.set_exception(error)
                    future.exception()  # seen, even where all who asked have gone
            else:
                for key, future in asked.items():
                    future.set_result(found[key])
        self._under_way = False

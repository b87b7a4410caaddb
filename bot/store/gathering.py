"""Works of one kind that arrive at once, stored in one transaction by few statements.

To run one statement through SQLAlchemy costs many times what it takes the database, and on
PostgreSQL a commit and several journeys besides. So what arrives while the last group is being
stored waits for it, and makes the next group; what arrives alone waits for nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar, final

from sqlalchemy import Connection

from bot.store.errors import StoreError
from bot.store.store import Store

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_MOST: Final = 512
"""Items in one group: keeps the write lock short for others, and callers' waits alike. What a
worker claims at once is marked at once, if its answers come so."""


@final
class Gathering(Generic[Item, Answer]):
    """One kind of work, for all its callers in this process."""

    def __init__(
        self,
        *,
        store: Store,
        work: Callable[[Connection, Sequence[Item]], Sequence[Answer]],
        name: str,
    ) -> None:
        """Take the work for a group, which answers each item in its order; see `Work`.

        `name` is that of the task that stores.
        """
        self._store = store
        self._work = work
        self._name = name
        self._waiting: list[tuple[Item, asyncio.Future[Answer]]] = []
        self._storing: asyncio.Task[None] | None = None

    def submit(self, item: Item) -> asyncio.Future[Answer]:
        """Return what will be the item's answer once it is committed.

        It is stored even if nobody waits for it. Its error is what the work raised of this item, or
        `StoreError` of the whole group.
        """
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        if self._storing is None:
            self._storing = asyncio.create_task(self._store_all(), name=self._name)
        return answer

    async def _store_all(self) -> None:
        try:
            while self._waiting:
                group, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                await self._store_group(group)
        finally:
            self._storing = None

    async def _store_group(self, group: Sequence[tuple[Item, asyncio.Future[Answer]]]) -> None:
        items = [item for item, _ in group]
        try:
            answers = await self._store.write(lambda connection: self._work(connection, items))
        except Exception as error:  # noqa: BLE001 - each caller gets it
            if len(group) > 1 and not isinstance(error, StoreError):
                # Nothing was stored. One by one, so that only the culprit's caller hears of it.
                for each in group:
                    await self._store_group([each])
                return
            for _, answer in group:
                if not answer.done():
                    answer.set_exception(error)
        else:
            for (_, answer), told in zip(group, answers, strict=True):
                if not answer.done():
                    answer.set_result(told)

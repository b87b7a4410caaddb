"""The catalog read again while the bot runs, by whoever asks for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import final

from bot.catalog.changes import Difference, describe
from bot.catalog.problems import CatalogError
from bot.catalog.shelf import CatalogShelf
from bot.store.errors import StoreError

_log = logging.getLogger(__name__)


async def _nothing_follows() -> None:
    return


@final
class CatalogReloader:
    """Reads the catalog in a thread, so that nobody waits for it, and one reading at a time."""

    def __init__(
        self,
        *,
        shelf: CatalogShelf,
        stamp: Callable[[], object],
        announce: Callable[[], Awaitable[None]],
        count: Callable[[bool], None],
        tell: Callable[[], Awaitable[object]],
        follow: Callable[[], Awaitable[object]] = _nothing_follows,
    ) -> None:
        """Build it.

        Args:
            shelf: holds the catalog in use.
            stamp: returns something that differs once a file was changed.
            announce: has the other processes call `look_again`, where they can be told.
            count: told whether a reading was good.
            tell: called after a good reading that changed something: who follows an offer hears.
            follow: plans by the new rules what followed from the old ones.
        """
        self._shelf = shelf
        self._stamp = stamp
        self._announce = announce
        self._count = count
        self._tell = tell
        self._follow = follow
        self._reading = asyncio.Lock()
        self._read_at = stamp()
        self._task: asyncio.Task[None] | None = None

    async def reload(self) -> tuple[Difference, ...]:
        """Read the files again, tell the other processes, and return what changed here.

        Raises:
            CatalogError: a file is broken; the last good catalog stays in use.
        """
        found = await self._read()
        try:
            await self._announce()
        except (StoreError, OSError) as error:
            _log.warning("the other processes could not be told of the catalog: %s", error)
        return found

    def soon(self) -> None:
        """Call `look_again` when there is time: for a notice that comes outside of a task."""
        self._task = asyncio.create_task(self.look_again(), name="catalog")

    async def look_again(self) -> None:
        """Read the files again if they changed; what is wrong with them is told in the log."""
        if self._stamp() != self._read_at:
            try:
                await self._read()
            except CatalogError:
                return

    async def _read(self) -> tuple[Difference, ...]:
        async with self._reading:
            # Before the reading: what is changed during it counts as changed after it.
            self._read_at = self._stamp()
            try:
                found = await asyncio.to_thread(self._shelf.reload)
            except CatalogError as error:
                self._count(False)  # noqa: FBT003 - the one thing it is told
                # No traceback: the message has file, line and field.
                _log.error("the catalog is broken, the last good one stays in use:\n%s", error)
                raise
            self._count(True)  # noqa: FBT003
            _log.info("catalog read again: %s", "; ".join(map(describe, found)) or "no change")
            if found:
                await self._tell()
        try:
            await self._follow()
        except StoreError as error:
            _log.warning("what follows from the catalog is planned at the next start: %s", error)
        return found

"""One writer with group commit: SQLite allows one at a time, and a commit costs a disk's sync.

Commits that each wait for their own sync come to a few hundred a second; a writer that commits
whatever gathered while the disk was busy comes to thousands, and nobody waits longer.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from sqlite3 import SQLITE_BUSY, SQLITE_FULL, SQLITE_LOCKED
from sqlite3 import Error as SqliteError
from typing import Any, Generic, TypeVar, cast, final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.store.errors import StoreBusy, StoreClosed, StoreFull
from bot.store.work import Work

_log = logging.getLogger(__name__)

T = TypeVar("T")

_LARGEST_GROUP = 256
"""Keeps the write lock short for other processes: some 10 ms."""

_BUSY_TRIES = 15
"""With SQLite's own busy_timeout of 1 s, callers wait 15 s for a foreign lock. A user is told to
try again before an interaction's answer is of no use; a delivery is tried again by itself. A
process that is told to stop waits for the lock no longer than one try."""


@final
class _Job(Generic[T]):
    __slots__ = ("_answer", "_error", "_work", "done")

    def __init__(self, work: Work[T]) -> None:
        self._work = work
        self.done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._answer: T | None = None
        self._error: Exception | None = None

    def run(self, connection: Connection) -> None:
        """Run the statements; the answer is kept until the commit. In the writer's thread."""
        self._answer = self._work(connection)

    def fail(self, error: Exception) -> None:
        """Keep an error as the answer."""
        self._error = error

    def answer(self) -> None:
        """Hand the caller what was kept, unless they left. On the event loop."""
        if self.done.done():
            return
        if self._error is None:
            self.done.set_result(cast("T", self._answer))
        else:
            self.done.set_exception(self._error)


@final
class GroupCommitWriter:
    """Runs all writes of this process in a thread, each group of them in one transaction.

    A group that fails is rolled back and its works run again one by one, each in a transaction of
    its own: only the culprit sees its error. (Savepoints would cost two more statements a work, and
    SQLite drops them with the transaction when the disk is full.)
    """

    def __init__(self, engine: Engine) -> None:
        """Take an engine whose transactions begin with the execution option `begin`."""
        # IMMEDIATE waits for the lock at once; a transaction that read first can't wait, it fails.
        self._engine = engine.execution_options(begin="BEGIN IMMEDIATE")
        self._connection: Connection | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-writer")
        self._queue: deque[_Job[Any]] = deque()
        self._arrived = asyncio.Event()
        self._closing = False
        self._task = asyncio.create_task(self._run(), name="store-writer")

    async def submit(self, work: Work[T]) -> T:
        """Run the work in the next group, and return its answer once it is committed.

        A caller that is cancelled leaves its work to its fate: it may be committed or not.

        Raises:
            StoreBusy: another process held the lock for too long; nothing was stored.
            StoreClosed: the writer stopped before the work was committed.
        """
        if self._closing:
            raise StoreClosed("the store is closed")
        job = _Job(work)
        self._queue.append(job)
        self._arrived.set()
        return await job.done

    async def close(self) -> None:
        """Commit all that was submitted, then stop."""
        self._closing = True
        self._arrived.set()
        await asyncio.gather(self._task, return_exceptions=True)
        self._thread.shutdown()
        if self._connection is not None:
            self._connection.close()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        group: list[_Job[Any]] = []
        try:
            while self._queue or not self._closing:
                await self._arrived.wait()
                group = self._next_group()
                await loop.run_in_executor(self._thread, self._commit_group, group)
                for job in group:
                    job.answer()
        finally:
            self._closing = True
            for job in (*group, *self._queue):
                job.fail(StoreClosed("the store's writer has stopped"))
                job.answer()

    def _next_group(self) -> list[_Job[Any]]:
        size = min(len(self._queue), _LARGEST_GROUP)
        jobs = [self._queue.popleft() for _ in range(size)]
        if not self._queue and not self._closing:
            self._arrived.clear()
        return [job for job in jobs if not job.done.cancelled()]

    def _commit_group(self, group: list[_Job[Any]]) -> None:
        try:
            self._commit(group)
        except Exception as error:  # noqa: BLE001 - each caller gets its own
            if len(group) == 1 or isinstance(error, StoreBusy):
                for job in group:
                    job.fail(error)
            else:
                for job in group:
                    self._commit_group([job])

    def _commit(self, group: list[_Job[Any]]) -> None:
        for _ in range(_BUSY_TRIES):
            try:
                connection = self._connected()
                with connection.begin():
                    for job in group:
                        job.run(connection)
            except DBAPIError as error:
                if _is(error, SQLITE_FULL):
                    raise StoreFull("the disk is full") from error
                if not _is(error, SQLITE_BUSY, SQLITE_LOCKED):
                    raise
                if self._closing:
                    break
                _log.warning("the database is locked by another process, trying again")
            else:
                return
        raise StoreBusy("another process holds the database")

    def _connected(self) -> Connection:
        """Return the one connection; to ask the pool for it each time costs as much as a commit."""
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection


def _is(error: DBAPIError, *codes: int) -> bool:
    cause = error.orig
    # The low byte is the primary code; extended ones, such as SQLITE_BUSY_SNAPSHOT, stand above it.
    return isinstance(cause, SqliteError) and (
        getattr(cause, "sqlite_errorcode", 0) & 0xFF in codes
    )

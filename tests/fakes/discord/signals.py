"""Waiting for something that happened, or is still to happen, without a sleep that hopes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Signal(Generic[T]):
    """Tells whoever waits about each new thing; each waiter sees each thing once."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._waiting: dict[asyncio.Future[T], Callable[[T], bool]] = {}

    def emit(self, thing: T) -> None:
        """Resolve every waiter whose predicate accepts the thing."""
        for future, wanted in list(self._waiting.items()):
            if not future.done() and wanted(thing):
                future.set_result(thing)

    async def wait_for(
        self,
        predicate: Callable[[T], bool],
        *,
        already: Iterable[T] = (),
        timeout: float,  # noqa: ASYNC109 - the caller's one knob, turned into asyncio.timeout here
        describe: Callable[[], str] = str,
    ) -> T:
        """Return the first thing that the predicate accepts, those in `already` included.

        Raises TimeoutError, with what `describe` says about the state of things, after `timeout`
        seconds.
        """
        for thing in already:
            if predicate(thing):
                return thing
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting[future] = predicate
        try:
            async with asyncio.timeout(timeout):
                return await future
        except TimeoutError:
            raise TimeoutError(
                f"no {self._name} as awaited within {timeout:g} s; {describe()}".rstrip("; ")
            ) from None
        finally:
            del self._waiting[future]

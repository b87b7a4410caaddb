"""Pictures on demand: each drawn once, in a thread of its own, and kept for a while."""

import asyncio
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Final, final

from bot.pictures.picture import Picture
from bot.pictures.week import WeekPicture

CAPACITY: Final = 64
"""Pictures that are kept, of some 40 KB each."""


@final
class Gallery:
    """Draws pictures off the event loop, and the same one only once.

    A picture is known by all that it shows: the revision of the catalog, the language and the
    offers are in it, and so is the day on which a figure became old. Made for one event loop.
    """

    def __init__(self, *, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._drawn: OrderedDict[Picture | WeekPicture, asyncio.Future[bytes]] = OrderedDict()
        # One thread: drawing holds the interpreter, and two would only share it.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")

    async def png(self, picture: Picture | WeekPicture) -> bytes:
        """Return the picture as PNG; whoever asks while it is being drawn waits for that one.

        Raises:
            RuntimeError: the gallery is closed.
        """
        drawn = self._drawn.get(picture)
        if drawn is None:
            drawn = asyncio.get_running_loop().run_in_executor(self._thread, _draw, picture)
            self._keep(picture, drawn)
        self._drawn.move_to_end(picture)
        # Shielded: one who stops waiting does not take the picture from the others.
        return await asyncio.shield(drawn)

    async def close(self) -> None:
        """Drop what waits to be drawn, and return when the thread has ended."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self._thread.shutdown)
        self._drawn.clear()

    def _keep(self, picture: Picture | WeekPicture, drawn: asyncio.Future[bytes]) -> None:
        self._drawn[picture] = drawn
        drawn.add_done_callback(lambda done: self._forget_failure(picture, done))
        while len(self._drawn) > self._capacity:
            self._drawn.popitem(last=False)

    def _forget_failure(self, picture: Picture | WeekPicture, done: asyncio.Future[bytes]) -> None:
        if (done.cancelled() or done.exception()) and self._drawn.get(picture) is done:
            del self._drawn[picture]


def _draw(picture: Picture | WeekPicture) -> bytes:
    # Imported by the first picture: a process that is asked for none does not pay for Pillow.
    from bot.pictures.draw import draw  # noqa: PLC0415
    from bot.pictures.draw_week import draw_week  # noqa: PLC0415

    return draw_week(picture) if isinstance(picture, WeekPicture) else draw(picture)

import asyncio
import threading
from collections.abc import AsyncGenerator

import pytest

from bot.pictures import gallery as room
from bot.pictures.draw import draw
from bot.pictures.gallery import Gallery
from bot.pictures.picture import Picture
from tests.pictures.samples import picture


class Painter:
    """Counts what is drawn, and can be held up."""

    def __init__(self) -> None:
        self.drawn: list[Picture] = []
        self.threads: set[str] = set()
        self.free = threading.Event()
        self.free.set()
        self.fails = False

    def __call__(self, asked: Picture) -> bytes:
        self.threads.add(threading.current_thread().name)
        self.free.wait(10)
        self.drawn.append(asked)
        if self.fails:
            raise OSError("no font")
        return asked.notes[0].encode()


@pytest.fixture
def painter(monkeypatch: pytest.MonkeyPatch) -> Painter:
    painter = Painter()
    monkeypatch.setattr(room, "_draw", painter)
    return painter


@pytest.fixture
async def gallery() -> AsyncGenerator[Gallery]:
    gallery = Gallery(capacity=2)
    yield gallery
    await gallery.close()


async def test_it_gives_what_is_drawn(gallery: Gallery) -> None:
    assert await gallery.png(picture(1, 2)) == draw(picture(1, 2))


async def test_equal_pictures_are_drawn_once_and_off_the_loop(
    gallery: Gallery, painter: Painter
) -> None:
    painter.free.clear()
    asked = [asyncio.ensure_future(gallery.png(picture(1, 2))) for _ in range(50)]
    await asyncio.sleep(0)  # the loop goes on while the thread draws
    painter.free.set()
    assert len(set(await asyncio.gather(*asked))) == 1
    await gallery.png(picture(1, 2))
    assert len(painter.drawn) == 1
    assert threading.current_thread().name not in painter.threads


async def test_what_was_asked_for_least_recently_is_forgotten(
    gallery: Gallery, painter: Painter
) -> None:
    for value in (1, 2, 1, 3, 1, 2):
        await gallery.png(picture(value))
    assert painter.drawn == [picture(1), picture(2), picture(3), picture(2)]


async def test_who_stops_waiting_does_not_take_it_from_the_others(
    gallery: Gallery, painter: Painter
) -> None:
    painter.free.clear()
    first = asyncio.ensure_future(gallery.png(picture(1)))
    second = asyncio.ensure_future(gallery.png(picture(1)))
    await asyncio.sleep(0)
    first.cancel()
    painter.free.set()
    assert await second
    assert first.cancelled()


async def test_a_failure_is_told_and_tried_again_next_time(
    gallery: Gallery, painter: Painter
) -> None:
    painter.fails = True
    with pytest.raises(OSError, match="no font"):
        await gallery.png(picture(1))
    painter.fails = False
    assert await gallery.png(picture(1))


async def test_a_closed_gallery_draws_no_more_and_leaves_no_thread(painter: Painter) -> None:
    gallery = Gallery()
    painter.free.clear()
    running = asyncio.ensure_future(gallery.png(picture(1)))
    waiting = asyncio.ensure_future(gallery.png(picture(2)))
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(painter.free.set)
    await gallery.close()
    assert await running
    with pytest.raises(asyncio.CancelledError):
        await waiting
    with pytest.raises(RuntimeError):
        await gallery.png(picture(3))
    assert painter.drawn == [picture(1)]
    alive = {thread.name for thread in threading.enumerate()}
    assert painter.threads.isdisjoint(alive)

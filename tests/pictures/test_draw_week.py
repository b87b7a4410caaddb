from io import BytesIO

import pytest
from PIL import Image

from bot.pictures.draw import WIDTH
from bot.pictures.draw_week import draw_week
from bot.pictures.gallery import Gallery
from bot.pictures.week import MOST_DAYS, DayBar, WeekPicture

BLUE = (112, 132, 255)
ORANGE = (255, 184, 77)


def week(*days: tuple[float, float]) -> WeekPicture:
    bars = tuple(
        DayBar(name=f"Day {n}", figure="", used=used, planned=planned)
        for n, (used, planned) in enumerate(days)
    )
    return WeekPicture(title="Kaggle", about="12 h left", days=bars, notes=("Blue: used",))


def pixels(png: bytes, colour: tuple[int, int, int]) -> int:
    image = Image.open(BytesIO(png)).convert("RGB")
    assert image.width == WIDTH
    data = image.tobytes()
    near = (
        all(abs(a - b) < 12 for a, b in zip(data[at : at + 3], colour, strict=True))
        for at in range(0, len(data), 3)
    )
    return sum(near)


def test_a_bar_is_as_long_as_what_was_used() -> None:
    half, whole = (pixels(draw_week(week((8, 0), (used, 0))), BLUE) for used in (4, 8))
    assert half / whole == pytest.approx(0.75, abs=0.03)


def test_what_is_planned_is_told_from_what_was_used() -> None:
    assert pixels(draw_week(week((8, 0))), ORANGE) == 0
    assert pixels(draw_week(week((2, 6))), ORANGE) > 1000


def test_a_week_without_use_is_drawn() -> None:
    assert pixels(draw_week(week(*[(0, 0)] * 7)), BLUE) == 0


def test_the_same_week_gives_the_same_bytes() -> None:
    assert draw_week(week((1, 2))) == draw_week(week((1, 2)))


def test_a_picture_has_days_and_not_too_many() -> None:
    for count in (0, MOST_DAYS + 1):
        with pytest.raises(ValueError, match="days"):
            week(*[(1, 0)] * count)


async def test_the_gallery_draws_weeks_too() -> None:
    gallery = Gallery()
    assert await gallery.png(week((1, 2))) == draw_week(week((1, 2)))
    await gallery.close()

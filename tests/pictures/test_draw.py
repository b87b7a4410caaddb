from io import BytesIO

import pytest
from PIL import Image

from bot.pictures.draw import WIDTH, draw
from bot.pictures.picture import Cell, Head, Picture, Row
from tests.pictures.samples import cell, picture

GREEN = (67, 217, 145)
BLUE = (112, 132, 255)


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def shares(image: Image.Image, colour: tuple[int, int, int], columns: int) -> list[int]:
    """How many pixels of each column of the picture are nearly of the colour."""
    counts = [0] * columns
    pixels = image.load()
    assert pixels is not None
    for x in range(image.width):
        for y in range(image.height):
            pixel = pixels[x, y]
            assert isinstance(pixel, tuple)
            if all(abs(is_ - wanted) < 12 for is_, wanted in zip(pixel, colour, strict=True)):
                counts[x * columns // image.width] += 1
    return counts


def test_the_same_picture_gives_the_same_bytes_and_another_gives_others() -> None:
    assert draw(picture(1, 2)) == draw(picture(1, 2))
    assert draw(picture(1, 2)) != draw(picture(1, 3))


@pytest.mark.parametrize("offers", [1, 2, 3, 4, 5])
def test_it_is_a_png_of_the_width_that_phones_read(offers: int) -> None:
    png = draw(picture(*range(1, offers + 1)))
    image = Image.open(BytesIO(png))
    assert image.format == "PNG"
    assert image.width == WIDTH
    assert len(png) < 100_000


def test_bars_are_as_long_as_their_figures_and_the_best_is_green() -> None:
    image = opened(draw(picture(2, 8)))
    blue, green = shares(image, BLUE, 2), shares(image, GREEN, 2)
    assert blue[0] > 0 == blue[1]
    assert green[1] > 0 == green[0]
    assert green[1] > 3 * blue[0]


def test_unknown_and_zero_have_no_bar_and_do_not_look_alike() -> None:
    unknown, zero = opened(draw(picture(None, 8))), opened(draw(picture(0, 8)))
    assert shares(unknown, BLUE, 2)[0] == shares(zero, BLUE, 2)[0] == 0
    assert unknown.tobytes() != zero.tobytes()


def test_an_advertised_figure_is_hatched() -> None:
    def drawn(first: Cell) -> list[int]:
        heads = (Head(name="A"), Head(name="B"))
        row = Row(label="GiB", cells=(first, cell(96, "advertised")))
        return shares(opened(draw(Picture(heads=heads, rows=(row,), notes=()))), BLUE, 2)

    solid, hatched = drawn(cell(48)), drawn(cell(48, "advertised"))
    assert 0 < hatched[0] < 0.8 * solid[0]


def test_the_longest_texts_stay_in_the_picture() -> None:
    head = Head(name="W" * 16, about="RTX PRO 6000 Blackwell " * 4, warning="closed to new " * 6)
    long = Cell(text="≥1234567", value=1234567, caption="given once " * 4)
    row = Row(label="Hours " * 40, cells=(long,) * 5)
    png = draw(Picture(heads=(head,) * 5, rows=(row,) * 4, notes=("Oldest " * 60,) * 2))
    image = opened(png)
    margin = [image.getpixel((x, y)) for x in (4, WIDTH - 5) for y in range(image.height)]
    assert set(margin) == {image.getpixel((0, 0))}
    foot = {image.getpixel((x, image.height - 3)) for x in range(WIDTH)}
    assert foot == {image.getpixel((0, 0))}

"""Draws a picture of a week as PNG: dark, and large enough to be read on a phone (`draw`)."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from bot.pictures import palette
from bot.pictures.draw import WIDTH
from bot.pictures.fonts import Fitted, Typeface, Weight
from bot.pictures.shapes import Colour, bar, hatched_bar
from bot.pictures.week import DayBar, WeekPicture

_MARGIN: Final = 32
_GAP: Final = 20
_LEFT: Final = 240  # of the bars: the names of days stand before them
_RIGHT: Final = 320  # behind the bars: their figures
_ROW: Final = 74
_BAR: Final = 34

_TITLE: Final = (40, 36, 32)
_LABEL: Final = (30, 28, 26, 24)
_NOTE: Final = (26, 24)


def draw_week(picture: WeekPicture) -> bytes:
    """Return the picture as PNG, `WIDTH` pixels wide; the same picture gives the same bytes."""
    typeface = Typeface()
    wide = WIDTH - 2 * _MARGIN
    title = typeface.fit(picture.title, weight=Weight.BOLD, sizes=_TITLE, width=wide, lines=2)
    about = typeface.fit(picture.about, weight=Weight.REGULAR, sizes=_LABEL, width=wide, lines=3)
    notes = [
        typeface.fit(note, weight=Weight.REGULAR, sizes=_NOTE, width=wide, lines=3)
        for note in picture.notes
    ]
    texts = (title, about, *notes)
    height = 2 * _MARGIN + 2 * _GAP + sum(map(_height, texts)) + _ROW * len(picture.days)
    image = Image.new("RGB", (WIDTH, height), palette.BACKGROUND)
    pen = ImageDraw.Draw(image)
    y = _write(pen, title, _MARGIN, palette.TEXT)
    y = _write(pen, about, y, palette.MUTED) + _GAP
    for day in picture.days:
        _day(image, pen, typeface, day, y, picture.highest)
        y += _ROW
    y += _GAP
    for note in notes:
        y = _write(pen, note, y, palette.MUTED)
    file = BytesIO()
    few = image.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(file, "PNG")
    return file.getvalue()


def _day(
    image: Image.Image,
    pen: ImageDraw.ImageDraw,
    typeface: Typeface,
    day: DayBar,
    y: int,
    highest: float,
) -> None:
    weight = Weight.BOLD if day.today else Weight.REGULAR
    baseline = y + _BAR - 4
    name = typeface.fit(day.name, weight=weight, sizes=_LABEL, width=_LEFT - 16, lines=1)
    colour = palette.TEXT if day.today else palette.MUTED
    pen.text((_MARGIN, baseline), name.lines[0], fill=colour, font=name.font, anchor="ls")
    left, right = _MARGIN + _LEFT, WIDTH - _MARGIN - _RIGHT
    bar(image, (left, y, right, y + _BAR), palette.TRACK)
    per_unit = (right - left) / highest if highest else 0.0
    whole = _length((day.used + day.planned) * per_unit)
    used = min(_length(day.used * per_unit), whole)
    if day.planned > 0 and whole > used:
        hatched_bar(image, (left, y, left + whole, y + _BAR), palette.CARE)
    if used:
        bar(image, (left, y, left + used, y + _BAR), palette.FIGURE)
    said = day.figure if day.marked is None else f"{day.figure} {day.marked}".strip()
    if not said:
        return
    figure = typeface.fit(said, weight=weight, sizes=_LABEL, width=_RIGHT - 16, lines=1)
    shown = palette.GOOD if day.marked is not None else palette.TEXT
    pen.text((right + 16, baseline), figure.lines[0], fill=shown, font=figure.font, anchor="ls")


def _length(pixels: float) -> int:
    """Return the length of a bar: what is more than nothing still has two round ends."""
    return max(round(pixels), _BAR) if pixels > 0 else 0


def _height(fitted: Fitted) -> int:
    return len(fitted.lines) * _step(fitted)


def _step(fitted: Fitted) -> int:
    return round(fitted.font.size * 1.25)


def _write(pen: ImageDraw.ImageDraw, fitted: Fitted, top: int, colour: Colour) -> int:
    """Draw lines and return where the last one ends."""
    for line in fitted.lines:
        at = (_MARGIN, top + round(fitted.font.size))
        pen.text(at, line, fill=colour, font=fitted.font, anchor="ls")
        top += _step(fitted)
    return top

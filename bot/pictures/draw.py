"""Draws a comparison picture as PNG: dark, and large enough to be read on a phone.

Discord shows a picture 400 to 550 points wide, so this one is drawn at twice that: what is 30 px
here is 11 to 15 points there.
"""

from io import BytesIO
from typing import Final, final

from PIL import Image, ImageDraw

from bot.pictures import palette
from bot.pictures.fonts import Fitted, Typeface, Weight
from bot.pictures.picture import Cell, Head, Picture, Row
from bot.pictures.shapes import Box, Colour, bar, dashes, hatched_bar

WIDTH: Final = 1100  # px

_MARGIN: Final = 32
_GAP: Final = 24  # between columns
_BAR: Final = 18
_LEAST_BAR: Final = _BAR  # the least that still has two round ends
_LEADING: Final = 1.25

# From the size that is wanted to the smallest that can still be read on a phone.
_NAME: Final = (34, 32, 30, 28)
_ABOUT: Final = (26, 24, 22)
_LABEL: Final = (30, 28, 26)
_NUMBER: Final = (46, 42, 38, 34, 30, 26)
_UNKNOWN: Final = (32, 28, 26)
_NOTE: Final = (26, 24)
_STAR: Final = "★"
_STAR_SIZE: Final = 30

_LINES_OF_A_NAME: Final = 2
_LINES_OF_ABOUT: Final = 3
_LINES_OF_A_NOTE: Final = 3
# Enough for a picture whose every text takes all of its lines; what is not used is cut off.
_TALLEST: Final = 2000


def draw(picture: Picture) -> bytes:
    """Return the picture as PNG, `WIDTH` pixels wide and as high as it needs to be.

    The same picture gives the same bytes. It takes some 50 ms: not for an event loop.
    """
    return _Canvas(picture).png()


@final
class _Canvas:
    """Draws from top to bottom; `_y` is where the next part begins."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._type = Typeface()
        self._image = Image.new("RGB", (WIDTH, _TALLEST), palette.BACKGROUND)
        self._pen = ImageDraw.Draw(self._image)
        columns = len(picture.heads)
        self._width = (WIDTH - 2 * _MARGIN - (columns - 1) * _GAP) // columns
        self._lefts = [_MARGIN + place * (self._width + _GAP) for place in range(columns)]
        self._y = _MARGIN

    def png(self) -> bytes:
        self._heads()
        for row in self._picture.rows:
            self._rule()
            self._row(row)
        self._rule()
        self._notes()
        whole = self._image.crop((0, 0, WIDTH, min(self._y + _MARGIN - 8, _TALLEST)))
        file = BytesIO()
        # A third of the size: there are ten colours, and what anti-aliasing makes between them.
        few = whole.quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(file, "PNG")
        return file.getvalue()

    def _heads(self) -> None:
        self._y = max(
            self._head(head, left)
            for head, left in zip(self._picture.heads, self._lefts, strict=True)
        )

    def _head(self, head: Head, left: int) -> int:
        """Draw one head and return where it ends."""
        name = self._fit(head.name, Weight.BOLD, _NAME, _LINES_OF_A_NAME)
        y = self._text(name, left, self._y, palette.TEXT)
        for words, colour in ((head.about, palette.MUTED), (head.warning, palette.CARE)):
            if words is not None:
                fitted = self._fit(words, Weight.REGULAR, _ABOUT, _LINES_OF_ABOUT)
                y = self._text(fitted, left, y + 4, colour)
        return y

    def _row(self, row: Row) -> None:
        label = self._fit(row.label, Weight.REGULAR, _LABEL, 1, WIDTH - 2 * _MARGIN)
        self._y = self._text(label, _MARGIN, self._y, palette.MUTED) + 4
        best = row.best
        self._y = max(
            self._cell(cell, left, row.longest, is_best=place in best)
            for place, (cell, left) in enumerate(zip(row.cells, self._lefts, strict=True))
        )

    def _cell(self, cell: Cell, left: int, longest: float, *, is_best: bool) -> int:
        """Draw one figure with its bar and return where it ends."""
        baseline = self._y + _NUMBER[0]
        colour = palette.GOOD if is_best else palette.TEXT
        if cell.value is None:
            fitted, colour = self._fit(cell.text, Weight.REGULAR, _UNKNOWN, 1), palette.MUTED
        else:
            room = self._width - (_STAR_SIZE + 8 if is_best else 0)
            fitted = self._fit(cell.text, Weight.BOLD, _NUMBER, 1, room)
        text = "".join(fitted.lines)
        self._pen.text((left, baseline), text, fill=colour, font=fitted.font, anchor="ls")
        if is_best:
            star = self._type.font(Weight.BOLD, _STAR_SIZE)
            at = (left + fitted.font.getlength(text) + 8, baseline - 2)
            self._pen.text(at, _STAR, fill=palette.GOOD, font=star, anchor="ls")
        top = baseline + 14
        self._bar(cell, (left, top, left + self._width, top + _BAR), longest, is_best=is_best)
        if cell.caption is None:
            return top + _BAR
        caption = self._fit(cell.caption, Weight.REGULAR, _ABOUT, 1)
        return self._text(caption, left, top + _BAR + 6, palette.MUTED)

    def _bar(self, cell: Cell, track: Box, longest: float, *, is_best: bool) -> None:
        if cell.value is None:
            dashes(self._image, track, palette.DASHES)
            return
        bar(self._image, track, palette.TRACK)
        if cell.value == 0:
            return
        left, top, _, bottom = track
        length = max(round(self._width * cell.value / longest), _LEAST_BAR)
        box = (left, top, left + length, bottom)
        if cell.certainty == "advertised":
            hatched_bar(self._image, box, palette.FIGURE)
        else:
            bar(self._image, box, palette.GOOD if is_best else palette.FIGURE)

    def _notes(self) -> None:
        for note in self._picture.notes:
            fitted = self._fit(note, Weight.REGULAR, _NOTE, _LINES_OF_A_NOTE, WIDTH - 2 * _MARGIN)
            self._y = self._text(fitted, _MARGIN, self._y, palette.MUTED)

    def _rule(self) -> None:
        self._y += 16
        self._pen.rectangle((_MARGIN, self._y, WIDTH - _MARGIN - 1, self._y + 1), fill=palette.LINE)
        self._y += 14

    def _fit(
        self,
        text: str,
        weight: Weight,
        sizes: tuple[int, ...],
        lines: int,
        width: float | None = None,
    ) -> Fitted:
        room = self._width if width is None else width
        return self._type.fit(text, weight=weight, sizes=sizes, width=room, lines=lines)

    def _text(self, fitted: Fitted, left: int, top: int, colour: Colour) -> int:
        """Draw lines and return where the last one ends."""
        size = round(fitted.font.size)
        step = round(size * _LEADING)
        for line in fitted.lines:
            self._pen.text((left, top + size), line, fill=colour, font=fitted.font, anchor="ls")
            top += step
        return top

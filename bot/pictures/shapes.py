"""Bars with smooth round ends: Pillow draws shapes without anti-aliasing."""

from PIL import Image, ImageChops, ImageDraw

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are outside."""

_FINER = 4  # times finer than the picture is what is drawn, then averaged
_STRIPE = 14  # px from one stripe of a hatching to the next
_DASH = 12  # px of a dash, and about as much to the next


def bar(image: Image.Image, box: Box, colour: Colour) -> None:
    """Draw a filled bar."""
    _paint(image, box, _pill(box), colour)


def hatched_bar(image: Image.Image, box: Box, colour: Colour) -> None:
    """Draw an outlined bar filled with diagonal stripes."""
    outside = _pill(box)
    inside = _pill(box, inset=3)
    stripes = Image.new("L", outside.size)
    pen = ImageDraw.Draw(stripes)
    height = outside.height
    for x in range(-height, outside.width, _STRIPE * _FINER):
        pen.line((x, height, x + height, 0), fill=255, width=_STRIPE * _FINER * 2 // 5)
    rim = ImageChops.subtract(outside, inside)
    _paint(image, box, ImageChops.lighter(rim, ImageChops.multiply(stripes, inside)), colour)


def dashes(image: Image.Image, box: Box, colour: Colour) -> None:
    """Draw a thin dashed line where a bar would be."""
    left, top, right, bottom = box
    middle = (top + bottom) // 2
    # Whole dashes alone, the last one at the right edge.
    count = max((right - left + _DASH) // (2 * _DASH), 1)
    step = (right - left - _DASH) / max(count - 1, 1)
    for place in range(count):
        x = left + round(place * step)
        bar(image, (x, middle - 2, min(x + _DASH, right), middle + 2), colour)


def _pill(box: Box, *, inset: int = 0) -> Image.Image:
    """Return the mask of a bar, in the finer pixels, within its box less `inset`."""
    left, top, right, bottom = box
    width, height = (right - left) * _FINER, (bottom - top) * _FINER
    mask = Image.new("L", (width, height))
    edge = inset * _FINER
    if width > 2 * edge and height > 2 * edge:
        ImageDraw.Draw(mask).rounded_rectangle(
            (edge, edge, width - edge - 1, height - edge - 1),
            radius=min(width, height) / 2 - edge,
            fill=255,
        )
    return mask


def _paint(image: Image.Image, box: Box, mask: Image.Image, colour: Colour) -> None:
    image.paste(colour, box, mask.reduce(_FINER))

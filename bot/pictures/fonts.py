"""The bundled typeface: its sizes, which characters it has, and text that fits a width."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from io import BytesIO
from typing import Final, final

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont, Layout, truetype

_ELLIPSIS: Final = "…"
# Chinese may break between any two characters, but not before closing punctuation.
_HAN: Final = r"\u2e80-\u9fff\uff00-\uffef"
_CLOSING: Final = "、。，．：；！？）》」』】…"
_UNBREAKABLE: Final = re.compile(
    rf"[（《「『【]?[{_HAN}][{_CLOSING}]*|[^\s{_HAN}]+[{_CLOSING}]*|\s+"
)
# A noncharacter: no font has it, so it is drawn as what stands in for a missing character.
_ABSENT: Final = "\uffff"


class Weight(StrEnum):
    """The weights that are bundled."""

    REGULAR = "Regular"
    BOLD = "Bold"


@dataclass(frozen=True, slots=True)
class Fitted:
    """Text in lines that fit, and the font in which they do."""

    lines: tuple[str, ...]
    font: FreeTypeFont


@final
class Typeface:
    """Noto Sans CJK SC, cut down to what the bot says (`data/fonts/README.md`).

    Not safe for several threads at once: FreeType keeps state in a face.
    """

    def __init__(self) -> None:
        folder = files("data").joinpath("fonts")
        self._files = {
            weight: folder.joinpath(f"NotoSansCJKsc-{weight}-subset.otf").read_bytes()
            for weight in Weight
        }
        self._fonts: dict[tuple[Weight, int], FreeTypeFont] = {}

    def font(self, weight: Weight, size: int) -> FreeTypeFont:
        """Return the font at a size in pixels to the em."""
        key = (weight, size)
        if key not in self._fonts:
            # Basic layout: Raqm is not in every build of Pillow, and would place glyphs otherwise.
            self._fonts[key] = truetype(
                BytesIO(self._files[weight]), size, layout_engine=Layout.BASIC
            )
        return self._fonts[key]

    def missing(self, text: str, weight: Weight = Weight.REGULAR) -> frozenset[str]:
        """Return the characters of `text` that the font would draw as an empty box."""
        font = self.font(weight, 32)
        box = _drawn(_ABSENT, font)
        return frozenset(each for each in text if not each.isspace() and _drawn(each, font) == box)

    def fit(
        self, text: str, *, weight: Weight, sizes: Sequence[int], width: float, lines: int
    ) -> Fitted:
        """Break `text` into at most `lines` lines of `width` pixels, as large as `sizes` allow.

        Args:
            text: one paragraph.
            weight: of the font.
            sizes: from the one that is wanted to the smallest that can still be read.
            width: in pixels.
            lines: where even the smallest size needs more, the last line ends in an ellipsis.
        """
        for size in sizes:
            font = self.font(weight, size)
            broken = _broken(text, font, width)
            if len(broken) <= lines and all(font.getlength(line) <= width for line in broken):
                return Fitted(tuple(broken), font)
        font = self.font(weight, sizes[-1])
        broken = _broken(text, font, width)
        cut = (
            broken[:lines] if len(broken) <= lines else [*broken[: lines - 1], _rest(broken, lines)]
        )
        return Fitted(tuple(_shortened(line, font, width) for line in cut), font)


def _drawn(character: str, font: FreeTypeFont) -> bytes:
    image = Image.new("L", (64, 64))
    ImageDraw.Draw(image).text((8, 48), character, fill=255, font=font, anchor="ls")
    return image.tobytes()


def _broken(text: str, font: FreeTypeFont, width: float) -> list[str]:
    """Break greedily where the script allows; a word that is wider than a line stays whole."""
    lines = [""]
    for part in _UNBREAKABLE.findall(text):
        if lines[-1] and font.getlength((lines[-1] + part).rstrip()) > width:
            lines.append("")
        lines[-1] += part if lines[-1] else part.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


def _rest(broken: Iterable[str], lines: int) -> str:
    return " ".join(list(broken)[lines - 1 :])


def _shortened(line: str, font: FreeTypeFont, width: float) -> str:
    if font.getlength(line) <= width:
        return line
    while line and font.getlength(line.rstrip() + _ELLIPSIS) > width:
        line = line[:-1]
    return line.rstrip() + _ELLIPSIS

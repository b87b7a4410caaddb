"""The colours of all pictures: light on dark, as Discord's dark theme has them.

Blue is a figure, green the good news and yellow what needs care; each also has a shape or a word of
its own, for whoever tells no colours apart.
"""

from typing import Final

from bot.pictures.shapes import Colour

BACKGROUND: Final[Colour] = (27, 28, 33)
LINE: Final[Colour] = (52, 54, 62)
TRACK: Final[Colour] = (42, 44, 51)
TEXT: Final[Colour] = (242, 243, 245)
MUTED: Final[Colour] = (176, 180, 190)
DASHES: Final[Colour] = (98, 102, 114)
FIGURE: Final[Colour] = (112, 132, 255)
GOOD: Final[Colour] = (67, 217, 145)
CARE: Final[Colour] = (255, 184, 77)
"""What to be careful with: a figure that is old or doubted, and hours that are only planned."""

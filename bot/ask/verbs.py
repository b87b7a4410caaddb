"""The verbs that ask for a reminder, for expressions that look at what stands beside them."""

from typing import Final

ASK: Final = r"(?:remind|ping|notify|alert|nudge|poke|buzz|wake|tell|dm|message|warn)"
ASK_US: Final = rf"{ASK}(?: me| us)(?: up)?"

"""The `custom_id` of a reminder's buttons: all the state they have.

`RemindButton.PATTERN` is the template of the `DynamicItem`s. A courier in doubt finds a message
again by its buttons too, so every reminder's message carries at least one of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self, final

from bot.reminders.models import ReminderId

_TAG_LENGTH = 8


def installation_tag(installation_id: str) -> str:
    """Return what of the installation id stands in a button (8 characters).

    Buttons outlive a database: one that was made anew counts from 1 again, and must not take the
    old buttons for its own.
    """
    return installation_id[:_TAG_LENGTH]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class RemindButton:
    """What pressing a button under a reminder refers to."""

    tag: str
    reminder_id: ReminderId
    number: int
    action: str
    """What it does: lower-case letters, digits and `_`, at most 24."""

    PATTERN: ClassVar[re.Pattern[str]] = re.compile(
        r"rem:(?P<tag>[0-9a-f]{8}):(?P<reminder>[1-9][0-9]{0,17}):(?P<number>[1-9][0-9]{0,8})"
        r":(?P<action>[a-z0-9_]{1,24})",
        # Without ASCII, digits of other scripts would pass where a class is written as \d.
        re.ASCII,
    )

    @property
    def custom_id(self) -> str:
        """At most 65 characters; Discord allows 100."""
        return f"rem:{self.tag}:{self.reminder_id}:{self.number}:{self.action}"

    @classmethod
    def parse(cls, custom_id: str) -> Self | None:
        """Read a `custom_id`; None where it isn't one of these."""
        match = cls.PATTERN.fullmatch(custom_id)
        return None if match is None else cls.from_match(match)

    @classmethod
    def from_match(cls, match: re.Match[str]) -> Self:
        """Take what `PATTERN` matched, as a `DynamicItem` is handed it."""
        return cls(
            tag=match["tag"],
            reminder_id=ReminderId(int(match["reminder"])),
            number=int(match["number"]),
            action=match["action"],
        )

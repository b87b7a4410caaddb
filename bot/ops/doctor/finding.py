"""One line of the doctor's."""

from dataclasses import dataclass
from enum import StrEnum
from typing import final


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    """It works, and something about it should be known or done."""
    FAILURE = "failure"
    """The bot can't start, or can't keep its promises."""


@final
@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do where that is anything."""

    level: Level
    subject: str
    text: str
    advice: str = ""

    def __str__(self) -> str:
        """Return one line, whatever the texts hold."""
        line = f"{self.level:<8} {self.subject:<12} {self.text}"
        return " ".join((f"{line} -> {self.advice}" if self.advice else line).splitlines())


def ok(subject: str, text: str) -> Finding:
    """Return that all is well."""
    return Finding(Level.OK, subject, text)


def warning(subject: str, text: str, advice: str = "") -> Finding:
    """Return what should be known or done."""
    return Finding(Level.WARNING, subject, text, advice)


def failure(subject: str, text: str, advice: str = "") -> Finding:
    """Return what keeps the bot from its work."""
    return Finding(Level.FAILURE, subject, text, advice)

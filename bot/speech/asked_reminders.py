"""What is said of a reminder that is asked for in words: the command, filled in, and when it is."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final, final

from bot.ask.answer import Answer, Times
from bot.ask.reading import Reading
from bot.speech import stamps
from bot.speech.neutral import in_one_line
from bot.speech.phrasebook import Words

MOST_SHOWN: Final = 80
"""Characters of an option but the note."""
MOST_OF_NOTE: Final = 600
"""More than a note may have: what is too long is refused, and not cut behind one's back."""
_NO_WIDTH: Final = "\u200b"


@final
class AskedReminderSpeech:
    """Says them in one language."""

    def __init__(self, *, words: Words, command: Callable[[str], str]) -> None:
        """Build it; `command` gives the mention of a command."""
        self._command = command
        self._words = words

    def lines(self, answer: Answer) -> Iterator[str]:
        """Return what is offered, or why nothing is; what was typed is made harmless."""
        reading, words = answer.reading, self._words
        if reading.no_new is not None:
            yield words(f"ask-no-new-{reading.no_new}", command=self._command("remind list"))
        elif (filled_in := self._promise(answer)) is not None:
            yield words("ask-remind-command", command=filled_in)
            if answer.session is not None and answer.times is not None:
                for instant in answer.times.instants:
                    yield self._at("ask-remind-ends", instant)
            if answer.watch is not None and reading.lead is not None:
                yield words("ask-watch-lead", lead=in_code(reading.lead))
        elif reading.unclear is not None:
            yield words(f"ask-unclear-{reading.unclear}")
        elif reading.doubt is not None:
            yield words(f"when-{reading.doubt.value}")
        elif reading.constraints.get("recurring") and reading.every is None:
            yield words("ask-recurring", command=self._command("remind me"))
        elif reading.when is None:
            key = "ask-remind-session" if reading.every is None else "ask-recurring"
            command = "remind session" if reading.every is None else "remind me"
            yield words(key, command=self._command(command))
        else:
            yield from self._plain(reading, answer.times)

    def _plain(self, reading: Reading, times: Times | None) -> Iterator[str]:
        words = self._words
        command = f"{self._command('remind me')} {self._filled_in(reading)}"
        if reading.either:
            morning, evening = map(in_code, reading.either)
            yield words("ask-clarify-hour", morning=morning, evening=evening)
            yield command
        else:
            yield words("ask-remind-command", command=command)
        if times is None:
            return
        if times.zone_missing:
            yield words("ask-remind-zone")
        key = "ask-remind-at" if reading.every is None else "ask-remind-first"
        for index, instant in enumerate(times.instants):
            if reading.either:
                when = in_code(reading.either[index])
                yield self._at("ask-remind-half", instant, when=when)
            else:
                yield self._at(key, instant)

    def _at(self, key: str, instant: datetime, **told: str) -> str:
        full, relative = stamps.full(instant), stamps.relative(instant)
        return self._words(key, full=full, relative=relative, **told)

    def _promise(self, answer: Answer) -> str | None:
        """Return the command that watches a quota, or times a session; None for a plain time."""
        if answer.watch is not None:
            return self._typed("remind quota", provider=answer.watch.short)
        if (session := answer.session) is None:
            return None
        return self._typed(
            "remind session",
            duration=session.duration,
            provider=answer.offers[0].short if answer.offers else None,
            started=session.started,
            leads=session.lead,
        )

    def _typed(self, command: str, **options: str | None) -> str:
        told = [f"`{name}: {in_code(said)}`" for name, said in options.items() if said is not None]
        return " ".join((self._command(command), *told))

    def _filled_in(self, reading: Reading) -> str:
        words = self._words
        about = in_code(reading.about or words("ask-remind-about"), most=MOST_OF_NOTE)
        when = in_code(reading.when or "")
        if reading.every is None:
            return words("ask-remind-fields", when=when, about=about)
        every = in_code(reading.every)
        return words("ask-remind-fields-again", when=when, every=every, about=about)


def in_code(text: str, *, most: int = MOST_SHOWN) -> str:
    """Return what was typed for a place between backticks, where markdown has no meaning."""
    line = in_one_line(text).replace("`", "'").replace("@", f"@{_NO_WIDTH}")
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def out_of_code(shown: str) -> str:
    """Return what was typed from what `in_code` made of it; a backtick stays an apostrophe."""
    return shown.replace(f"@{_NO_WIDTH}", "@")

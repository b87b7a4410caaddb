"""How promises are shown: a confirmation, the list, what was cancelled."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import discord
from discord import ui

from bot.discord.reminder_buttons import CANCEL
from bot.reminders.custom_id import RemindButton
from bot.reminders.models import DestinationKind, OccurrenceState, Reminder, ReminderKind
from bot.reminders.service import Promise
from bot.speech import stamps
from bot.speech.neutral import in_one_line, neutral
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Words
from bot.speech.spans import span
from cogs.views.layout import ACCENT, MOST_TEXT, card, line, row, text

MUTED: Final = discord.Colour(0x80848E)
LISTED: Final = 10
NOTE_LISTED: Final = 80
ROOM_FOR_MORE: Final = 100  # characters of the line that counts what was left out
NOTE_SHOWN: Final = 500
UNDO: Final = "undo"
PICK: Final = "remind:cancel"
LONGEST_LABEL: Final = 100


class ReminderViews:
    """Shows reminders in one language."""

    def __init__(self, *, words: Words, speech: OfferSpeech, tag: str) -> None:
        """Build it.

        Args:
            words: the language.
            speech: says the names of offers in it.
            tag: of the installation, for the buttons.
        """
        self._words = words
        self._speech = speech
        self._tag = tag

    def confirmation(self, promise: Promise, *, remarks: Sequence[str]) -> ui.LayoutView:
        """Return what a user sees once a promise is stored; the remarks stand below it."""
        reminder, words = promise.reminder, self._words
        lines = [self._stored(reminder)]
        for warning in promise.warnings:
            lines.append(self._warning(warning.due_at, warning.lead))
            lines += [
                words("remind-shortened", span=span(lead, words)) for lead in warning.shortened
            ]
        lines += [self._place_line(reminder), *remarks]
        if reminder.note:
            lines.append(words("remind-about", note=neutral(reminder.note, most=NOTE_SHOWN)))
        button = self._button(
            reminder, CANCEL, "remind-cancel-button", discord.ButtonStyle.secondary
        )
        return card(text("\n".join(lines)), row(button))

    def cancelled(self, reminder: Reminder, *, in_flight: int) -> ui.LayoutView:
        """Return what a user sees after a reminder was cancelled, with the way back."""
        lines = [self._words("remind-cancelled", what=self.what(reminder))]
        if in_flight:
            lines.append(self._words("remind-cancelled-in-flight"))
        undo = self._button(reminder, UNDO, "remind-undo-button", discord.ButtonStyle.primary)
        return card(text("\n".join(lines)), row(undo), accent=MUTED)

    def restored(self, reminder: Reminder) -> ui.LayoutView:
        """Return what a user sees after a cancelled reminder was brought back."""
        lines = [self._words("remind-restored", what=self.what(reminder))]
        if reminder.next_due_at is not None:
            lines.append(self._words("remind-restored-next", **_stamps(reminder.next_due_at)))
        button = self._button(
            reminder, CANCEL, "remind-cancel-button", discord.ButtonStyle.secondary
        )
        return card(text("\n".join(lines)), row(button), accent=ACCENT)

    def listing(
        self,
        active: Sequence[Reminder],
        failed: Sequence[Reminder],
        *,
        empty: str,
        now: datetime,
    ) -> ui.LayoutView:
        """Return what a user has coming, and what could not be delivered lately.

        Args:
            active: what is to come, the next one first.
            failed: what was given up, the newest first.
            empty: what to say where nothing is to come.
            now: aware; the choices of the select tell the time left.
        """
        title, coming = self._words("remind-list-title"), self._coming(active) if active else empty
        items: list[ui.Item[ui.LayoutView]] = [text(title), text(coming)]
        if failed:
            room = MOST_TEXT - len(title) - len(coming)
            items += [line(), text(self._failures(failed, room=room))]
        if active:
            items.append(row(self._pick(active, now)))
        return card(*items)

    def what(self, reminder: Reminder) -> str:
        """Return in a few words what a reminder is about."""
        if reminder.kind is ReminderKind.CUSTOM or reminder.ends_at is None:
            return self._words(
                "remind-what-custom", note=neutral(reminder.note or "", most=NOTE_LISTED)
            )
        relative = stamps.relative(reminder.ends_at)
        name = self._offer_name(reminder)
        if name is None:
            return self._words("remind-what-session-any", relative=relative)
        return self._words("remind-what-session", name=name, relative=relative)

    def label(self, reminder: Reminder, now: datetime) -> str:
        """Return the same in plain text, for a choice: no markdown is shown there."""
        name = self._offer_name(reminder)
        if reminder.kind is ReminderKind.CUSTOM:
            what = in_one_line(reminder.note or "")
        elif name is None:
            what = self._words("remind-choice-session-any")
        else:
            what = self._words("remind-choice-session", name=name)
        left = (reminder.next_due_at or now) - now
        said = self._words("remind-choice", what=what, span=span(left, self._words))
        if len(said) <= LONGEST_LABEL:
            return said
        over = len(said) - LONGEST_LABEL + 1
        return self._words("remind-choice", what=what[:-over] + "…", span=span(left, self._words))

    # ------------------------------------------------------------------- parts

    def _stored(self, reminder: Reminder) -> str:
        words = self._words
        if reminder.ends_at is not None:
            name = self._offer_name(reminder) or words("remind-session-name-any")
            return words("remind-session-stored", name=name, **_stamps(reminder.ends_at))
        at = reminder.next_due_at or reminder.created_at
        return words("remind-custom-stored", **_stamps(at))

    def _warning(self, due_at: datetime, lead: timedelta) -> str:
        if not lead:
            return self._words("remind-warning-at-end")
        return self._words(
            "remind-warning", relative=stamps.relative(due_at), lead=span(lead, self._words)
        )

    def _coming(self, active: Sequence[Reminder]) -> str:
        lines = [
            self._words(
                "remind-list-item",
                what=self.what(each),
                place=self._place(each),
                **_stamps(each.next_due_at or each.created_at),
            )
            for each in active[:LISTED]
        ]
        if len(active) > LISTED:
            lines.append(self._words("remind-list-more", n=len(active) - LISTED))
        return "\n".join(lines)

    def _failures(self, failed: Sequence[Reminder], *, room: int) -> str:
        lines = [self._words("remind-list-failed")]
        room -= len(lines[0]) + ROOM_FOR_MORE
        for each in failed[:LISTED]:
            line = self._failure(each)
            room -= len(line) + 1
            if room < 0:
                break
            lines.append(line)
        left = len(failed) - (len(lines) - 1)
        return "\n".join([*lines, *([self._words("remind-list-more", n=left)] if left else [])])

    def _failure(self, reminder: Reminder) -> str:
        # Of the warnings of one session, the last that was given up speaks for all.
        dead = [each for each in reminder.occurrences if each.state is OccurrenceState.DEAD]
        latest = max(dead, key=lambda each: each.due_at)
        return self._words(
            "remind-list-failed-item",
            what=self.what(reminder),
            full=stamps.full(latest.due_at),
            reason=self._reason(latest.reason),
        )

    def _reason(self, reason: str | None) -> str:
        key = f"failed-{reason}"
        return self._words(key if self._words.has(key) else "failed-other")

    def _pick(self, active: Sequence[Reminder], now: datetime) -> ui.Select[ui.LayoutView]:
        options = [
            discord.SelectOption(label=self.label(each, now), value=str(each.id))
            for each in active[:LISTED]
        ]
        placeholder = self._words("remind-list-pick")
        return ui.Select(custom_id=PICK, placeholder=placeholder, options=options)

    def _button(
        self, reminder: Reminder, action: str, label: str, style: discord.ButtonStyle
    ) -> ui.Button[ui.LayoutView]:
        # Of the whole reminder, so the number of no one message: the first.
        button = RemindButton(tag=self._tag, reminder_id=reminder.id, number=1, action=action)
        return ui.Button(label=self._words(label), custom_id=button.custom_id, style=style)

    def _place_line(self, reminder: Reminder) -> str:
        destination = reminder.destination
        if destination.kind is DestinationKind.DM:
            return self._words("remind-place-dm")
        return self._words("remind-place-channel", channel=f"<#{destination.channel_id}>")

    def _place(self, reminder: Reminder) -> str:
        destination = reminder.destination
        if destination.kind is DestinationKind.DM:
            return self._words("place-dm")
        return self._words("place-channel", channel=f"<#{destination.channel_id}>")

    def _offer_name(self, reminder: Reminder) -> str | None:
        return None if reminder.offer_id is None else self._speech.name(reminder.offer_id)


def _stamps(instant: datetime) -> dict[str, str]:
    return {"full": stamps.full(instant), "relative": stamps.relative(instant)}

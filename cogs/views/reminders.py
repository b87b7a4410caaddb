"""How promises are shown: a confirmation, one reminder whole, what was cancelled or edited."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

import discord
from discord import ui

from bot.discord.reminder_buttons import (
    CANCEL,
    EDIT,
    ENDED,
    EXTEND,
    SNOOZE_TOMORROW,
    SNOOZES,
)
from bot.quotas.book import Scope
from bot.reminders.custom_id import RemindButton
from bot.reminders.edits import Edited
from bot.reminders.models import (
    DestinationKind,
    Occurrence,
    OccurrenceState,
    Reminder,
    ReminderKind,
)
from bot.reminders.plan import PlannedWarning
from bot.reminders.service import Promise
from bot.speech import stamps
from bot.speech.neutral import in_one_line, neutral
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Words
from bot.speech.recurrences import recurrence_text
from bot.speech.spans import span
from cogs.views.layout import ACCENT, card, row, text

MUTED: Final = discord.Colour(0x80848E)
NOTE_LISTED: Final = 80
NOTE_SHOWN: Final = 500
UNDO: Final = "undo"
LONGEST_LABEL: Final = 100


class Ending(Enum):
    """Why what was to come of a reminder was cancelled."""

    CANCELLED = "cancelled"
    ENDED = "ended"
    """Its session ended early."""


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

    def confirmation(
        self, promise: Promise, *, why_there: str | None = None, remarks: Sequence[str]
    ) -> ui.LayoutView:
        """Return what a user sees once a promise is stored.

        Args:
            promise: as it is stored.
            why_there: the key of the sentence that says why it goes elsewhere than was wished.
            remarks: stand below it.
        """
        reminder, words = promise.reminder, self._words
        lines = [self._stored(reminder), *self._repeats(reminder)]
        lines += self._warnings(promise.warnings)
        lines += [*self._deferred(reminder), self.place_line(reminder, why_there), *remarks]
        if reminder.note:
            lines.append(words("remind-about", note=neutral(reminder.note, most=NOTE_SHOWN)))
        if reminder.link is not None:
            lines.append(words("notice-link", link=reminder.link))
        return card(text("\n".join(lines)), self._buttons(reminder, EDIT, CANCEL))

    def edited(self, edited: Edited, *, remarks: Sequence[str]) -> ui.LayoutView:
        """Return what a user sees after an edit: what was, and what is from now on."""
        before, after, words = edited.before, edited.after, self._words
        over = after.next_due_at is None
        lines = [words("edited-title-over" if over else "edited-title", what=self.what(after))]
        changes = (
            ("edited-end", _stamp(before.ends_at), _stamp(after.ends_at)),
            ("edited-next", _stamp(_planned(before)), _stamp(_planned(after))),
            ("edited-every", self._every(before), self._every(after)),
            ("edited-note", self._note(before), self._note(after)),
        )
        kept = after.kind is ReminderKind.SESSION  # its next warning follows from its end
        shown = [
            words(key, old=old, new=new)
            for key, old, new in changes
            if old != new and not (kept and key == "edited-next")
        ]
        lines += shown or ([] if remarks else [words("edited-nothing")])
        lines += self._warnings(edited.warnings)
        lines += [*self._deferred(after), *remarks]
        if edited.in_flight:
            lines.append(words("remind-cancelled-in-flight"))
        if over:
            lines.append(words("edited-over"))
            return card(text("\n".join(lines)), row(self._set_again(after)), accent=MUTED)
        return card(text("\n".join(lines)), self._buttons(after, EDIT, CANCEL))

    def one(self, reminder: Reminder, *, now: datetime) -> ui.LayoutView:
        """Return one reminder whole, with all that can be done about it."""
        words, coming = self._words, reminder.next
        lines = [words("remind-one-title"), f"**{self.what(reminder)}**"]
        if coming is None and reminder.watching is not None:
            lines.append(words("remind-quota-none-yet"))
        if coming is not None:
            state = self.state(coming, now)
            lines.append(words("remind-one-next", state=state, **_stamps(coming.due_at)))
        lines += [*self._repeats(reminder), *self._deferred(reminder), self.place_line(reminder)]
        if reminder.note and reminder.kind is ReminderKind.SESSION:
            lines.append(words("remind-about", note=neutral(reminder.note, most=NOTE_SHOWN)))
        if reminder.link is not None:
            lines.append(words("notice-link", link=reminder.link))
        if reminder.cancelled_at is not None:
            return card(text("\n".join(lines)), self._buttons(reminder, UNDO))
        actions = self._actions(reminder, now=now)
        return card(
            text("\n".join(lines)), *([self._buttons(reminder, *actions)] if actions else [])
        )

    def shown(self, reminder: Reminder, number: int, *, now: datetime) -> ui.LayoutView:
        """Return what a message in a channel hid, with the buttons that it did not have."""
        lines = [self._words("shown-title"), self.what(reminder)]
        if reminder.note and reminder.kind is ReminderKind.SESSION:
            lines.append(self._words("remind-about", note=neutral(reminder.note, most=NOTE_SHOWN)))
        if reminder.link is not None:
            lines.append(self._words("notice-link", link=reminder.link))
        if reminder.cancelled_at is not None:
            return card(text("\n".join(lines)))
        snoozes = self._buttons(reminder, *SNOOZES, SNOOZE_TOMORROW, number=number)
        actions = self._actions(reminder, now=now)
        others = [self._buttons(reminder, *actions, number=number)] if actions else []
        return card(text("\n".join(lines)), snoozes, *others)

    def cancelled(
        self,
        reminder: Reminder,
        *,
        in_flight: int,
        why: Ending = Ending.CANCELLED,
        remarks: Sequence[str] = (),
    ) -> ui.LayoutView:
        """Return what a user sees after a reminder was cancelled, with the way back."""
        lines = [self._words(f"remind-{why.value}", what=self.what(reminder)), *remarks]
        if in_flight:
            lines.append(self._words("remind-cancelled-in-flight"))
        return card(text("\n".join(lines)), self._buttons(reminder, UNDO), accent=MUTED)

    def restored(self, reminder: Reminder, *, remarks: Sequence[str] = ()) -> ui.LayoutView:
        """Return what a user sees after a cancelled reminder was brought back."""
        lines = [self._words("remind-restored", what=self.what(reminder))]
        if reminder.next_due_at is not None:
            lines.append(self._words("remind-restored-next", **_stamps(reminder.next_due_at)))
        lines += remarks
        return card(text("\n".join(lines)), self._buttons(reminder, CANCEL), accent=ACCENT)

    def what(self, reminder: Reminder) -> str:
        """Return in a few words what a reminder is about."""
        if reminder.kind is ReminderKind.QUOTA:
            return self._quota(reminder)
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
        if reminder.kind is ReminderKind.QUOTA:
            what = self._quota(reminder)
            if reminder.next_due_at is None:
                return what[:LONGEST_LABEL]
        elif reminder.kind is ReminderKind.CUSTOM:
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

    def state(self, coming: Occurrence, now: datetime) -> str:
        """Return where a message stands that is to come."""
        if coming.state is OccurrenceState.CLAIMED:
            return self._words("state-sending")
        if coming.due_at <= now:
            return self._words("state-overdue")
        if coming.snooze_of is not None:
            return self._words("state-snoozed")
        if coming.topic is not None and coming.planned_for is None:
            return self._words(f"topic-{coming.topic.value}")
        return self._words("state-quiet" if coming.planned_for else "state-planned")

    def place(self, reminder: Reminder) -> str:
        """Return in a word or two where a reminder goes."""
        destination = reminder.destination
        if destination.kind is DestinationKind.DM:
            return self._words("place-dm")
        return self._words("place-channel", channel=f"<#{destination.channel_id}>")

    def place_line(self, reminder: Reminder, why: str | None = None) -> str:
        """Return in small print where a reminder goes; the sentence of `why` says it already."""
        if why is not None:
            return self._words(why)
        destination = reminder.destination
        if destination.kind is DestinationKind.DM:
            return self._words("remind-place-dm")
        return self._words("remind-place-channel", channel=f"<#{destination.channel_id}>")

    def cancel_row(self, reminder: Reminder) -> ui.ActionRow[ui.LayoutView]:
        """Return the one button that takes a promise back."""
        return self._buttons(reminder, CANCEL)

    # ------------------------------------------------------------------- parts

    def _actions(self, reminder: Reminder, *, now: datetime) -> list[str]:
        if reminder.kind is ReminderKind.QUOTA:
            return [CANCEL] if reminder.watching is not None else []
        runs = reminder.ends_at is not None and reminder.ends_at > now
        coming = reminder.next_due_at is not None
        return [*((ENDED, EXTEND) if runs else ()), EDIT, *((CANCEL,) if coming else ())]

    def _quota(self, reminder: Reminder) -> str:
        name = self._offer_name(reminder) or reminder.offer_id or ""
        key = "remind-what-reset" if reminder.watching is Scope.RESET else "remind-what-quota"
        return self._words(key, name=name)

    def _stored(self, reminder: Reminder) -> str:
        words = self._words
        if reminder.ends_at is not None:
            name = self._offer_name(reminder) or words("remind-session-name-any")
            return words("remind-session-stored", name=name, **_stamps(reminder.ends_at))
        at = reminder.next_due_at or reminder.created_at
        return words("remind-custom-stored", **_stamps(at))

    def _warnings(self, warnings: Sequence[PlannedWarning]) -> list[str]:
        lines: list[str] = []
        for warning in warnings:
            lines.append(self._warning(warning.due_at, warning.lead))
            lines += [
                self._words("remind-shortened", span=span(lead, self._words))
                for lead in warning.shortened
            ]
        return lines

    def _warning(self, due_at: datetime, lead: timedelta) -> str:
        if not lead:
            return self._words("remind-warning-at-end")
        return self._words(
            "remind-warning", relative=stamps.relative(due_at), lead=span(lead, self._words)
        )

    def _repeats(self, reminder: Reminder) -> list[str]:
        if reminder.recurrence is None:
            return []
        return [self._words("remind-repeats", every=self._every(reminder))]

    def _every(self, reminder: Reminder) -> str:
        if reminder.recurrence is None:
            return self._words("every-never")
        return recurrence_text(reminder.recurrence, self._words)

    def _deferred(self, reminder: Reminder) -> list[str]:
        coming = reminder.next
        if coming is None or coming.planned_for is None:
            return []
        return [self._words("remind-quiet-moved", clock=stamps.clock(coming.planned_for))]

    def _note(self, reminder: Reminder) -> str:
        if not reminder.note:
            return self._words("edited-note-none")
        return self._words("edited-note-is", note=neutral(reminder.note, most=NOTE_SHOWN // 2))

    def _buttons(
        self, reminder: Reminder, *actions: str, number: int = 1
    ) -> ui.ActionRow[ui.LayoutView]:
        """Return a row of buttons; of the whole reminder rather than a message, `number` is 1."""
        return row(*(self._button(reminder, action, number) for action in actions))

    def _button(self, reminder: Reminder, action: str, number: int) -> ui.Button[ui.LayoutView]:
        button = RemindButton(tag=self._tag, reminder_id=reminder.id, number=number, action=action)
        label = f"remind-{action}-button" if action in {CANCEL, UNDO} else f"button-{action}"
        style = discord.ButtonStyle.primary if action == UNDO else discord.ButtonStyle.secondary
        return ui.Button(label=self._words(label), custom_id=button.custom_id, style=style)

    def _set_again(self, reminder: Reminder) -> ui.Button[ui.LayoutView]:
        """Return the button of what was sent already: its form has all but the time."""
        button = RemindButton(tag=self._tag, reminder_id=reminder.id, number=1, action=EDIT)
        return ui.Button(
            label=self._words("edited-set-again"),
            custom_id=button.custom_id,
            style=discord.ButtonStyle.primary,
        )

    def _offer_name(self, reminder: Reminder) -> str | None:
        return None if reminder.offer_id is None else self._speech.name(reminder.offer_id)


def _stamps(instant: datetime) -> dict[str, str]:
    return {"full": stamps.full(instant), "relative": stamps.relative(instant)}


def _stamp(instant: datetime | None) -> str:
    return "–" if instant is None else stamps.full(instant)


def _planned(reminder: Reminder) -> datetime | None:
    return None if reminder.next is None else reminder.next.due_at

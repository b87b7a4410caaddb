"""The list of a user's reminders, page by page, and the question before all are cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, final

import discord
from discord import ui

from bot.reminders.models import OccurrenceState, Reminder
from bot.reminders.rules import MOST_FAILURES
from bot.speech import stamps
from bot.speech.phrasebook import Words
from bot.speech.recurrences import recurrence_text
from cogs.views.layout import MOST_TEXT, button, card, line, row, text
from cogs.views.reminders import MUTED, ReminderViews

PAGE: Final = 5  # what a phone shows without scrolling far
LISTED_FAILURES: Final = 5
ROOM_FOR_MORE: Final = 100  # characters of the line that counts what was left out
PICK: Final = "remind:pick"
OLD_PICK: Final = "remind:cancel"
"""Below lists of former versions: it cancels at once."""
TURN: Final = "remind:page:"
ASK_ALL: Final = "remind:all:ask"
KEEP_ALL: Final = "remind:all:no"
ALL: Final = "remind:all:"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ListViews:
    """Shows many reminders in one language."""

    words: Words
    views: ReminderViews

    def page(
        self,
        active: Sequence[Reminder],
        failed: Sequence[Reminder],
        *,
        number: int,
        empty: str,
        now: datetime,
    ) -> ui.LayoutView:
        """Return a page of what a user has coming; the first one also tells what failed lately.

        Args:
            active: all that is to come, the next one first.
            failed: what was given up, the newest first.
            number: of the page, from 0; beyond the last one it is the last.
            empty: what to say where nothing is to come.
            now: aware; the choices of the select tell the time left.
        """
        last = max(0, (len(active) - 1) // PAGE)
        number = min(max(number, 0), last)
        shown = active[number * PAGE : (number + 1) * PAGE]
        title = self._title(number, last, len(active))
        coming = "\n".join(self._item(each, now) for each in shown) if shown else empty
        items: list[ui.Item[ui.LayoutView]] = [text(title), text(coming)]
        if failed and number == 0:
            room = MOST_TEXT - len(title) - len(coming)
            items += [line(), text(self._failures(failed, room=room))]
        if shown:
            items += [row(self._pick(shown, now)), self._turns(number, last, len(active))]
        return card(*items)

    def question(self, active: Sequence[Reminder]) -> ui.LayoutView:
        """Return the question before all of these are cancelled."""
        latest = max(each.id for each in active)
        yes = button(
            self.words("cancel-all-yes", n=len(active)),
            f"{ALL}{latest}",
            style=discord.ButtonStyle.danger,
        )
        no = button(self.words("cancel-all-no", n=len(active)), KEEP_ALL)
        return card(text(self.words("cancel-all-ask", n=len(active))), row(yes, no))

    def cancelled_all(self, count: int) -> ui.LayoutView:
        """Return what a user sees after all were cancelled; none for a second press."""
        key = "cancel-all-done" if count else "cancel-all-none"
        return card(text(self.words(key, n=count)), accent=MUTED)

    def kept_all(self) -> ui.LayoutView:
        """Return what a user sees who thought better of it."""
        return card(text(self.words("cancel-all-kept")))

    def _title(self, number: int, last: int, count: int) -> str:
        if not last:
            return self.words("remind-list-title")
        return self.words("remind-list-title-page", page=number + 1, pages=last + 1, n=count)

    def _item(self, reminder: Reminder, now: datetime) -> str:
        coming = reminder.next
        if coming is None and reminder.watching is not None:
            said = self.words("remind-list-watch", what=self.views.what(reminder))
            return f"{said}\n{self.words('remind-quota-none-yet')}"
        if coming is None:  # delivered since it was read
            return self.words("remind-list-item-over", what=self.views.what(reminder))
        said = self.words(
            "remind-list-item",
            what=self.views.what(reminder),
            place=self.views.place(reminder),
            state=self.views.state(coming, now),
            at=stamps.short(coming.due_at),
            relative=stamps.relative(coming.due_at),
        )
        if reminder.recurrence is not None:
            every = recurrence_text(reminder.recurrence, self.words)
            said += "\n" + self.words("remind-list-repeats", every=every)
        return said

    def _failures(self, failed: Sequence[Reminder], *, room: int) -> str:
        lines = [self.words("remind-list-failed")]
        room -= len(lines[0]) + ROOM_FOR_MORE
        for each in failed[:LISTED_FAILURES]:
            said = self._failure(each)
            room -= len(said) + 1
            if room < 0:
                break
            lines.append(said)
        left = len(failed) - (len(lines) - 1)
        return "\n".join([*lines, *([self.words("remind-list-more", n=left)] if left else [])])

    def _failure(self, reminder: Reminder) -> str:
        # Of the warnings of one session, the last that was given up speaks for all.
        dead = [each for each in reminder.occurrences if each.state is OccurrenceState.DEAD]
        latest = max(dead, key=lambda each: each.due_at)
        said = self.words(
            "remind-list-failed-item",
            what=self.views.what(reminder),
            full=stamps.full(latest.due_at),
            reason=self._reason(latest.reason),
        )
        stopped = reminder.recurrence is not None and reminder.next is None
        if stopped and reminder.cancelled_at is None and len(dead) >= MOST_FAILURES:
            said += " " + self.words("remind-list-stopped", n=MOST_FAILURES)
        return said

    def _reason(self, reason: str | None) -> str:
        key = f"failed-{reason}"
        return self.words(key if self.words.has(key) else "failed-other")

    def _pick(self, shown: Sequence[Reminder], now: datetime) -> ui.Select[ui.LayoutView]:
        options = [
            discord.SelectOption(label=self.views.label(each, now), value=str(each.id))
            for each in shown
        ]
        placeholder = self.words("remind-list-pick")
        return ui.Select(custom_id=PICK, placeholder=placeholder, options=options)

    def _turns(self, number: int, last: int, count: int) -> ui.ActionRow[ui.LayoutView]:
        buttons: list[ui.Button[ui.LayoutView]] = []
        if number > 0:
            buttons.append(button(self.words("page-back"), f"{TURN}{number - 1}"))
        if number < last:
            buttons.append(button(self.words("page-on"), f"{TURN}{number + 1}"))
        buttons.append(button(self.words("cancel-all-button", n=count), ASK_ALL))
        return row(*buttons)

### Editing, extending, ending early, cancelling all, and reminders about a message

edited-title = ✏️ Changed: { $what }
edited-title-over = ⏰ Already sent, so nothing more of it is to come: { $what }
edited-end = **Ends** { $old } → { $new }
edited-next = **Next** { $old } → { $new }
edited-every = **Repeats** { $old } → { $new }
edited-note = **Note** { $old } → { $new }
edited-note-none = none
edited-note-is = “{ $note }”
edited-nothing = Nothing was different, so it stays as it was.

edited-over = Your words are kept. When should I remind you again?
edited-set-again = Set a time …

edit-form = Edit the reminder
edit-when = When
edit-ends = New end, or how long it still runs
edit-unchanged = leave empty to keep it
edit-about = What to remind you of
edit-note = A note for yourself
edit-every = Repeat
edit-every-hint = day, weekdays, week, monday, 6h; empty: once
edit-until = Until
edit-until-hint = 2026-12-24; empty: no end
extend-form = Extend the session
extend-length = How much longer, such as 1h or 30 min
extend-not-length = Say how much longer, such as 1h or 30 min.

remind-ended = ✅ Noted, it ended early. No more warnings: { $what }
remind-ended-already = ✅ Noted, it ended early. Nothing more was to come.

remind-one-title = ### Your reminder
remind-one-next = Next { $relative }, on { $full } · { $state }
state-planned = planned
state-snoozed = snoozed
state-quiet = waits for the end of your quiet hours
state-sending = on its way
state-overdue = late, I keep trying

remind-list-title-page = ## Your reminders
    -# page { $page } of { $pages } · { $n } in all
remind-list-item-over = **{ $what }**
    just delivered
remind-list-repeats = -# 🔁 { $every }
remind-list-stopped = I stopped repeating it after { $n } failures in a row.
page-back = ◀ Earlier
page-on = Later ▶

cancel-all-button = { $n ->
        [one] Cancel it …
       *[other] Cancel all { $n } …
    }
cancel-all-choice = All { $n } of them …
cancel-all-ask = ### { $n ->
        [one] Cancel your one reminder?
       *[other] Cancel all { $n } reminders?
    }
    { $n ->
        [one] After that it comes no more.
       *[other] This can’t be undone in one go.
    }
cancel-all-yes = { $n ->
        [one] Yes, cancel it
       *[other] Yes, cancel all { $n }
    }
cancel-all-no = { $n ->
        [one] No, keep it
       *[other] No, keep them
    }
cancel-all-done = { $n ->
        [one] Cancelled: the one reminder you had.
       *[other] Cancelled: all { $n } reminders.
    }
cancel-all-none = Nothing is to come any more, so there was nothing to cancel.
cancel-all-kept = Nothing was cancelled.

about-form = Remind me about this
about-when = When
about-when-hint = 2h, tomorrow 9:00, fri 18:00
about-note = What to remind you of
about-note-none = a message that you marked

error-reminder-cancelled = That reminder was cancelled, so nothing was changed.
error-reminder-changed = That reminder was changed in the meantime, so I left it as it is. Open it again to see how it stands.
error-reminder-ends-first = It would end ({ $until }) before it comes for the first time ({ $first }).

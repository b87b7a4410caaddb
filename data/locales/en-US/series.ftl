### What repeats, and quiet hours

every-day = every day at { $at } ({ $zone })
every-weekday = every weekday at { $at } ({ $zone })
every-days = every { $days } at { $at } ({ $zone })
every-length = every { $span }
every-until = { $every }, until { $until }
every-never = once
every-typed-day = day
every-typed-weekdays = weekdays
every-choice-day = every day
every-choice-weekday = every weekday, Monday to Friday
every-choice-week = every week, on the day of the first one
every-choice-days = every { $days }

remind-repeats = 🔁 { $every }
remind-quiet-moved = -# { $clock } is in your quiet hours, so it comes when they end.
remind-quiet-warnings = -# Warnings reach you in your quiet hours too: a session does not wait.

every-unreadable = I can’t read “{ $word }” as a repeat. Write day, weekdays, week, a weekday like monday, or hours like 6h.
every-too_often = That is too often. The most I repeat is every 5 minutes.
every-too_rare = That is too rarely. Hours and minutes go up to 31 days; day and week have no end.
until-without-every = An end needs a repeat: add “every”, such as day or 6h.
quiet-unreadable = I can’t read “{ $word }” as quiet hours. Write them like 23:00-08:00, or off.
quiet-needs-zone = Quiet hours go by your clock: set your time zone too, with the option “zone”.
quiet-off = off: deliver at any hour
settings-quiet = **Quiet hours** { $start }–{ $end }
    -# what falls in comes at their end; session warnings and snoozes come on time
settings-quiet-none = **Quiet hours** none

started-needs-length = With “started”, say how long the session lasts, such as 6h, and I count from its start.
started-over = That session would be over already: check when it started and how long it lasts.

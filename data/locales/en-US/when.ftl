### Why a time was refused: each says what to write instead.

when-empty = The time is empty. Write it like 6h, 1h30m, or tomorrow 9:00.
when-too_long = That is too long for a time. Write it like 6h, 1h30m, or tomorrow 9:00.
when-forbidden = A time has no links, mentions or invisible characters. Write it like 6h or tomorrow 9:00.
when-unknown_word = I don’t know the word “{ $word }” in a time. Write it like 6h, 1h30m, or tomorrow 9:00.
when-unreadable = I can’t read that as one time. Write it like 6h, 1h30m, or tomorrow 9:00.
when-bare_number = A number needs its unit: { $word }h for hours, or { $word }m for minutes.
when-recurring = A time does not repeat. Write the first one here, and use the every: option of /remind me.
when-past = That time has passed. Give one that is still ahead.
when-negative = A time to wait can’t be negative. Write it like 6h or 1h30m.
when-zero = That is no time at all. Write it like 6h or 1h30m.
when-range = That names a range. Give one time, like 2h or tomorrow 9:00.
when-several = That names more than one time. Give one, like 2h or tomorrow 9:00.
when-vague = That is too vague for me to be on time. Say it exactly, like 2h or monday 10:00.
when-ambiguous_date = Two days fit that. Write the date as 2026-12-24, or with the month’s name.
when-ambiguous_hour = Morning or evening? Write 9am, 9pm or 21:00.
when-ambiguous_unit = Months or minutes? Write “mo” for months and “min” for minutes.
when-contradiction = The parts of that time don’t agree with each other.
when-impossible = There is no such date or time of day.
when-ahead = That has not started yet. Say when it did, like 20 min ago or 14:05.
when-long_ago = That is too long ago. A start can be at most 7 days back.
when-too_near = That is too soon for me to be on time.
when-too_far = That is too far away. The farthest I can promise is a year from now.

### A running session that ends at another time, for its owner changed what is counted

new-end-limit = ⏳ **Your running session on { $name } ends at { $clock } now: its limit of { $hours } h comes first.** Its warnings moved with it.
new-end-weekly = ⏳ **Your running session on { $name } ends at { $clock } now: your weekly quota ends first.** Its warnings moved with it.
new-end-monthly = ⏳ **Your running session on { $name } ends at { $clock } now: your monthly quota ends first.** Its warnings moved with it.
new-end-window = ⏳ **Your running session on { $name } ends at { $clock } now: what is left of your quota ends first.** Its warnings moved with it.
new-end-credits = ⏳ **Your running session on { $name } ends at { $clock } now: your credits end first.** Its warnings moved with it.
new-end-planned = ⏳ **Your running session on { $name } ends at { $clock } now, as you planned it.** Its warnings moved with it.
new-end-any = ⏳ **Your running session on { $name } ends at { $clock } now.** Its warnings moved with it.

ends-correct = -# More left than I count? Correct it with { $show }, and its warnings move.

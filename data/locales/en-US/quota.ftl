### /quota, and when a session really ends

cmd-quota = Your quotas: what is left, and when more comes
cmd-quota-show = What is left of your quotas, and how long it lasts
    .provider = Only this one
cmd-quota-log = Write down what you used without a reminder (it can be undone)
    .provider = Where you used it
    .duration = How long, such as 2h or 1h30m
    .started = When it began: 3h ago, 14:05, yesterday 22:00
    .ended = When it ended; left empty, now
    .gpu = On which card, where credits are counted
cmd-quota-import = Take over what Kaggle or Hugging Face say of your quota
cmd-quota-set = What only you know: day of renewal, your amount, your usual card
    .provider = Of which provider
    .reset_day = Day of the month on which it is renewed
    .amount = How much you get, in hours or in the currency of the credits
    .signed_up = The day you signed up, such as 2026-01-31
    .expires = When credits that were given once expire, such as 2026-12-31
    .gpu = The card that you usually spend credits on
    .clear = Forget what was set before

quota-title = ## Your quotas
quota-empty = I know nothing of your quotas yet. { $session } with a provider counts by itself, { $log } adds what you used without it, and { $paste } takes over what Kaggle or Hugging Face say.
quota-name = ### { $name }
quota-money = { $n } { $unit }
quota-left = **{ $left } left** of { $amount } · { $used } used
quota-left-least = **{ $left } left** of { $amount } or more · { $used } used
quota-planned = { $planned } of it will go to sessions that run or are planned
quota-runs-out = At this rate it runs out { $full }, { $relative }
quota-gone = With the sessions that run or are planned it is used up { $full }, { $relative }
quota-lasts = At this rate it lasts until it is renewed
quota-used-up = Nothing is left
quota-renews = Whole again { $full }, { $relative }
quota-more = Some of it comes back { $full }, { $relative }
quota-whole = All of it is there
quota-once = Given once: what is used does not come back
quota-expires = What is left expires { $full }, { $relative }
quota-read = -# What the provider said { $relative }, and your sessions since.
quota-counted = -# Counted from your sessions and from { $log }; the provider may count otherwise.
quota-day-assumed = -# I don't know your day of renewal and take the 1st of the month: { $choose }
quota-unpriced = -# { $n ->
        [one] One entry is
       *[other] { $n } entries are
    } not counted, because I don't know the card: { $choose }
quota-more-offers = -# and { $n } more, below
quota-pick = Look at one …

quota-no-numbers = This quota is not published, so I invent no number. What you write down shows your own pattern.
quota-locked = 🔒 Locked out since { $relative }
quota-pattern-none = -# Two lock-outs in 90 days are needed to see a pattern.
quota-pattern-count = **Your pattern:** { $n } lock-outs in 90 days
quota-pattern-lasted = - usually over after { $span }
quota-pattern-used = - usually after { $span } of use in the 24 hours before
quota-lockout = - { $since }, for { $span }
quota-lockout-open = - { $since }, still locked out

quota-logged = ✅ Written down: { $span }, from { $start } to { $end }
quota-removed = Removed.
quota-entries-title = ### Written down: { $name }
quota-entries-none = Nothing.
quota-entries-more = -# and { $n } before these
quota-entry-session = - { $start } · { $span } · session
quota-entry-logged = - { $start } · { $span } · logged
quota-entry-label = { $span }, begun { $ago } ago
quota-entry-ahead = { $span }, planned
quota-drop = Remove one …
quota-forget-ask = Forget everything about your quota at **{ $name }**: what you used, what the provider said, lock-outs and settings? Reminders stay.
quota-forgotten = Forgotten: everything about your quota at { $name }.
quota-imported = ✅ Taken over. From now on I count on from these figures.

quota-own-title = ### Your own: { $name }
quota-own-none = Nothing is set.
quota-own-day = - renewed on day { $value } of the month
quota-own-amount = - your amount: { $value }
quota-own-signed-up = - signed up: { $value }
quota-own-expires = - expires { $value }
quota-own-gpu = - usual card: { $value }

quota-week-button = The week as a picture
quota-entries-button = What is counted
quota-paste-button = Paste the provider's figures
quota-lock-button = I am locked out
quota-free-button = I have it again
quota-undo-button = Undo
quota-forget-button = Forget all of it
quota-keep-button = Keep it

quota-log-what = Tell me how long it was, or when it began.
quota-log-too-much = Start, end and length are one too many: give me two of them.
quota-log-length = Give the length like 2h or 1h30m.
quota-log-ahead = That ends in the future. { $session } counts what still runs, and warns you.
quota-log-order = That ends before it begins.
quota-log-long = That is longer than { $days } days. Write it down in parts.
quota-which-card = Which card did you use? Its price decides: { $cards }
quota-no-price = I know no price of “{ $gpu }” at { $name }. Start typing and pick one of the choices.
quota-no-day = “{ $value }” is no day. Write it like 2026-01-31.
quota-no-picture = This quota is not published, so there is nothing to draw.
quota-entry-gone = That entry is not there any more.
quota-needs-zone = “{ $value }” goes by your clock, and I don't know your time zone. Set it once: { $settings }
error-ledger-full = You have { $limit } entries already, which is all one person may have. Remove some first.

ends-limit = ⏳ **Its limit of { $hours } h ends it first, at { $clock }.**
ends-weekly = ⏳ **Your weekly quota ends first, at { $clock }.**
ends-monthly = ⏳ **Your monthly quota ends first, at { $clock }.**
ends-window = ⏳ **What is left of your quota ends first, at { $clock }.**
ends-credits = ⏳ **Your credits end first, at { $clock }.**
ends-used-up = -# By my count your quota is used up already. If it is not, paste the provider's own figures with /quota import.
ends-idle = -# Left idle for { $minutes } min, it ends sooner.

paste-form = What the provider says
paste-label = The output, pasted as it is
paste-hint = kaggle quota -v   or   {"{"}"base":300,"current":120,"resetsAt":"…"{"}"}
paste-too-long = That is too long for a quota. Paste only the output of `kaggle quota -v`, or the JSON of Hugging Face's ZeroGPU quota.
paste-unknown = I can't find a quota in that. I read two things: the output of `kaggle quota -v`, which begins with `resource,used,remaining,total,refreshAt`, and the JSON of Hugging Face's ZeroGPU quota, which has `base`, `current` and `resetsAt`.
paste-figure = I can't read “{ $word }”. I expect hours like `2.42h` and times like `2026-11-28T00:00:00` from Kaggle, seconds like `300` from Hugging Face. Paste the output as it is.
paste-old = That output is older than its own renewal. Run the command again and paste what it says now.
paste-far = That output names a renewal more than a week away, which these quotas don't have. Paste the output as it is.

week-about = { $left } left of { $amount }
week-legend = Solid: used · hatched: running or planned. Days in { $zone }.
week-day = { $weekday } { $day }
week-renewed = renewed { $clock }
week-alt = { $name }: { $about }. { $days }.
week-alt-day = { $day }: { $figure }

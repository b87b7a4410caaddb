### /gpu compare and /gpu info

compare-title = ## Free GPUs side by side
compare-head-offer = Offer
compare-head-memory = GiB
compare-head-session = Max
compare-head-quota = Quota
compare-key = -# GiB usable on one card (≤ as advertised) · Max is the longest session · ? unknown or not published · ¢ credits · ⚠ older than 180 days
compare-offer = **{ $name }** { $cards }
    -# { $about }
compare-oldest = oldest figure { $date }
compare-oldest-old = ⚠ oldest figure { $date }
compare-pick = Show one whole …
compare-picture = Picture
compare-sources = Sources

info-subtitle = { $operator } · { $status }
info-gone = **It is { $status }.** { $compare } shows what is open today.
info-not-free = **Not a free GPU:** { $reason }
info-gpu = **GPU** { $fact }
info-session = **Session** { $fact }
info-idle = **Idle** { $fact }
info-quota = **Quota** { $fact }
info-storage = **Storage** { $fact }
info-host = **Machine** { $fact }
info-abilities = **Session can** { $fact }
info-access = **Sign-up** { $fact }
info-pros = **For it**
info-cons = **Against it**
info-point = - { $text }
info-rest = -# and { $n } more under Details
info-timer = Start timer
info-details = Details
info-sources = Sources ({ $n })
info-history = History ({ $n })
info-open = Open

details-title = ### { $name }: details
details-note = **{ $subject }** { $text }
details-price = from { $price } { $currency }
details-price-period = from { $price } { $currency }, { $period }
details-conflict = ⚖ **{ $subject }**: sources disagree
details-conflict-value = - { $value } ({ $source })
details-none = Nothing beyond what is shown above.

sources-title = ### { $name }: sources
sources-line = - { $source } · { $date } · { $confidence }
sources-line-old = - ⚠ { $source } · { $date } · { $confidence }
sources-legend = -# ⚠ is older than 180 days, or without a date
confidence-high = sure
confidence-medium = fairly sure
confidence-low = unsure
confidence-unknown = not rated
source-link = [{ $label }]({ $url })

history-title = ### { $name }: what it was
history-line = - **{ $date }** { $subject }: { $value } ({ $source })
history-none = No older values are known.

cut-short = -# … cut short here; the rest is in the file of the provider under data/offers

field-gpus = GPU
field-tpu = TPU
field-host = Machine
field-session = Session
field-session-limit_hours = Session length (h)
field-session-idle_minutes = Idle limit (min)
field-session-concurrent = Sessions at once
field-quota = Quota
field-quota-amount = Quota amount
field-quota-rule = Quota renewal
field-credits = Credits
field-storage = Storage
field-storage-persistent_gb = Kept storage (GB)
field-access = Sign-up
field-access-card = Card needed
field-interface = Interface
field-interface-frameworks = Frameworks
field-interface-datasets = Data
field-terms = Terms
field-upgrade = Upgrade
field-status = Status
field-kind = Kind
field-other = Other

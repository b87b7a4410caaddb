### The comparison picture, and the words for those who can't see it

picture-row-memory = Usable memory of one card (GiB)
picture-row-session = Longest session (hours)
picture-row-week = Hours a week
picture-row-speed = Speed of all cards, estimated (T4 = 1)
picture-advertised = advertised
picture-once = given once
picture-paid = not free

picture-legend-best = ★ best of what is known
picture-legend-advertised = hatched: advertised GB, less is usable
picture-legend-once = given once: spread over a year
picture-oldest = Oldest figure: { $date }
picture-oldest-old = Oldest figure: { $date } · some are older than 180 days, or undated

picture-alt = { $offers } { $notes }.
picture-alt-offer = { $name }: { $figures }.
picture-alt-offer-card = { $name } ({ $card }): { $figures }.
picture-alt-memory = memory { $n } GiB usable
picture-alt-memory-advertised = memory { $n } GB advertised
picture-alt-memory-unknown = memory unknown
picture-alt-session = session { $n } h
picture-alt-session-unknown = session unknown
picture-alt-week = { $n } h a week
picture-alt-week-once = { $n } h a week (given once)
picture-alt-week-unknown = weekly hours unknown
picture-alt-speed = speed { $n }
picture-alt-speed-unknown = speed unknown
picture-alt-best = { $figure } (best)

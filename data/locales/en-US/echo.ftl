### How a time is read, shown while it is typed: one short line each, 100 characters at most.

echo-examples-duration = 1h | 6h | 12h
echo-examples-time = 30 min | 2h | tomorrow 9:00
echo-examples-start = 10 min ago | 1h ago
echo-ahead =
    { $at ->
        [none] in { $span }
       *[other] in { $span }, { $at } your time
    }
echo-ago =
    { $at ->
        [none] { $span } ago
       *[other] { $span } ago, { $at } your time
    }
echo-now =
    { $at ->
        [none] just now
       *[other] just now, { $at } your time
    }
echo-at = at { $clock }
echo-at-day =
    on { $weekday ->
        [mon] Monday
        [tue] Tuesday
        [wed] Wednesday
        [thu] Thursday
        [fri] Friday
        [sat] Saturday
       *[sun] Sunday
    } { $date } at { $clock }
echo-zone = Readable. I’ll ask for your time zone next.

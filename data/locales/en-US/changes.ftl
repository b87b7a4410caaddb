### What changed since 2020: then and now

changes-title = ### { $name }: what changed since 2020
changes-title-several = ### What changed since 2020
changes-offer = **{ $name }**
changes-subject = **{ $subject }**
changes-then = - { $date }: { $value } ({ $source })
changes-now = - → **today:** { $fact }
changes-now-same = - → **today, as then:** { $fact }
changes-line = - { $subject }: { $value } ({ $date }) → **today** { $fact }
changes-line-same = - { $subject }: { $value } ({ $date }), { $fact }
changes-still = the same today
changes-line-alone = - { $subject }: { $value } ({ $date })
changes-line-more = { $line } · { $n ->
    [one] one step
   *[other] { $n } steps
} between
changes-unknown = -# No older values are known of { $names }.
changes-none = No older values are known.
changes-hint = -# Each step with its source is behind the same button of { $info }.

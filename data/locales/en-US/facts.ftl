### How the facts of an offer are said. A figure's date is added by `dated`.

unknown = unknown
yes = yes
no = no

fact-gib = { $n } GiB
fact-gb = { $n } GB
fact-hours = { $n } h
fact-minutes = { $n } min
fact-gpu-many = { $model } ×{ $count }
fact-usable = { $memory } usable
fact-usable-each = { $memory } usable on each card
fact-advertised = { $memory } advertised, less is usable
fact-more = and { $n } more

fact-assigned-guaranteed = guaranteed
fact-assigned-choice = you choose
fact-assigned-best-effort = if one is free
fact-assigned-shared = shared
fact-assigned-quota = by quota

fact-no-gpu = no GPU stated
fact-gpu-none = no GPU
fact-gpu-none-labelled = none

fact-session = up to { $hours } a session
fact-session-unknown = session length unknown
fact-idle = stops after { $minutes } idle
fact-idle-unknown = idle limit unknown
fact-background-true = goes on with the browser closed
fact-background-false = stops with the browser closed

quota-fixed-weekly = { $bound ->
        [floor] at least { $amount } a week, renews { $weekday } { $time } { $zone }
       *[exact] { $amount } a week, renews { $weekday } { $time } { $zone }
    }
quota-rolling-window = { $bound ->
        [floor] at least { $amount } in any { $hours }
       *[exact] { $amount } in any { $hours }
    }
quota-monthly = { $bound ->
        [floor] at least { $amount } a month
       *[exact] { $amount } a month
    }
quota-after-first-use = { $bound ->
        [floor] at least { $amount } in { $hours }, counted from your first use
       *[exact] { $amount } in { $hours }, counted from your first use
    }
quota-one-off-credits = { $bound ->
        [floor] at least { $amount }, once
       *[exact] { $amount }, once
    }
quota-unpublished = quota not published
quota-none-stated = no weekly limit stated
quota-unknown = quota unknown
quota-amount = { $bound ->
        [floor] at least { $amount }
       *[exact] { $amount }
    }
quota-credits = { $amount } { $currency } of credit
quota-units = { $amount } { $unit }

weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday

fact-storage = { $gb } kept between sessions
fact-storage-none = nothing kept between sessions
fact-storage-unknown = kept storage unknown
fact-disk = { $gb } disk during one
fact-cpu = { $n } CPU cores
fact-ram = { $gb } RAM

fact-internet-true = internet
fact-internet-false = no internet
fact-containers-true = own containers
fact-containers-false = no own containers

access-card-true = card needed
access-card-false = no card
access-card-unknown = card: unknown
access-phone-true = phone needed
access-phone-false = no phone
access-phone-unknown = phone: unknown
access-id_check-true = identity check
access-waitlist-true = waiting list
access-academic_email-true = academic e-mail needed
access-application-true = by application

status-active = open
status-closing = closing
status-closed_to_new = closed to new users
status-discontinued = discontinued
status-unknown = status unknown
status-since = { $status } since { $date }

dated = { $fact } [{ $date }]({ $url })
dated-plain = { $fact } ({ $date })
dated-old = { $fact } [⚠ { $date }]({ $url })
dated-old-plain = { $fact } (⚠ { $date })
date-unknown = no date
elsewhere = { $line } (another source says { $other })
between = {", "}

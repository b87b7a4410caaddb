### /gpu recommend

recommend-title = ## { $count ->
        [0] Nothing fits for certain
        [one] One offer fits
       *[other] { $count } offers fit
    }
recommend-read = -# I read: { $wishes }
recommend-read-nothing = -# I read: any GPU
recommend-fit = **{ $place }. { $name }** { $cards }
    -# ▲ { $reason }{ $against }
recommend-against = { " " }· ▼ { $drawback }
recommend-may-title = **May fit, please check** ({ $count })
recommend-may = - **{ $name }** { $cards }: { $unknown } unknown
recommend-may-between = { $wish } ({ $figure })
recommend-more = -# and { $n } more
recommend-relax-title = ### What to change, the cheapest first
recommend-relax = { $place }. { $changes } → { $count ->
        [one] { $count } offer: { $names }
       *[other] { $count } offers: { $names }
    }
recommend-relax-checks = , and ask about { $wishes }
recommend-relax-button = { $place }. { $changes }
recommend-no-way = Whatever you change, no offer of the catalog fits.
recommend-old-button = That button comes from an older version of me. Please ask again: { $command }

recommend-pick-memory = Memory of one card
recommend-pick-session = One session lasts
recommend-pick-bring = What you have or accept
recommend-pick-needs = What you need
recommend-pick-aim = Order by
pick-any = any
pick-at-least = at least { $figure }

aim-work = most work per week
aim-session = longest session
aim-start = quickest start
aim-memory = most memory

wish-accelerator = accelerator
wish-gpus = GPU
wish-min_vram_gib = memory
wish-max_vram_gib = memory at most
wish-bf16 = bf16
wish-min_gpus = cards at once
wish-min_session_hours = session length
wish-min_idle_minutes = idle limit
wish-min_hours_per_week = time a week
wish-min_hours_per_month = time a month
wish-min_persistent_gb = kept storage
wish-min_disk_gb = disk
wish-min_ram_gb = RAM
wish-background = background execution
wish-internet = internet
wish-custom_containers = own containers
wish-commercial_use = commercial use
wish-tools = tools
wish-kinds = kind
wish-region = region
wish-card = card
wish-phone = phone
wish-id_check = identity check
wish-academic_email = academic e-mail
wish-waitlist = waiting list
wish-application = application

said-at-least = { $wish } ≥ { $figure }
said-at-most = { $wish } { $figure }
said-name = { $wish } { $figure }
said-region = available in { $region }
said-need = { $wish }
said-accelerator-tpu = TPU
said-accelerator-any = GPU or TPU
said-with = { $wish }: yes
said-optimise = { $aim } first
said-without = no { $wish }
change-figure = { $wish } { $from } → { $to }
change-accept = { $wish }: no → yes
change-accelerator-gpu = TPUs too
change-accelerator-tpu = GPUs too
change-drop = giving up “{ $wish }”
figure-count = { $n }

merit-most = { $aim }: { $figure }
merit-next = next by { $aim }: { $figure }
merit-fits = meets every wish; how much is not certain
leads-work = more work per week than those above: { $figure }
leads-session = longer sessions than those above: { $figure }
leads-start = quicker to start than those above: { $figure }
leads-memory = more memory than those above: { $figure }
leads-other = more of what you asked for than those above: { $figure }
figure-work = { $n } T4-hours a week
figure-start = { $n ->
        [0] no step
        [one] one step
       *[other] { $n } steps
    }
figure-between = { $low } – { $high }
figure-from = at least { $low }

drawback-beaten = { $by } is at least as good in all you asked for
drawback-application = by application
drawback-waitlist = waiting list
drawback-given-once = the credits come once
drawback-hours-unknown = hours per week unknown
drawback-card = card needed
drawback-id_check = identity check
drawback-academic_email = academic e-mail needed
drawback-phone = phone needed
drawback-speed-unknown = speed unknown
drawback-memory-unknown = usable memory unknown
drawback-by-chance = only if one is free
drawback-nothing-kept = nothing is kept
drawback-no-background = stops with the browser
drawback-session-unknown = session length unknown
drawback-idle-unknown = idle limit unknown
drawback-card-unknown = card: unknown
drawback-commercial-unknown = commercial use: unknown

trouble-unknown-gpu = I know no GPU called “{ $name }”. Names have to match exactly, such as T4, L4 or A100.
trouble-too-narrow = “{ $first }” and “{ $second }” exclude each other.
trouble-card-has-less = No such card has that much memory.
trouble-card-has-more = Each such card has more memory than that.
trouble-card-lacks-bf16 = No such card has native bf16.
trouble-card-is-other = That card is a TPU where a GPU is wished, or the other way round.

### /gpu unlock

cmd-gpu-unlock = Which single thing opens the most GPU work a week for you
    .card = You have a bank card and would give it (default: no)
    .phone = You have a phone for a code (default: no)
    .student = You have an academic e-mail address (default: no)
    .waitlist = You would wait for an approval (default: no)
    .identity = You would show an identity document (default: yes)
    .application = You would write an application (default: yes)
    .vram = Memory of one card that a program can use, at least, in GiB
    .gpu = A model or family, such as T4, L4, A100, Ampere
    .session = How long one session lasts, at least, in hours
    .weekly = Hours a week, at least
    .background = Goes on with the browser closed
    .region = Your country, two letters such as DE or CN

unlock-title = ## Opens the most: { $key }
unlock-title-unsure = ## Nothing opens for certain; check first: { $key }
unlock-title-none = ## No single thing opens more
unlock-opens = **+{ $work }**: { $names }
unlock-opens-unsure = { $names }; how much work that is, is not certain
unlock-better = **+{ $work }**: better cards where you can go already
unlock-may-open = { $count ->
        [one] one offer may open
       *[other] { $count } offers may open
    }
unlock-and-more = { $names } and { $n } more
unlock-now = -# As things stand you can count on { $count ->
        [0] nothing for certain
        [one] { $work }, from one offer
       *[other] { $work }, from { $count } offers
    }
unlock-assumed = -# You said nothing of { $wishes }, so I took it that you have none. Pick below what you have.
unlock-then = **Then**
unlock-check = **May open something, please check**
unlock-key = { $place }. { $key }: { $opens }
unlock-button = { $place }. { $key }

unlock-key-card = a bank card
unlock-key-phone = a phone number
unlock-key-id_check = an identity check
unlock-key-academic_email = an academic e-mail
unlock-key-waitlist = waiting for an approval
unlock-key-application = an application

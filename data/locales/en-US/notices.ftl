### What a reminder's message says. The first line is what a lock screen shows.

notice-session-any = Your session
notice-session-name = Your session on { $offer }
notice-session = ⏰ { $session } ends { $relative }, at { $clock }. Save a checkpoint now.
notice-over = ⏰ { $session } has reached its limit, at { $clock }.
notice-over-late = ⏰ { $session } is already over: it ended { $relative }, at { $clock }. Sorry, the warning comes too late.
notice-custom = ⏰ { $note }
notice-hidden = ⏰ A reminder of yours is due, and I could not send you a direct message. Only you can see what it says.
notice-note = > { $note }
notice-link = -# about { $link }
notice-missed = -# { $n ->
        [one] one more came
       *[other] { $n } more came
    } due while I was away; this message stands for all of them
notice-gathered = -# { $n ->
        [one] one more fell
       *[other] { $n } more fell
    } in your quiet hours; this message stands for all of them
notice-late = -# sorry, { $span } late: it was due at { $due }
notice-may-repeat = -# this may be a repeat: I could not see whether the first try arrived

moved-dm_closed = -# here instead of a direct message, because yours are closed to me
moved-no_mutual_server = -# here instead of a direct message, because we share no server any more
moved-no_such_user = -# here instead of a direct message, because Discord could not open one
moved-channel_gone = -# here instead of your channel, because the channel is gone
moved-no_access = -# here instead of your channel, because I can't see it any more
moved-no_permission = -# here instead of your channel, because I may not write there
moved-thread_archived = -# here instead of your thread, because it is archived
moved-server_left = -# here instead of your channel, because I am no longer in that server
moved-server_policy = -# here instead of your channel, because the server's admins turned channel reminders off
moved-owner_may_not_speak = -# here instead of your channel, because you may not write there at the moment
moved-other = -# here instead of where you wanted it, because that was refused

button-show = Show
button-snooze_10m = Snooze 10 min
button-snooze_30m = Snooze 30 min
button-snooze_1h = Snooze 1 h
button-snooze_tomorrow = Snooze to tomorrow 9:00
button-ended = Ended early
button-extend = Extend
button-edit = Edit
button-cancel = Cancel the rest
button-cancel-series = Stop repeating

span-days = { $n } d
span-hours = { $n } h
span-minutes = { $n } min
span-seconds = { $n } s
span-join = {" "}

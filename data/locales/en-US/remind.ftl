### /remind

remind-session-stored = ⏱️ **{ $name }** ends { $full }, { $relative }.
remind-session-name-any = Your session
remind-custom-stored = ⏰ I will remind you { $relative }, on { $full }:
remind-about = > { $note }
remind-warning = - Warning { $relative }, { $lead } before the end
remind-warning-at-end = - A last word at the end itself
remind-shortened = -# { $span } before the end is no longer possible; the first warning is the one above
remind-place-dm = -# By direct message.
remind-place-channel = -# In { $channel }.
remind-ambiguous = -# Read as { $full }. If you meant something else, cancel and say it more exactly.
remind-ambiguous-shown = -# If you meant another time, cancel and say it more exactly.
remind-ambiguous-length = -# Read as { $span }. If you meant a time of day, cancel and write it like “until 18:00”.
remind-first-day = -# { $full } is none of its days, so it comes for the first time on { $first }.
remind-offer-over = -# ⚠️ { $name }: { $status }. If you meant another provider, cancel and start again.
remind-here-dm = -# A direct message has no channel, so it comes as a direct message.
remind-here-off = -# This server does not allow reminders in channels, so it comes as a direct message.
remind-here-not-you = -# You may not write here yourself, so it comes as a direct message.
remind-here-not-me = -# I may not write here, so it comes as a direct message.

remind-cancel-button = Cancel
remind-undo-button = Undo
remind-cancelled = Cancelled: { $what }
remind-cancelled-in-flight = -# One message was already on its way and may still arrive.
remind-restored = Back again: { $what }
remind-restored-next = -# Next { $relative }, on { $full }

remind-list-title = ## Your reminders
remind-list-empty = You have no reminders. { $session } warns you before a session ends, { $me } reminds you of anything.
remind-list-item = **{ $what }**
    { $relative }, { $at } · { $place } · { $state }
remind-list-more = -# and { $n } more after these
remind-list-failed = ### Could not be delivered
remind-list-failed-item = - { $what } · { $full } · { $reason }
remind-list-pick = Change or cancel one …
remind-what-session = Session on { $name }, ends { $relative }
remind-what-session-any = Session, ends { $relative }
remind-what-custom = { $note }
remind-choice = { $what }, in { $span }
remind-choice-session = Session on { $name }
remind-choice-session-any = Session
place-dm = direct message
place-channel = { $channel }

failed-dm_closed = your direct messages are closed to me
failed-no_mutual_server = we share no server
failed-no_such_user = Discord could not open a direct message
failed-channel_gone = the channel is gone
failed-no_access = I can't see the channel
failed-no_permission = I may not write there
failed-thread_archived = the thread is archived
failed-server_left = I am no longer in that server
failed-server_policy = the server's admins turned channel reminders off
failed-owner_may_not_speak = you may not write there
failed-other = Discord refused it

snoozed = 💤 I will remind you again { $relative }, at { $clock }.
snoozed-past-end = -# That is not before the session ends, at { $clock }. Save a checkpoint before you wait.
shown-title = Only you can see this:
button-too-old = That button belongs to an older database of mine; the reminder is not here any more.

error-reminder-too-soon = That is too soon. The soonest I can promise is { $seconds } seconds from now.
error-reminder-too-far = That is too far away. The farthest I can promise is a year from now.
error-reminder-too-many = You have { $limit } reminders already, which is all one person may have. Cancel one first: { $list }
error-reminder-note-long = That note is too long: { $length } characters, { $limit } at most.
error-reminder-leads-many = That is too many warning times: { $count }, at most { $limit }.
error-reminder-lead-range = A warning can come up to { $days } days before the end, not after it.
error-reminder-over = That reminder is over, so there is nothing to change.
error-note-empty = Tell me what to remind you of: the text has nothing that can be shown.

zone-ask = ### Which time zone are you in?
    I read “{ $value }” by your clock. I ask once; { $settings } changes it later.
zone-ask-pick = Choose a city near you …
zone-ask-other = Another city
zone-ask-form = Your time zone
zone-ask-field = A big city near you, such as Shanghai
zone-option = { $city } · { $offset } · now { $time }
zone-forgotten = Your time zone is saved: { $zone }. I was restarted in between, so please send the command once more.
error-zone-unknown = I know no time zone called “{ $value }”. Give a big city near you, such as Shanghai.

error-zone-several = “{ $value }” is used in several time zones: { $cities }. Give the one nearest to you, or another big city.

timer-form = Start a timer
timer-duration = How long, such as 6h or 1h30m
timer-note = A note for yourself
error-leads-commas = Put commas between warning times: { $leads }
error-lead-not-length = “{ $word }” is no length of time. Write warning times like 30m, 10m.

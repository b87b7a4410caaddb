### What Discord shows while a command is being typed: at most 100 characters each.

cmd-gpu = Free GPUs: compare and look up
cmd-gpu-compare = Compare free GPU offers side by side
    .offer1 = First offer; leave all empty for a good default set
    .offer2 = Second offer
    .offer3 = Third offer
    .offer4 = Fourth offer
    .offer5 = Fifth offer
cmd-gpu-info = One offer whole: limits, sources, history
    .offer = Which offer: a name or a nickname

cmd-remind = Reminders for sessions and anything else
cmd-remind-session = Warn me before a GPU session runs out
    .duration = How long the session lasts, such as 6h or 1h30m
    .provider = Where the session runs
    .leads = How long before the end to warn, such as 30m, 10m
    .note = A note for yourself
    .where = Where the warning should reach you
    .where-dm = Direct message
    .where-here = This channel
cmd-remind-me = Remind me of something, in 10 seconds or in a year
    .when = When: 2h, tomorrow 9:00, fri 18:00, 2026-12-01 10:00
    .about = What to remind you of
    .where = Where the reminder should reach you
    .where-dm = Direct message
    .where-here = This channel
cmd-remind-list = Your reminders, the next one first
cmd-remind-cancel = Cancel one of your reminders (it can be undone)
    .reminder = Which reminder

cmd-settings = Your settings, and the server's
cmd-settings-me = Your time zone, language, delivery and warning times
    .zone = Your time zone: a city, a country's capital, or UTC+8
    .language = The language of the answers to you
    .language-auto = Same as Discord
    .language-en-US = English
    .language-zh-CN = 中文
    .delivery = Where reminders reach you
    .delivery-dm = Direct message
    .delivery-here = The channel where I ask
    .leads = How long before the end of a session to warn, such as 30m, 10m
cmd-settings-server = For admins: reminders in channels, and the server's language
    .reminders = Whether reminders may be posted in channels
    .reminders-off = Never: direct messages only
    .reminders-anywhere = In any channel
    .reminders-listed = Only in the listed channels
    .channel = A channel to put on the list, or to take off it
    .language = The language of the answers in this server
    .language-auto = Each member's own
    .language-en-US = English
    .language-zh-CN = 中文

cmd-about = What I can do, how fresh the facts are, and what I keep about you

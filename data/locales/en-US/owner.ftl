### For whoever runs the bot: what /owner answers, and the message when something is wrong.

cmd-owner = For whoever runs this bot
cmd-owner-reload = Read the catalog files again, and say what changed
cmd-owner-status = How the bot is: processes, queue, versions

owner-only = Only the owner of this application, or a member of its team, can do that.

owner-reloaded = **Catalog read again.** { $count ->
        [0] Nothing changed.
        [one] One change:
       *[other] { $count } changes:
    }
owner-change = - { $change }
owner-more = - … and { $n } more, in the log
owner-cut-short = -# … cut short here; the rest is in the log
owner-reload-others = -# { $n ->
        [one] Another process delivers
       *[other] { $n } other processes deliver
    } on this database; on SQLite each reads its files after a SIGHUP of its own.
owner-reload-told = -# Each process looks at its own files now.
owner-broken = **The catalog is broken.** The last good one stays in use. { $count ->
        [one] To mend:
       *[other] { $count } things to mend:
    }

owner-status-well = **GPU Scout { $version }** is well.
owner-status-ill = **GPU Scout { $version }** has a problem: { $problems }.
owner-problem-gateway = no connection to Discord
owner-problem-tick = the reminders are not being looked at
owner-problem-token = Discord refuses the token
owner-problem-database = the database does not answer
owner-status-processes = Processes that deliver: **{ $n }**
owner-status-tick = This process looked at the reminders { $ago } s ago.
owner-status-no-tick = This process does not deliver.
owner-status-queue = Waiting: **{ $waiting }** · overdue: **{ $overdue }**
owner-status-oldest = The oldest overdue one was due { $since }.
owner-status-catalog = Catalog: { $offers } offers, newest source of { $date }
owner-status-versions = -# Schema { $schema } · discord.py { $library } · Python { $python }

owner-delivery = ⚠️ **Reminders are late.** The oldest was due { $since }, and nobody has delivered it. None is lost. Look at the log and at `gpu-scout doctor`.
owner-database = ⚠️ **Nothing can be stored:** { $reason }. Nobody can make a reminder now. Look at `gpu-scout doctor`.
owner-disk = ⚠️ **The disk is nearly full:** { $free } MB are free beside the database. Make room before it fills.
owner-over = ✅ Over since { $at }.

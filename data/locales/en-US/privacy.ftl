### /privacy

cmd-privacy = What I keep about you: see it, take it along, erase it
cmd-privacy-show = What I keep about you, and how long
cmd-privacy-export = All that I keep about you, as a file by direct message
cmd-privacy-delete = Erase all that I keep about you (I ask first)

privacy-title = ## What I keep about you
privacy-amount = Right now: { $coming ->
        [0] no reminder to come
        [one] { $coming } reminder to come
       *[other] { $coming } reminders to come
    }, { $over ->
        [0] no past one
        [one] { $over } past one
       *[other] { $over } past ones
    }.
privacy-nothing = Right now: nothing.
privacy-reminders = - **Reminders** with their notes, and where you made them: until { $days } days after they are over
privacy-ledger = - **What you used of quotas**: until { $days } days after it ended, or until you erase it
privacy-settings = - **What you choose**, such as your time zone and language: until you erase it
privacy-wishes = - **What you follow**, and **what you reported**: until you stop it, and until you erase it
privacy-channel = - **The id of our direct messages**: as long as you have reminders
privacy-server = - **A server’s settings**, without who chose them: until I am removed from the server
privacy-nothing-else = I read no messages but questions that mention me, keep none, and pass nothing on. What I sent you stays in Discord until you delete it there.
privacy-export-button = Send me a copy
privacy-ask-button = Erase everything …

privacy-ask-title = ## Erase everything?
privacy-ask = { $coming ->
        [0] No reminder is pending. Your past reminders and your settings are erased.
        [one] **{ $coming } pending reminder is cancelled** and will not come. Your past reminders and your settings are erased too.
       *[other] **{ $coming } pending reminders are cancelled** and will not come. Your past reminders and your settings are erased too.
    } This can’t be undone.
privacy-ask-export = -# { $export } gives you a copy first.
privacy-erase-button = Erase everything
privacy-keep-button = Keep it
privacy-erased = Erased: all that I kept about you. { $cancelled ->
        [0] No reminder was pending.
        [one] { $cancelled } pending reminder was cancelled.
       *[other] { $cancelled } pending reminders were cancelled.
    }
privacy-erased-in-flight = -# { $n ->
        [one] One message was already on its way and may still arrive, once.
       *[other] { $n } messages were already on their way and may still arrive, once each.
    }
privacy-erased-rest = -# What I sent you before stays in Discord; you can delete it there.
privacy-kept = Nothing was erased.

privacy-export-sent = The file is in our direct messages: { $message }
privacy-export-file = All that I keep about you, as JSON.
privacy-export-attached = I could not send you a direct message, so here is the file. Only you can see it.

error-privacy-not-yours = That button is for somebody else. Nothing was changed.

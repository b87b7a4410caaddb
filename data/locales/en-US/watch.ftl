### Watched quotas: what is told of them, and the button "Remind me when it resets"

cmd-remind-quota = Tell me before unused quota expires, when it runs low and when it renews
    .provider = Whose quota
    .where = Where the reminder should reach you
    .where-dm = Direct message
    .where-here = This channel

watch-stored = 🔔 **{ $name }: I keep an eye on your quota**, until you stop me.
watch-again = 🔔 **{ $name }: I keep an eye on your quota already.**
watch-told = I tell you
watch-expiring = - { $span } before it is renewed, if more than a tenth would be lost
watch-expiring-once = - { $span } before it expires, if more than a tenth would be lost
watch-low = - when no more than { $level } is left
watch-renewed = - when it is renewed
watch-open = - when your lock-out should be over, by your own pattern: two earlier ones are needed
watch-idle = - once in each session: left idle for { $minutes } min, it ends
watch-next = **Next:** { $topic }, { $full }, { $relative }
watch-next-lockout = **Next:** nothing in sight. Once you are locked out, say so in { $show }.
watch-next-none = **Next:** nothing in sight. A session with this provider, or { $log }, starts it.
watch-nothing = { $name } states no quota and no idle timeout, so there is nothing I could tell you of.

topic-expiring = unused quota expires soon
topic-low = it runs low
topic-renewed = it is renewed
topic-open = the lock-out may be over
topic-idle = an idle session would end
topic-changed = its rule changed

remind-what-quota = Quota: { $name }
remind-what-reset = Renewal of the quota: { $name }
remind-quota-none-yet = -# nothing in sight until you use it
remind-list-watch = **{ $what }**

reset-on = 🔔 I will remind you { $relative }, on { $full }.
reset-watched = 🔔 You are told when it is renewed anyway.
reset-nothing-yet = 🔔 I will remind you. Nothing of it is used by now, so all of it is there.
reset-off = 🔕 No reminder of this quota.
quota-remind-on = Remind me when it resets
quota-remind-off = Don't remind me
quota-remind-on-of = When it resets: { $name }
quota-remind-off-of = Don't remind me: { $name }

told-expiring = ⏳ **{ $name }: { $left } of { $amount } left.** It is renewed { $relative }, { $full }, and what is left is lost then.
told-expiring-once = ⏳ **{ $name }: { $left } of { $amount } left**, which expires { $relative }, { $full }.
told-low = 🪫 **{ $name } runs low: { $left } of { $amount } left.**
told-renewed = 🔋 **{ $name } is renewed: { $left } to use.**
told-until = Next renewal { $full }, { $relative }
told-void = ⌛ **{ $name }:** what was left of your quota has expired.
told-open = 🔓 **{ $name }:** by your own pattern your lock-out should be over about now.
told-open-more = -# Only a guess from your earlier ones: the provider publishes nothing.
told-idle = 👀 **Still busy on { $name }?** Left idle for { $minutes } min, the session ends: { $relative } at the earliest. Save what you need.
told-idle-over = 👀 **{ $name }:** if your session was left idle for { $minutes } min, it has ended by now.
told-changed = 📋 **{ $name } changed its rules.** Your reminders follow the new ones from now on.
told-gone = 📋 A quota that you watched is no longer in my catalog, so I stop telling you of it.

notice-last-warning = 💾 Last warning: save a checkpoint, and download what the session would not keep.
notice-session-moved = 📋 The rules changed: { $session } now ends { $relative }, at { $clock }. I moved your warnings.
button-cancel-watch = Stop watching

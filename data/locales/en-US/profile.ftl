### /gpu profile, and what other answers say of it

cmd-gpu-profile = Your usual constraints: see, change or forget them

profile-title = ## Your usual constraints
profile-saved = ## Saved: your usual constraints
profile-none = None are saved. Pick below; each choice is saved at once.
profile-use = -# { $recommend } and { $unlock } start from these and say so; an option that you give wins. Whatever else you need: { $recommend } with options, then “Save as my usual”.
profile-forget = Forget them
profile-forgotten = Your usual constraints are forgotten. { $profile } saves new ones.
profile-restore = Undo
profile-left-out = -# { $count ->
        [one] One of your saved constraints comes
       *[other] { $count } of your saved constraints come
    } from another version of me, and I left that out.
profile-too-much = These are more constraints than I can save, so nothing was changed. Take one off first.
profile-from = -# From your profile: { $wishes }
profile-aside = Without my profile
profile-keep = Save as my usual

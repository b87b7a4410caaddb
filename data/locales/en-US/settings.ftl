### /settings and /about

settings-me-title = ## Your settings
settings-server-title = ## This server’s settings
settings-zone = **Time zone** { $zone }
settings-zone-none = not set yet; I ask when I first need it
settings-language = **Language** { $language }
settings-delivery = **Reminders** { $place }
settings-leads = **Warnings** { $leads } before a session ends
settings-channels = **Reminders in channels** { $policy }
settings-listed = **Listed** { $channels }
settings-listed-none = no channel yet: name one with the option “channel”
settings-listed-more = -# and { $n } more channels
settings-mentions = **Answers to mentions** { $answers }
language-auto = the server’s, else that of your Discord
language-en-US = English
language-zh-CN = 中文
server-language-auto = each member’s own
server-language-en-US = English, unless a member chose otherwise
server-language-zh-CN = 中文, unless a member chose otherwise
delivery-dm = by direct message
delivery-here = in the channel where you ask
policy-off = never, direct messages only
policy-anywhere = in any channel where the member may write
policy-listed = in listed channels only

about-title = ## GPU Scout
    I know where to get a GPU for free, and I warn you before a session ends.
about-gpu-ask = - { $command } a question in your own words
about-gpu-recommend = - { $command } what fits you, and why
about-gpu-fit = - { $command } whether a model fits, and on what
about-gpu-compare = - { $command } offers side by side
about-gpu-info = - { $command } one offer, with its sources
about-gpu-unlock = - { $command } what would open more to you
about-gpu-profile = - { $command } your usual constraints
about-remind-session = - { $command } before a session ends
about-remind-me = - { $command } of anything, also repeated
about-remind-list = - { $command } change or cancel them
about-quota-show = - { $command } what is left of your quotas, and when it renews
about-settings-me = - { $command } time zone, language, quiet hours
about-privacy = I keep your reminders with their notes, until { $days } days after they are over, the settings you choose, the offers you follow, and what your quotas are counted from. Of messages I read questions that mention me, keep none, and pass nothing on. { $privacy } shows, exports and erases it.
about-facts = -# version { $version } · { $offers ->
        [one] { $offers } offer
       *[other] { $offers } offers
    } · newest fact of { $date }

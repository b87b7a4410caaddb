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
about-gpu-compare = - { $command } free offers side by side
about-gpu-info = - { $command } one offer whole, with sources and history
about-remind-session = - { $command } a warning before your session ends
about-remind-me = - { $command } a reminder of anything
about-remind-list = - { $command } what I promised you
about-settings-me = - { $command } your time zone, language and delivery
about-privacy = I keep your reminders with their notes, until { $days } days after they are over, and the settings you choose. I read no messages and pass nothing on. { $privacy } shows, exports and erases it.
about-facts = -# version { $version } · { $offers ->
        [one] { $offers } offer
       *[other] { $offers } offers
    } · newest fact of { $date }

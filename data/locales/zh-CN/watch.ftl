### 关注的额度：提醒什么，以及“刷新时提醒我”按钮

cmd-remind-quota = 额度快作废、快用完、刷新时提醒我
    .provider = 哪一家的额度
    .where = 在哪里提醒你
    .where-dm = 私信
    .where-here = 本频道

watch-stored = 🔔 **{ $name }：我会一直关注你的额度**，直到你叫停。
watch-again = 🔔 **{ $name }：你的额度我已经在关注了。**
watch-told = 我会在以下时候提醒你
watch-expiring = - 刷新前 { $span }，如果会浪费十分之一以上
watch-expiring-once = - 过期前 { $span }，如果会浪费十分之一以上
watch-low = - 剩余额度不超过 { $level }
watch-renewed = - 额度刷新时
watch-open = - 按你自己的规律，限制该解除时：需要先有两次记录
watch-idle = - 每次会话一次：闲置 { $minutes } 分钟会被关闭
watch-next = **下一次**：{ $topic }，{ $full }（{ $relative }）
watch-next-lockout = **下一次**：暂时没有。被限制时在 { $show } 里按一下，就会开始计算。
watch-next-none = **下一次**：暂时没有。在这家开始会话，或用 { $log } 记一笔，就会开始计算。
watch-nothing = { $name } 没有说明额度，也没有说明闲置时限，我没有可以提醒的内容。

topic-expiring = 未用的额度快作废
topic-low = 额度快用完
topic-renewed = 额度刷新
topic-open = 限制可能已解除
topic-idle = 闲置的会话会被关闭
topic-changed = 规则有变

remind-what-quota = 额度：{ $name }
remind-what-reset = 额度刷新：{ $name }
remind-quota-none-yet = -# 使用之前暂无提醒
remind-list-watch = **{ $what }**

reset-on = 🔔 我会在 { $full }（{ $relative }）提醒你。
reset-watched = 🔔 刷新时本来就会提醒你。
reset-nothing-yet = 🔔 我会提醒你。目前还没有用过，额度是满的。
reset-off = 🔕 不再提醒这个额度。
quota-remind-on = 刷新时提醒我
quota-remind-off = 不用提醒
quota-remind-on-of = 刷新时提醒：{ $name }
quota-remind-off-of = 不用提醒：{ $name }

told-expiring = ⏳ **{ $name }：还剩 { $left }**，共 { $amount }。{ $full }（{ $relative }）刷新，剩下的届时作废。
told-expiring-once = ⏳ **{ $name }：还剩 { $left }，共 { $amount }**，{ $full }（{ $relative }）过期。
told-low = 🪫 **{ $name } 快用完了：还剩 { $left }，共 { $amount }。**
told-renewed = 🔋 **{ $name } 已刷新：可用 { $left }。**
told-until = 下次刷新：{ $full }（{ $relative }）
told-void = ⌛ **{ $name }**：剩余的额度已经过期。
told-open = 🔓 **{ $name }**：按你自己的规律，限制现在应该解除了。
told-open-more = -# 只是根据你以往的记录推测：平台没有公布任何数字。
told-idle = 👀 **还在用 { $name } 吗**？闲置 { $minutes } 分钟会话就会关闭，最早{ $relative }。请保存需要的内容。
told-idle-over = 👀 **{ $name }**：如果会话闲置了 { $minutes } 分钟，现在已经关闭了。
told-changed = 📋 **{ $name } 的规则变了**。今后的提醒按新规则计算。
told-gone = 📋 你关注的一个额度已不在我的目录中，今后不再提醒。

notice-last-warning = 💾 最后一次提醒：请保存检查点，并下载会话结束后不会保留的文件。
notice-session-moved = 📋 规则变了：{ $session }现在会在 { $relative }结束（{ $clock }）。提醒时间已相应调整。
button-cancel-watch = 不再关注

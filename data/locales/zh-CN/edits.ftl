### 修改、延长、提前结束、全部取消，以及关于某条消息的提醒

edited-title = ✏️ 已修改：{ $what }
edited-title-over = ⏰ 这个提醒已经发出，之后不会再来：{ $what }
edited-end = **结束** { $old } → { $new }
edited-next = **下一次** { $old } → { $new }
edited-every = **重复** { $old } → { $new }
edited-note = **备注** { $old } → { $new }
edited-note-none = 无
edited-note-is = “{ $note }”
edited-nothing = 没有不同之处，所以保持原样。

edited-over = 内容已保留。要在什么时候再提醒你？
edited-set-again = 设定时间……

edit-form = 修改提醒
edit-when = 什么时候
edit-ends = 会话何时结束，或还剩多久
edit-unchanged = 留空则不变
edit-about = 提醒什么
edit-note = 给自己的备注
edit-every = 重复
edit-every-hint = 每天、工作日、每周、周一、6小时；留空：只提醒一次
edit-until = 直到
edit-until-hint = 2026-12-24；留空：一直重复
extend-form = 延长会话
extend-length = 再延长多久，例如 1小时、30分钟
extend-not-length = 请写要延长多久，例如 1小时、30分钟。

remind-ended = ✅ 好的，会话已提前结束，不再提醒：{ $what }
remind-ended-already = ✅ 好的，会话已提前结束。本来也没有后续提醒了。

remind-one-title = ### 你的提醒
remind-one-next = 下一次：{ $relative }（{ $full }）· { $state }
state-planned = 已安排
state-snoozed = 稍后再提醒
state-quiet = 等免打扰时段结束
state-sending = 正在发送
state-overdue = 已延迟，仍在重试

remind-list-title-page = ## 我的提醒
    -# 第 { $page } 页，共 { $pages } 页 · 合计 { $n } 个
remind-list-item-over = **{ $what }**
    刚刚送达
remind-list-repeats = -# 🔁 { $every }
remind-list-stopped = 连续失败 { $n } 次后，我停止了重复。
page-back = ◀ 较早
page-on = 较晚 ▶

cancel-all-button = { $n ->
        [1] 取消这个提醒……
       *[other] 取消全部 { $n } 个……
    }
cancel-all-choice = 全部 { $n } 个……
cancel-all-ask = ### { $n ->
        [1] 要取消这个提醒吗？
       *[other] 要取消全部 { $n } 个提醒吗？
    }
    { $n ->
        [1] 取消后不会再提醒。
       *[other] 取消后无法一次性恢复。
    }
cancel-all-yes = { $n ->
        [1] 是，取消
       *[other] 是，取消全部 { $n } 个
    }
cancel-all-no = { $n ->
        [1] 不，保留
       *[other] 不，都保留
    }
cancel-all-done = { $n ->
        [1] 已取消这个提醒。
       *[other] 已取消全部 { $n } 个提醒。
    }
cancel-all-none = 已经没有待发的提醒，无需取消。
cancel-all-kept = 什么都没有取消。

about-form = 提醒我看这条消息
about-when = 什么时候
about-when-hint = 2小时、明天早上9点、周五18:00
about-note = 提醒什么
about-note-none = 你标记的一条消息

error-reminder-cancelled = 这个提醒已经取消，所以什么都没有改变。
error-reminder-changed = 这个提醒在此期间被修改过，所以我没有再动它。请重新打开查看现在的内容。
error-reminder-ends-first = 它会在第一次提醒（{ $first }）之前就结束（{ $until }）。

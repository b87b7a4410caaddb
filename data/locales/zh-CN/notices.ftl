### 提醒消息的内容。第一行会显示在锁屏上。

notice-session-any = 你的会话
notice-session-name = 你在 { $offer } 的会话
notice-session = ⏰ { $session }将在 { $relative }结束（{ $clock }）。现在请保存检查点。
notice-over = ⏰ { $session }已到时限（{ $clock }）。
notice-over-late = ⏰ { $session }已经结束：{ $relative }（{ $clock }）。抱歉，提醒来晚了。
notice-custom = ⏰ { $note }
notice-hidden = ⏰ 你有一个提醒到时间了，但我无法给你发私信。内容只有你能看到。
notice-note = > { $note }
notice-link = -# 关于 { $link }
notice-missed = -# { $n ->
       *[other] 我离线期间另有 { $n } 次到期，这一条代表全部
    }
notice-gathered = -# { $n ->
       *[other] 免打扰时段内另有 { $n } 次，这一条代表全部
    }
notice-late = -# 抱歉，晚了 { $span }：本应在 { $due } 提醒
notice-may-repeat = -# 可能重复：我无法确认上一次是否已送达

moved-dm_closed = -# 发在这里而不是私信，因为你的私信对我关闭了
moved-no_mutual_server = -# 发在这里而不是私信，因为我们已没有共同的服务器
moved-no_such_user = -# 发在这里而不是私信，因为 Discord 无法打开私信
moved-channel_gone = -# 发在这里而不是原频道，因为频道已不存在
moved-no_access = -# 发在这里而不是原频道，因为我已看不到它
moved-no_permission = -# 发在这里而不是原频道，因为我不能在那里发言
moved-thread_archived = -# 发在这里而不是原子区，因为它已归档
moved-server_left = -# 发在这里而不是原频道，因为我已不在那个服务器
moved-server_policy = -# 发在这里而不是原频道，因为管理员关闭了频道提醒
moved-owner_may_not_speak = -# 发在这里而不是原频道，因为你目前不能在那里发言
moved-other = -# 发在这里而不是你选的地方，因为那里拒绝了

button-show = 查看
button-snooze_10m = 10 分钟后再提醒
button-snooze_30m = 30 分钟后再提醒
button-snooze_1h = 1 小时后再提醒
button-snooze_tomorrow = 明早 9:00 再提醒
button-ended = 已提前结束
button-extend = 延长
button-edit = 修改
button-cancel = 取消后面的提醒
button-cancel-series = 停止重复

span-days = { $n } 天
span-hours = { $n } 小时
span-minutes = { $n } 分钟
span-seconds = { $n } 秒
span-join = {" "}

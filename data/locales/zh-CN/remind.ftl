### /remind

remind-session-stored = ⏱️ **{ $name }** 将于 { $full } 结束（{ $relative }）。
remind-session-name-any = 你的会话
remind-custom-stored = ⏰ 我会在 { $relative }（{ $full }）提醒你：
remind-about = > { $note }
remind-warning = - { $relative }提醒，即结束前 { $lead }
remind-warning-at-end = - 结束时再提醒一次
remind-shortened = -# 已来不及在结束前 { $span }提醒，第一次提醒见上
remind-place-dm = -# 通过私信。
remind-place-channel = -# 发在 { $channel }。
remind-ambiguous = -# 我理解为 { $full }。如果不对，请取消后写得更明确些。
remind-ambiguous-shown = -# 如果你指的是别的时间，请取消后写得更明确些。
remind-ambiguous-length = -# 我理解为时长 { $span }。如果你指的是钟点，请取消后写成“到18:00”。
remind-first-day = -# { $full } 不在重复的日子里，所以第一次提醒是 { $first }。
remind-offer-over = -# ⚠️ { $name }：{ $status }。如果你用的是别的平台，请取消后重新设定。
remind-here-dm = -# 私信里没有频道，所以会通过私信提醒。
remind-here-off = -# 本服务器不允许在频道里发提醒，所以会通过私信提醒。
remind-here-not-you = -# 你自己不能在这里发言，所以会通过私信提醒。
remind-here-not-me = -# 我不能在这里发言，所以会通过私信提醒。

remind-cancel-button = 取消
remind-undo-button = 撤销
remind-cancelled = 已取消：{ $what }
remind-cancelled-in-flight = -# 有一条消息已在发送途中，可能仍会送达。
remind-restored = 已恢复：{ $what }
remind-restored-next = -# 下一次：{ $relative }（{ $full }）

remind-list-title = ## 我的提醒
remind-list-empty = 你还没有提醒。{ $session } 可以在会话结束前提醒你，{ $me } 可以提醒任何事。
remind-list-item = **{ $what }**
    { $relative }（{ $at }）· { $place } · { $state }
remind-list-more = -# 之后还有 { $n } 个
remind-list-failed = ### 未能送达
remind-list-failed-item = - { $what } · { $full } · { $reason }
remind-list-pick = 修改或取消其中一个……
remind-what-session = { $name } 的会话，{ $relative }结束
remind-what-session-any = 会话，{ $relative }结束
remind-what-custom = { $note }
remind-choice = { $what }，{ $span }后
remind-choice-session = { $name } 的会话
remind-choice-session-any = 会话
place-dm = 私信
place-channel = { $channel }

failed-dm_closed = 你的私信对我关闭了
failed-no_mutual_server = 我们没有共同的服务器
failed-no_such_user = Discord 无法打开私信
failed-channel_gone = 频道已不存在
failed-no_access = 我看不到那个频道
failed-no_permission = 我不能在那里发言
failed-thread_archived = 子区已归档
failed-server_left = 我已不在那个服务器
failed-server_policy = 管理员关闭了频道提醒
failed-owner_may_not_speak = 你不能在那里发言
failed-other = Discord 拒绝了

snoozed = 💤 好的，我会在 { $relative }（{ $clock }）再提醒你。
snoozed-past-end = -# 会话在 { $clock } 就结束了，到时再提醒就晚了。请先保存检查点。
shown-title = 以下内容只有你能看到：
button-too-old = 这个按钮属于我以前的数据库，对应的提醒已经不在了。

error-reminder-too-soon = 时间太近了。我最早只能在 { $seconds } 秒后提醒。
error-reminder-too-far = 时间太远了。我最多只能提醒一年以内的事。
error-reminder-too-many = 你已有 { $limit } 个提醒，达到上限。请先取消一个：{ $list }
error-reminder-note-long = 备注太长：{ $length } 个字符，最多 { $limit } 个。
error-reminder-leads-many = 提前时间太多：{ $count } 个，最多 { $limit } 个。
error-reminder-lead-range = 提醒最早可以在结束前 { $days } 天，不能在结束之后。
error-reminder-over = 这个提醒已经过去，没有可以更改的内容。
error-note-empty = 请写明要提醒什么：这段文字里没有可以显示的内容。

zone-ask = ### 你在哪个时区？
    我按你当地的时间理解“{ $value }”。只问这一次；以后可以用 { $settings } 修改。
zone-ask-pick = 选择离你近的城市……
zone-ask-other = 其他城市
zone-ask-form = 你的时区
zone-ask-field = 你附近的大城市，例如上海
zone-option = { $city } · { $offset } · 现在 { $time }
zone-forgotten = 时区已保存：{ $zone }。期间我重启过，请再发一次命令。
error-zone-unknown = 没有找到时区“{ $value }”。请填附近的大城市，例如上海。

error-zone-several = “{ $value }”可能指几个不同的时区：{ $cities }。请填其中离你近的，或附近的其他大城市。

timer-form = 开始计时
timer-duration = 多长时间，例如 6小时、1h30m
timer-note = 给自己的备注
error-leads-commas = 多个提前时间请用逗号隔开：{ $leads }
error-lead-not-length = “{ $word }”不是时长。提前时间请写成 30分钟，10分钟。

### /gpu follow, and the message that follows

follow-begun = 已关注 **{ $name }**：它的信息有变化时，我会像提醒一样发你一条消息。
follow-already = 你已经关注了 **{ $name }**。
follow-title = ## 你关注的平台
follow-list = -# 已关注：{ $names }
follow-none = 你还没有关注任何平台。用 { $command } 选一个，它的信息有变化时我会通知你。
follow-stop = 取消关注…
follow-note = { $name } 有变化：{ $changes }
follow-change = { $subject } { $before } → { $after }
follow-unknown = 未知
follow-more = 另有 { $n } 项
follow-gone = { $name } 已不在我的目录里，关注已自动取消。
error-follow-many = 你已关注 { $limit } 个平台，到上限了。请先用 { $command } 取消一个。

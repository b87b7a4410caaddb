### 重复提醒与免打扰时段

every-day = 每天 { $at }（{ $zone }）
every-weekday = 每个工作日 { $at }（{ $zone }）
every-days = 每逢{ $days } { $at }（{ $zone }）
every-length = 每 { $span }
every-until = { $every }，直到 { $until }
every-never = 一次
every-typed-day = 每天
every-typed-weekdays = 工作日
every-choice-day = 每天
every-choice-weekday = 每个工作日（周一到周五）
every-choice-week = 每周（与第一次同一天）
every-choice-days = 每逢{ $days }

remind-repeats = 🔁 { $every }
remind-quiet-moved = -# { $clock } 在你的免打扰时段内，所以会在时段结束时提醒。
remind-quiet-warnings = -# 会话提醒不受免打扰时段限制：会话结束不等人。

every-unreadable = 我看不懂重复方式“{ $word }”。可以写成 每天、工作日、每周、周一，或 6小时。
every-too_often = 太频繁了。最多每 5 分钟提醒一次。
every-too_rare = 间隔太长。小时和分钟最多合计 31 天；每天和每周没有期限。
until-without-every = 结束时间需要配合重复：请填写“every”，例如 每天、6小时。
quiet-unreadable = 我看不懂免打扰时段“{ $word }”。可以写成 23:00-08:00，或“关”。
quiet-needs-zone = 免打扰时段按你的当地时间计算：请同时用选项“zone”设置时区。
quiet-off = 关闭：任何时间都提醒
settings-quiet = **免打扰时段** { $start }–{ $end }
    -# 时段内的提醒会在结束时送达；会话提醒和稍后提醒仍会准时
settings-quiet-none = **免打扰时段** 无

started-needs-length = 填写“started”时，请写会话的时长，例如 6小时，我会从开始时间算起。
started-over = 这个会话应该已经结束了：请检查开始时间和时长。

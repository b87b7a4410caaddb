### /quota，以及会话实际何时结束

cmd-quota = 我的额度：还剩多少、何时恢复
cmd-quota-show = 额度还剩多少，还能用多久
    .provider = 只看这一家
cmd-quota-log = 补记没有设提醒的用量（可撤销）
    .provider = 在哪里用的
    .duration = 用了多久，例如 2小时、1h30m
    .started = 何时开始：3小时前、14:05、昨晚10点
    .ended = 何时结束；不填表示刚刚结束
    .gpu = 用的哪种显卡（按余额计费时需要）
cmd-quota-import = 以 Kaggle 或 Hugging Face 显示的额度为准
cmd-quota-set = 只有你知道的：刷新日、你的额度、常用显卡
    .provider = 哪一家
    .reset_day = 每月几号刷新
    .amount = 你能得到多少，以小时或余额的货币计
    .signed_up = 注册日期，例如 2026-01-31
    .expires = 一次性赠金何时过期，例如 2026-12-31
    .gpu = 平时用余额买哪种显卡
    .clear = 清除之前的设置

quota-title = ## 我的额度
quota-empty = 我还不了解你的额度。用 { $session } 并选择平台会自动计入，{ $log } 可以补记，{ $paste } 则以 Kaggle 或 Hugging Face 显示的为准。
quota-name = ### { $name }
quota-money = { $n } { $unit }
quota-left = **还剩 { $left }**，共 { $amount } · 已用 { $used }
quota-left-least = **还剩 { $left }**，至少共 { $amount } · 已用 { $used }
quota-planned = 其中 { $planned }会被正在运行或已计划的会话用掉
quota-runs-out = 照这个速度，{ $full }（{ $relative }）用完
quota-gone = 算上正在运行或已计划的会话，{ $full }（{ $relative }）用完
quota-lasts = 照这个速度，够用到刷新
quota-used-up = 已经用完
quota-renews = { $full }（{ $relative }）全部恢复
quota-more = { $full }（{ $relative }）恢复一部分
quota-whole = 全部可用
quota-once = 一次性赠送：用掉的不会恢复
quota-expires = 余下的于 { $full }（{ $relative }）过期
quota-read = -# 以平台 { $relative }显示的为准，加上此后的会话。
quota-counted = -# 根据你的会话和 { $log } 的记录统计，平台的算法可能不同。
quota-day-assumed = -# 不知道你每月几号刷新，暂按 1 号算：{ $choose }
quota-unpriced = -# { $n ->
       *[other] 有 { $n } 条记录没有计入
    }，因为不知道用的哪种显卡：{ $choose }
quota-more-offers = -# 下方还有 { $n } 个
quota-pick = 查看其中一个……

quota-no-numbers = 平台没有公布这个额度，所以我不编数字。你记下的内容会显示你自己的规律。
quota-locked = 🔒 被限制使用：始于 { $relative }
quota-pattern-none = -# 90 天内有两次被限制的记录，才看得出规律。
quota-pattern-count = **你的规律**：90 天内被限制 { $n } 次
quota-pattern-lasted = - 通常 { $span }后解除
quota-pattern-used = - 通常在此前 24 小时内用了 { $span }之后
quota-lockout = - { $since }，持续 { $span }
quota-lockout-open = - { $since }，仍未解除

quota-logged = ✅ 已记下：{ $span }，{ $start } 至 { $end }
quota-removed = 已删除。
quota-entries-title = ### 已记下：{ $name }
quota-entries-none = 没有记录。
quota-entries-more = -# 更早的还有 { $n } 条
quota-entry-session = - { $start } · { $span } · 会话
quota-entry-logged = - { $start } · { $span } · 补记
quota-entry-label = { $span }，{ $ago }前开始
quota-entry-ahead = { $span }，已计划
quota-drop = 删除一条……
quota-forget-ask = 要忘掉你在 **{ $name }** 的额度的全部内容吗：用量、平台显示的数字、被限制的记录和设置？提醒会保留。
quota-forgotten = 已忘掉你在 { $name } 的额度的全部内容。
quota-imported = ✅ 已采用。今后从这些数字继续计算。

quota-own-title = ### 你的设置：{ $name }
quota-own-none = 尚未设置。
quota-own-day = - 每月 { $value } 号刷新
quota-own-amount = - 你的额度：{ $value }
quota-own-signed-up = - 注册日期：{ $value }
quota-own-expires = - { $value } 过期
quota-own-gpu = - 常用显卡：{ $value }

quota-week-button = 看一周的图
quota-entries-button = 计入了什么
quota-paste-button = 粘贴平台的数字
quota-lock-button = 我被限制了
quota-free-button = 又能用了
quota-undo-button = 撤销
quota-forget-button = 全部忘掉
quota-keep-button = 保留

quota-log-what = 请告诉我用了多久，或何时开始。
quota-log-too-much = 开始、结束和时长只需给两个。
quota-log-length = 时长请写成 2小时 或 1h30m。
quota-log-ahead = 结束时间还没到。{ $session } 会计入仍在运行的会话，并提醒你。
quota-log-order = 结束早于开始。
quota-log-long = 超过了 { $days } 天，请分几次记。
quota-which-card = 你用的是哪种显卡？价格取决于它：{ $cards }
quota-no-price = 不知道“{ $gpu }”在 { $name } 的价格。请输入几个字，从选项中选。
quota-no-day = “{ $value }”不是日期。请写成 2026-01-31。
quota-no-picture = 平台没有公布这个额度，没有可以画的内容。
quota-entry-gone = 这条记录已经不在了。
quota-needs-zone = “{ $value }”要按你当地的时间理解，而我不知道你的时区。请设置一次：{ $settings }
error-ledger-full = 你已有 { $limit } 条记录，达到上限。请先删除一些。

ends-limit = ⏳ **单次会话最多 { $hours } 小时，会在 { $clock } 先到期。**
ends-weekly = ⏳ **你本周的额度会在 { $clock } 先用完。**
ends-monthly = ⏳ **你本月的额度会在 { $clock } 先用完。**
ends-window = ⏳ **你剩余的额度会在 { $clock } 先用完。**
ends-credits = ⏳ **你的余额会在 { $clock } 先用完。**
ends-used-up = -# 按我的统计，你的额度已经用完。如果不是，请用 /quota import 粘贴平台显示的数字。
ends-idle = -# 闲置 { $minutes } 分钟会提前结束。

paste-form = 平台显示的额度
paste-label = 原样粘贴输出
paste-hint = kaggle quota -v 的输出，或 {"{"}"base":300,"current":120,"resetsAt":"…"{"}"}
paste-too-long = 内容太长，不像额度。请只粘贴 `kaggle quota -v` 的输出，或 Hugging Face ZeroGPU 额度的 JSON。
paste-unknown = 没有找到额度。我能读两种内容：`kaggle quota -v` 的输出，开头是 `resource,used,remaining,total,refreshAt`；以及 Hugging Face ZeroGPU 额度的 JSON，含有 `base`、`current` 和 `resetsAt`。
paste-figure = 读不懂“{ $word }”。Kaggle 的时长应像 `2.42h`，时间应像 `2026-11-28T00:00:00`；Hugging Face 的秒数应像 `300`。请原样粘贴输出。
paste-old = 这份输出早于它自己的刷新时间。请重新运行命令，粘贴现在的输出。
paste-far = 这份输出里的刷新时间在一周以后，这些额度没有这么长的周期。请原样粘贴输出。

week-about = 还剩 { $left }，共 { $amount }
week-legend = 实心：已用 · 斜线：正在运行或已计划。日期按 { $zone }。
week-day = { $weekday } { $day }
week-renewed = { $clock } 刷新
week-alt = { $name }：{ $about }。{ $days }。
week-alt-day = { $day }：{ $figure }

### 方案的各项信息怎样表述。日期由 `dated` 附加。

unknown = 未知
yes = 是
no = 否

fact-gib = { $n } GiB
fact-gb = { $n } GB
fact-hours = { $n } 小时
fact-minutes = { $n } 分钟
fact-gpu-many = { $model } ×{ $count }
fact-usable = 可用 { $memory }
fact-usable-each = 每张卡可用 { $memory }
fact-advertised = 标称 { $memory }，实际可用更少
fact-more = 另有 { $n } 种

fact-assigned-guaranteed = 保证分配
fact-assigned-choice = 自行选择
fact-assigned-best-effort = 有空闲时分配
fact-assigned-shared = 共享
fact-assigned-quota = 按额度

fact-no-gpu = 未注明 GPU
fact-gpu-none = 没有 GPU
fact-gpu-none-labelled = 无

fact-session = 每次会话最长 { $hours }
fact-session-unknown = 会话时长未知
fact-idle = 闲置 { $minutes }后停止
fact-idle-unknown = 闲置时限未知
fact-background-true = 关闭浏览器后继续运行
fact-background-false = 关闭浏览器后停止

quota-fixed-weekly = { $bound ->
        [floor] 每周至少 { $amount }，{ $weekday } { $time }（{ $zone }）重置
       *[exact] 每周 { $amount }，{ $weekday } { $time }（{ $zone }）重置
    }
quota-rolling-window = { $bound ->
        [floor] 任意 { $hours }内至少 { $amount }
       *[exact] 任意 { $hours }内 { $amount }
    }
quota-monthly = { $bound ->
        [floor] 每月至少 { $amount }
       *[exact] 每月 { $amount }
    }
quota-after-first-use = { $bound ->
        [floor] 首次使用起 { $hours }内至少 { $amount }
       *[exact] 首次使用起 { $hours }内 { $amount }
    }
quota-one-off-credits = { $bound ->
        [floor] 一次性至少 { $amount }
       *[exact] 一次性 { $amount }
    }
quota-unpublished = 额度未公布
quota-none-stated = 未注明每周限制
quota-unknown = 额度未知
quota-amount = { $bound ->
        [floor] 至少 { $amount }
       *[exact] { $amount }
    }
quota-credits = { $amount } { $currency } 额度
quota-units = { $amount } { $unit }

weekday-monday = 周一
weekday-tuesday = 周二
weekday-wednesday = 周三
weekday-thursday = 周四
weekday-friday = 周五
weekday-saturday = 周六
weekday-sunday = 周日

fact-storage = 会话之间保留 { $gb }
fact-storage-none = 会话之间不保留数据
fact-storage-unknown = 保留空间未知
fact-disk = 会话期间磁盘 { $gb }
fact-cpu = { $n } 个 CPU 核心
fact-ram = { $gb } 内存

fact-internet-true = 可联网
fact-internet-false = 不能联网
fact-containers-true = 可用自定义容器
fact-containers-false = 不支持自定义容器

access-card-true = 需要银行卡
access-card-false = 无需银行卡
access-card-unknown = 是否需要银行卡未知
access-phone-true = 需要手机验证
access-phone-false = 无需手机
access-phone-unknown = 是否需要手机未知
access-id_check-true = 需要身份验证
access-waitlist-true = 需要排队
access-academic_email-true = 需要学校邮箱
access-application-true = 需要申请

status-active = 开放
status-closing = 即将关闭
status-closed_to_new = 不再接受新用户
status-discontinued = 已停止服务
status-unknown = 状态未知
status-since = { $date } 起{ $status }

dated = { $fact } [{ $date }]({ $url })
dated-plain = { $fact }（{ $date }）
dated-old = { $fact } [⚠ { $date }]({ $url })
dated-old-plain = { $fact }（⚠ { $date }）
date-unknown = 日期不详
elsewhere = { $line }（另有来源称 { $other }）
between = 、

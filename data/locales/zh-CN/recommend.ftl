### /gpu recommend

recommend-title = ## { $count ->
        [0] 没有确定符合的方案
       *[other] { $count } 个方案符合
    }
recommend-read = -# 我的理解：{ $wishes }
recommend-read-nothing = -# 我的理解：任意 GPU
recommend-fit = **{ $place }. { $name }** { $cards }
    -# ▲ { $reason }{ $against }
recommend-against = { " " }· ▼ { $drawback }
recommend-may-title = **可能符合，请自行确认**（{ $count }）
recommend-may = - **{ $name }** { $cards }：{ $unknown }未知
recommend-may-between = { $wish }（{ $figure }）
recommend-more = -# 另有 { $n } 个
recommend-relax-title = ### 可以放宽什么（代价最小的在前）
recommend-relax = { $place }. { $changes } → { $count ->
       *[other] { $count } 个方案：{ $names }
    }
recommend-relax-checks = ，并确认{ $wishes }
recommend-relax-button = { $place }. { $changes }
recommend-no-way = 无论怎样放宽，目录里都没有符合的方案。
recommend-old-button = 这个按钮来自我的旧版本。请重新使用 { $command }

recommend-pick-memory = 单卡显存
recommend-pick-session = 单次会话时长
recommend-pick-bring = 你具备或能接受的条件
recommend-pick-needs = 你需要的功能
recommend-pick-aim = 排序方式
pick-any = 不限
pick-at-least = 至少 { $figure }

aim-work = 每周算力最多
aim-session = 会话最长
aim-start = 上手最快
aim-memory = 显存最大

wish-accelerator = 加速卡
wish-gpus = GPU
wish-min_vram_gib = 显存
wish-max_vram_gib = 显存不超过
wish-bf16 = bf16
wish-min_gpus = 同时多卡
wish-min_session_hours = 会话时长
wish-min_idle_minutes = 闲置时限
wish-min_hours_per_week = 每周时长
wish-min_hours_per_month = 每月时长
wish-min_persistent_gb = 保留空间
wish-min_disk_gb = 磁盘
wish-min_ram_gb = 内存
wish-background = 后台运行
wish-internet = 联网
wish-custom_containers = 自定义容器
wish-commercial_use = 商业用途
wish-tools = 工具
wish-kinds = 类型
wish-region = 可用地区
wish-card = 银行卡
wish-phone = 手机验证
wish-id_check = 身份验证
wish-academic_email = 学校邮箱
wish-waitlist = 排队
wish-application = 申请

said-at-least = { $wish } ≥ { $figure }
said-at-most = { $wish } { $figure }
said-name = { $wish } { $figure }
said-region = 在{ $region }可用
said-need = { $wish }
said-accelerator-tpu = TPU
said-accelerator-any = GPU 或 TPU
said-with = 有{ $wish }
said-optimise = { $aim }优先
said-without = 不要{ $wish }
change-figure = { $wish } { $from } → { $to }
change-accept = { $wish }：否 → 是
change-accelerator-gpu = 也用 TPU
change-accelerator-tpu = 也用 GPU
change-drop = 不要求“{ $wish }”
figure-count = { $n }

merit-most = { $aim }：{ $figure }
merit-next = 按{ $aim }排在其后：{ $figure }
merit-fits = 满足全部条件，但具体多少不确定
leads-work = 每周算力超过前面的方案：{ $figure }
leads-session = 会话比前面的方案更长：{ $figure }
leads-start = 比前面的方案更快上手：{ $figure }
leads-memory = 显存比前面的方案更大：{ $figure }
leads-other = 你要求的条件优于前面的方案：{ $figure }
figure-work = { $n } T4 小时/周
figure-start = { $n ->
        [0] 无需任何步骤
       *[other] { $n } 个步骤
    }
figure-between = { $low } – { $high }
figure-from = 至少 { $low }

drawback-beaten = { $by } 在你要求的各方面都不逊色
drawback-application = 需要申请
drawback-waitlist = 需要排队
drawback-given-once = 额度只发一次
drawback-hours-unknown = 每周时长未知
drawback-card = 需要银行卡
drawback-id_check = 需要身份验证
drawback-academic_email = 需要学校邮箱
drawback-phone = 需要手机验证
drawback-speed-unknown = 速度未知
drawback-memory-unknown = 可用显存未知
drawback-by-chance = 有空闲时才能分到
drawback-nothing-kept = 不保留数据
drawback-no-background = 关闭浏览器即停止
drawback-session-unknown = 会话时长未知
drawback-idle-unknown = 闲置时限未知
drawback-card-unknown = 是否需要银行卡未知
drawback-commercial-unknown = 能否商用未知

trouble-unknown-gpu = 没有名为“{ $name }”的 GPU。名称必须完全一致，例如 T4、L4、A100。
trouble-too-narrow = “{ $first }”与“{ $second }”互相矛盾。
trouble-card-has-less = 这种卡没有这么大的显存。
trouble-card-has-more = 这种卡的显存都超过这个上限。
trouble-card-lacks-bf16 = 这种卡不支持原生 bf16。
trouble-card-is-other = 要求的是 GPU，但写的是 TPU（或相反）。

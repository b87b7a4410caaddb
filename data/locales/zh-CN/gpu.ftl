### /gpu compare 与 /gpu info

compare-title = ## 免费 GPU 并排比较
compare-head-offer = 方案
compare-head-memory = GiB
compare-head-session = 最长
compare-head-quota = 配额
compare-key = -# GiB 为单卡可用显存（≤ 为标称值）· 最长指单次会话 · ? 未知或未公布 · ¢ 积分 · ⚠ 超过 180 天
compare-offer = **{ $name }** { $cards }
    -# { $about }
compare-oldest = 最旧数据 { $date }
compare-oldest-old = ⚠ 最旧数据 { $date }
compare-pick = 查看某个方案的全部信息……
compare-picture = 图表
compare-sources = 来源

info-subtitle = { $operator } · { $status }
info-gone = **{ $status }。** { $compare } 可以查看现在开放的方案。
info-not-free = **并非免费 GPU：** { $reason }
info-gpu = **GPU** { $fact }
info-session = **会话** { $fact }
info-idle = **闲置** { $fact }
info-quota = **配额** { $fact }
info-storage = **存储** { $fact }
info-host = **主机** { $fact }
info-abilities = **会话能力** { $fact }
info-access = **注册** { $fact }
info-pros = **优点**
info-cons = **缺点**
info-point = - { $text }
info-rest = -# 另有 { $n } 条，见“详情”
info-timer = 开始计时
info-details = 详情
info-sources = 来源（{ $n }）
info-history = 历史（{ $n }）
info-open = 打开网站

details-title = ### { $name }：详情
details-note = **{ $subject }** { $text }
details-price = { $price } { $currency } 起
details-price-period = { $price } { $currency } 起（{ $period }）
details-conflict = ⚖ **{ $subject }**：来源说法不一
details-conflict-value = - { $value }（{ $source }）
details-none = 没有更多内容，都在上面了。

sources-title = ### { $name }：来源
sources-line = - { $source } · { $date } · { $confidence }
sources-line-old = - ⚠ { $source } · { $date } · { $confidence }
sources-legend = -# ⚠ 表示超过 180 天或没有日期
confidence-high = 可靠
confidence-medium = 较可靠
confidence-low = 存疑
confidence-unknown = 未评级
source-link = [{ $label }]({ $url })

history-title = ### { $name }：历史变化
history-line = - **{ $date }** { $subject }：{ $value }（{ $source }）
history-none = 没有已知的旧数据。

cut-short = -# ……此处截断；其余内容在 data/offers 下该平台的文件里

field-gpus = GPU
field-tpu = TPU
field-host = 主机
field-session = 会话
field-session-limit_hours = 会话时长（小时）
field-session-idle_minutes = 闲置时限（分钟）
field-session-concurrent = 同时会话数
field-quota = 配额
field-quota-amount = 配额数量
field-quota-rule = 配额重置
field-credits = 额度
field-storage = 存储
field-storage-persistent_gb = 保留空间（GB）
field-access = 注册
field-access-card = 需要银行卡
field-interface = 使用方式
field-interface-frameworks = 框架
field-interface-datasets = 数据
field-terms = 条款
field-upgrade = 升级
field-status = 状态
field-kind = 类型
field-other = 其他

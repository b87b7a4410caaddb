### 比较图，以及给看不到图的人的文字

picture-row-memory = 单卡可用显存（GiB）
picture-row-session = 单次会话最长（小时）
picture-row-week = 每周时长（小时）
picture-row-speed = 全部显卡的估算速度（T4 = 1）
picture-advertised = 标称
picture-once = 仅一次
picture-paid = 不免费

picture-legend-best = ★ 已知数据中的最佳值
picture-legend-advertised = 斜纹：标称值（GB），实际可用更少
picture-legend-once = 仅一次：按一年平均
picture-oldest = 最旧数据：{ $date }
picture-oldest-old = 最旧数据：{ $date } · 部分数据超过 180 天或没有日期

picture-alt = { $offers }{ $notes }。
picture-alt-offer = { $name }：{ $figures }。
picture-alt-offer-card = { $name }（{ $card }）：{ $figures }。
picture-alt-memory = 可用显存 { $n } GiB
picture-alt-memory-advertised = 标称显存 { $n } GB
picture-alt-memory-unknown = 显存未知
picture-alt-session = 会话 { $n } 小时
picture-alt-session-unknown = 会话时长未知
picture-alt-week = 每周 { $n } 小时
picture-alt-week-once = 每周 { $n } 小时（仅一次）
picture-alt-week-unknown = 每周时长未知
picture-alt-speed = 速度 { $n }
picture-alt-speed-unknown = 速度未知
picture-alt-best = { $figure }（最佳）

### /settings 与 /about

settings-me-title = ## 我的设置
settings-server-title = ## 本服务器的设置
settings-zone = **时区** { $zone }
settings-zone-none = 尚未设置；第一次需要时我会问
settings-language = **语言** { $language }
settings-delivery = **提醒方式** { $place }
settings-leads = **提前提醒** 会话结束前 { $leads }
settings-channels = **频道提醒** { $policy }
settings-listed = **列出的频道** { $channels }
settings-listed-none = 还没有；用选项“channel”添加一个
settings-listed-more = -# 另有 { $n } 个频道
settings-mentions = **回答 @ 提问** { $answers }
language-auto = 跟随服务器，否则跟随你的 Discord
language-en-US = English
language-zh-CN = 中文
server-language-auto = 跟随每位成员
server-language-en-US = English（成员另有选择的除外）
server-language-zh-CN = 中文（成员另有选择的除外）
delivery-dm = 私信
delivery-here = 你设置提醒的频道
policy-off = 不允许，只发私信
policy-anywhere = 成员能发言的任何频道
policy-listed = 只在列出的频道

about-title = ## GPU Scout
    我知道哪里有免费的 GPU，也会在会话结束前提醒你。
about-gpu-ask = - { $command } 直接用自己的话提问
about-gpu-recommend = - { $command } 适合你的方案与理由
about-gpu-fit = - { $command } 模型放不放得下，放在哪
about-gpu-compare = - { $command } 并排比较方案
about-gpu-info = - { $command } 一个方案的详情与来源
about-gpu-unlock = - { $command } 补上什么能多用 GPU
about-gpu-profile = - { $command } 你的常用条件
about-remind-session = - { $command } 会话结束前提醒
about-remind-me = - { $command } 任何事，也可重复
about-remind-list = - { $command } 查看、修改、取消提醒
about-quota-show = - { $command } 额度还剩多少，何时刷新
about-settings-me = - { $command } 时区、语言、免打扰
about-privacy = 我只保存你的提醒（含备注，结束 { $days } 天后删除）、你选择的设置、你关注的方案，以及计算额度用的记录。除了 @ 我的提问，我不读取消息，也不保存消息，更不向任何人提供数据。用 { $privacy } 可以查看、导出和删除。
about-facts = -# 版本 { $version } · { $offers ->
       *[other] { $offers } 个方案
    } · 最新数据 { $date }

### 输入命令时 Discord 显示的说明:每条最多 100 个字符。

cmd-gpu = 免费 GPU:比较与查询
cmd-gpu-compare = 并排比较免费 GPU 方案
    .offer1 = 第一个方案;全部留空则使用默认组合
    .offer2 = 第二个方案
    .offer3 = 第三个方案
    .offer4 = 第四个方案
    .offer5 = 第五个方案
cmd-gpu-info = 查看一个方案的全部信息:限制、来源、历史
    .offer = 哪个方案:名称或别名

cmd-remind = 会话提醒和其他提醒
cmd-remind-session = 在 GPU 会话结束前提醒我
    .duration = 会话时长,例如 6小时、半小时、1h30m
    .provider = 会话运行在哪个平台
    .leads = 提前多久提醒,例如 30分钟, 10分钟
    .note = 给自己的备注
    .where = 提醒发到哪里
    .where-dm = 私信
    .where-here = 本频道
cmd-remind-me = 提醒我一件事,10 秒到 1 年都可以
    .when = 什么时候:2小时后、明天早上9点、周五18:00、2026-12-01 10:00
    .about = 提醒什么
    .where = 提醒发到哪里
    .where-dm = 私信
    .where-here = 本频道
cmd-remind-list = 我的提醒,最近的在前
cmd-remind-cancel = 取消一个提醒(可以撤销)
    .reminder = 哪个提醒

cmd-settings = 个人设置与服务器设置
cmd-settings-me = 我的时区、语言、提醒方式和提前时间
    .zone = 你的时区:城市名,或 UTC+8
    .language = 回复你时使用的语言
    .language-auto = 跟随 Discord
    .language-en-US = English
    .language-zh-CN = 中文
    .delivery = 提醒发到哪里
    .delivery-dm = 私信
    .delivery-here = 我设置提醒的频道
    .leads = 会话结束前多久提醒,例如 30分钟, 10分钟
cmd-settings-server = 管理员:是否允许在频道里发提醒,以及服务器语言
    .reminders = 是否允许在频道里发提醒
    .reminders-off = 不允许:只发私信
    .reminders-anywhere = 任何频道都可以
    .reminders-listed = 只在列出的频道
    .channel = 要加入列表或从列表移除的频道
    .language = 在本服务器回复时使用的语言
    .language-auto = 跟随每位成员
    .language-en-US = English
    .language-zh-CN = 中文

cmd-about = 我能做什么、数据有多新、保存了你的什么信息

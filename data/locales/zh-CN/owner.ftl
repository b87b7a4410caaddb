### 给运行者看的：/owner 的回答，以及出问题时的私信。

cmd-owner = 供本机器人的运行者使用
cmd-owner-reload = 重新读取目录文件，并说明有哪些变化
cmd-owner-status = 查看运行状况：进程、队列、版本

owner-only = 只有本应用的所有者或其团队成员可以这样做。

owner-reloaded = **目录已重新读取。**{ $count ->
        [0] 没有变化。
       *[other] 共 { $count } 处变化：
    }
owner-change = - { $change }
owner-more = - ……另有 { $n } 处，详见日志
owner-cut-short = -# ……内容过长，其余请看日志
owner-reload-others = -# 这个数据库上还有 { $n } 个投递进程；使用 SQLite 时，需要分别向它们发送 SIGHUP 才会重新读取。
owner-reload-told = -# 各个进程正在检查自己的目录文件。
owner-broken = **目录有错误。**仍在使用上一份正确的目录。需要修改 { $count } 处：

owner-status-well = **GPU Scout { $version }** 运行正常。
owner-status-ill = **GPU Scout { $version }** 有问题：{ $problems }。
owner-problem-gateway = 与 Discord 的连接已断开
owner-problem-tick = 提醒没有被检查
owner-problem-token = Discord 拒绝了令牌
owner-problem-database = 数据库没有响应
owner-status-processes = 投递进程：**{ $n }** 个
owner-status-tick = 本进程在 { $ago } 秒前检查过提醒。
owner-status-no-tick = 本进程不负责投递。
owner-status-queue = 待发送：**{ $waiting }** · 已逾期：**{ $overdue }**
owner-status-oldest = 最早的一条应在 { $since } 发出。
owner-status-catalog = 目录：{ $offers } 个方案，最新来源日期 { $date }
owner-status-versions = -# 数据库结构 { $schema } · discord.py { $library } · Python { $python }

owner-delivery = ⚠️ **提醒延误了。**最早的一条应在 { $since } 发出，但还没有送达。提醒不会丢失。请查看日志并运行 `gpu-scout doctor`。
owner-database = ⚠️ **无法保存数据：**{ $reason }。现在谁都不能创建提醒。请运行 `gpu-scout doctor` 查看原因。
owner-disk = ⚠️ **磁盘快满了：**数据库所在磁盘只剩 { $free } MB。请尽快清理空间。
owner-over = ✅ 已于 { $at } 恢复正常。

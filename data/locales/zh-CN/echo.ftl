### 输入时间时显示的解读：每条一行，最多 100 个字符。

echo-examples-duration = 1小时 | 6小时 | 12小时
echo-examples-time = 30分钟后 | 2小时后 | 明天早上9点
echo-examples-start = 10分钟前 | 1小时前
echo-ahead =
    { $at ->
        [none] { $span }后
       *[other] { $span }后，你那里是{ $at }
    }
echo-ago =
    { $at ->
        [none] { $span }前
       *[other] { $span }前，你那里是{ $at }
    }
echo-now =
    { $at ->
        [none] 刚刚
       *[other] 刚刚，你那里是{ $at }
    }
echo-at = { $clock }
echo-at-day =
    { $weekday ->
        [mon] 周一
        [tue] 周二
        [wed] 周三
        [thu] 周四
        [fri] 周五
        [sat] 周六
       *[sun] 周日
    } { $date } { $clock }
echo-zone = 看懂了，接下来会问你的时区。

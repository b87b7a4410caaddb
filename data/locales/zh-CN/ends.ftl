### 正在运行的会话因统计变化而改在别的时间结束

new-end-limit = ⏳ **你在 { $name } 上正在运行的会话改为 { $clock } 结束：单次会话最多 { $hours } 小时。** 提醒时间已随之调整。
new-end-weekly = ⏳ **你在 { $name } 上正在运行的会话改为 { $clock } 结束：本周额度会先用完。** 提醒时间已随之调整。
new-end-monthly = ⏳ **你在 { $name } 上正在运行的会话改为 { $clock } 结束：本月额度会先用完。** 提醒时间已随之调整。
new-end-window = ⏳ **你在 { $name } 上正在运行的会话改为 { $clock } 结束：剩余额度会先用完。** 提醒时间已随之调整。
new-end-credits = ⏳ **你在 { $name } 上正在运行的会话改为 { $clock } 结束：余额会先用完。** 提醒时间已随之调整。
new-end-planned = ⏳ **你在 { $name } 上正在运行的会话改回 { $clock } 结束，与你的计划一致。** 提醒时间已随之调整。
new-end-any = ⏳ **你在 { $name } 上正在运行的会话改为 { $clock } 结束。** 提醒时间已随之调整。

ends-correct = -# 实际剩得更多？用 { $show } 更正统计，提醒会随之调整。

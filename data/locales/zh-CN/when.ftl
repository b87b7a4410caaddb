### 为什么看不懂一个时间：每句都说明该怎么写。

when-empty = 时间是空的。可以写成 6小时、半小时、明天早上9点。
when-too_long = 这段文字太长，不像时间。可以写成 6小时、半小时、明天早上9点。
when-forbidden = 时间里不能有链接、提及或不可见字符。可以写成 6小时、明天早上9点。
when-unknown_word = 我看不懂时间里的“{ $word }”。可以写成 6小时、半小时、明天早上9点。
when-unreadable = 我看不懂这个时间。可以写成 6小时、半小时、明天早上9点。
when-bare_number = 数字后面要有单位，例如 { $word }小时 或 { $word }分钟。
when-recurring = 时间里不能写重复。这里只写第一次的时间，重复请用 /remind me 的 every: 选项。
when-past = 这个时间已经过去，请写一个将来的时间。
when-negative = 时长不能是负数。可以写成 6小时、半小时。
when-zero = 时长不能是零。可以写成 6小时、半小时。
when-range = 这是一个范围。请只写一个时间，例如 2小时、明天早上9点。
when-several = 这里有不止一个时间。请只写一个，例如 2小时、明天早上9点。
when-vague = 这个时间太笼统。请写明确些，例如 2小时、周一10:00。
when-ambiguous_date = 这个日期有两种理解。请写成 2026-12-24 或 12月24日。
when-ambiguous_hour = 是上午还是晚上？请写成 早上9点、晚上9点 或 21:00。
when-ambiguous_unit = 是月还是分钟？请写成“个月”或“分钟”。
when-contradiction = 这个时间前后矛盾。
when-impossible = 没有这样的日期或时刻。
when-ahead = 这个时间还没到。请写已经开始的时间，例如 20分钟前、14:05。
when-long_ago = 这个时间太早了。开始时间最多只能是 7 天以前。
when-too_near = 这个时间太近，来不及提醒。
when-too_far = 时间太远了。我最多只能提醒一年以内的事。

### 2020 年以来的变化：当时与现在

changes-title = ### { $name }：2020 年以来的变化
changes-title-several = ### 2020 年以来的变化
changes-offer = **{ $name }**
changes-subject = **{ $subject }**
changes-then = - { $date }：{ $value }（{ $source }）
changes-now = - → **现在：**{ $fact }
changes-now-same = - → **现在，与当时相同：**{ $fact }
changes-line = - { $subject }：{ $value }（{ $date }）→ **现在** { $fact }
changes-line-same = - { $subject }：{ $value }（{ $date }），{ $fact }
changes-still = 现在相同
changes-line-alone = - { $subject }：{ $value }（{ $date }）
changes-line-more = { $line } · 其间还有 { $n } 次变化
changes-unknown = -# { $names } 没有已知的旧数据。
changes-none = 没有已知的旧数据。
changes-hint = -# 每一步及其来源，见 { $info } 中的同名按钮。

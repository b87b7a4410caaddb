### /gpu report and /gpu changes

report-title = { $name }：哪里不对？
report-wrong = 哪里不对？实际情况是什么？
report-source = 依据是什么（有链接最好）
report-stored = 谢谢。运营者会看到你对 { $name } 的反馈，核实之后再修改。
error-report-many = 今天的反馈已经够多了，其余的请明天再说。
error-report-empty = 请用文字说明哪里不对。

lately-title = ## 最近的变化
lately-status = - { $day } **{ $name }** { $status }
lately-value = - { $day } **{ $name }** { $subject }，当时：{ $value }（{ $source }）
lately-value-today = - { $day } **{ $name }** { $subject }，当时：{ $value }（{ $source }）→ **现在** { $fact }
lately-value-same = - { $day } **{ $name }** { $subject }：{ $value }（{ $source }），现在相同
lately-none = 没有已知日期的变化。
lately-hint = -# { $command } 显示现在的情况。

### /gpu report and /gpu changes

report-title = { $name }: what is wrong?
report-wrong = What is wrong, and how is it really?
report-source = Who says so (an address, if you have one)
report-stored = Thank you. The operator reads what you said about { $name } and looks it up before anything changes.
error-report-many = That is enough for today. Please report the rest tomorrow.
error-report-empty = Please say in words what is wrong.

lately-title = ## What changed lately
lately-status = - { $day } **{ $name }** { $status }
lately-value = - { $day } **{ $name }** { $subject }, then: { $value } ({ $source })
lately-value-today = - { $day } **{ $name }** { $subject }, then: { $value } ({ $source }) → **today** { $fact }
lately-value-same = - { $day } **{ $name }** { $subject }: { $value } ({ $source }), the same today
lately-none = Nothing with a date is known.
lately-hint = -# { $command } shows what holds today.

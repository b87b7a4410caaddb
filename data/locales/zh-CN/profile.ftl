### /gpu profile，以及其他回复中提到它的话

cmd-gpu-profile = 你的常用条件：查看、修改或清除

profile-title = ## 你的常用条件
profile-saved = ## 已保存你的常用条件
profile-none = 还没有保存任何条件。在下面选择，选完立即保存。
profile-use = -# { $recommend } 和 { $unlock } 会默认采用这些条件并注明；命令里写明的选项优先。其他条件：先用 { $recommend } 的选项查询，再点“设为常用条件”。
profile-forget = 清除
profile-forgotten = 你的常用条件已清除。想重新保存，请用 { $profile }
profile-restore = 撤销
profile-left-out = -# { $count ->
       *[other] 你保存的条件中有 { $count } 项来自我的其他版本，无法识别，已忽略。
    }
profile-too-much = 条件太多，无法保存，因此没有任何改动。请先去掉一项。
profile-from = -# 来自你的常用条件：{ $wishes }
profile-aside = 这次不用常用条件
profile-keep = 设为常用条件

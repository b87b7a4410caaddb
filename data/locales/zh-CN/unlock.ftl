### /gpu unlock

cmd-gpu-unlock = 只改变一样（手机号、银行卡……），哪一样能让你每周多用最多的 GPU
    .card = 有银行卡并愿意提供（默认：否）
    .phone = 有手机可接收验证码（默认：否）
    .student = 有学校邮箱（默认：否）
    .waitlist = 愿意等待审批（默认：否）
    .identity = 愿意出示身份证件（默认：是）
    .application = 愿意提交申请（默认：是）
    .vram = 单卡可用显存，至少多少 GiB
    .gpu = 型号或系列，例如 T4、L4、A100、Ampere
    .session = 单次会话至少多少小时
    .weekly = 每周至少多少小时
    .background = 关闭浏览器后继续运行
    .region = 你所在的国家或地区，两个字母，例如 CN、DE

unlock-title = ## 收获最大：{ $key }
unlock-title-unsure = ## 没有哪一样确定有用；先确认：{ $key }
unlock-title-none = ## 只改一样，不会再多出什么
unlock-opens = **+{ $work }**：{ $names }
unlock-opens-unsure = { $names }，但具体有多少算力不确定
unlock-better = **+{ $work }**：已能使用的方案可以选更好的卡
unlock-may-open = { $count ->
       *[other] 可能多出 { $count } 个方案
    }
unlock-and-more = { $names } 等，另有 { $n } 个
unlock-now = -# 目前确定能用的：{ $count ->
        [0] 暂无
       *[other] { $work }，来自 { $count } 个方案
    }
unlock-assumed = -# 你没有提到{ $wishes }，我先当作都没有。请在下面选择你具备的条件。
unlock-then = **其次**
unlock-check = **可能有用，请自行确认**
unlock-key = { $place }. { $key }：{ $opens }
unlock-button = { $place }. { $key }

unlock-key-card = 银行卡
unlock-key-phone = 手机号
unlock-key-id_check = 身份验证
unlock-key-academic_email = 学校邮箱
unlock-key-waitlist = 愿意等待审批
unlock-key-application = 提交申请

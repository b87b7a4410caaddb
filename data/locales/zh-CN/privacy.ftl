### /privacy

cmd-privacy = 我保存了你的哪些数据：查看、导出、删除
cmd-privacy-show = 我保存了你的哪些数据，保存多久
cmd-privacy-export = 把我保存的全部数据做成文件，私信发给你
cmd-privacy-delete = 删除我保存的你的全部数据（会先确认）

privacy-title = ## 我保存的你的数据
privacy-amount = 目前{ $coming ->
        [0] 没有未到的提醒
       *[other] 有 { $coming } 个未到的提醒
    }，{ $over ->
        [0] 没有已结束的提醒
       *[other] 有 { $over } 个已结束的提醒
    }。
privacy-nothing = 目前没有保存你的任何数据。
privacy-reminders = - **提醒**，包括备注和创建的位置：结束 { $days } 天后删除
privacy-ledger = - **额度的用量记录**：结束 { $days } 天后删除，也可随时自己删除
privacy-settings = - **你的选择**，例如时区和语言：保存到你删除为止
privacy-wishes = - **你的关注和反馈**：关注保存到你取消为止，反馈保存到你删除为止
privacy-channel = - **我们私信的频道 ID**：有提醒期间保存
privacy-server = - **服务器的设置**，不记录是谁设置的：保存到我被移出服务器为止
privacy-nothing-else = 除了 @ 我的提问，我不读取消息，也不保存消息，更不向任何人提供数据。已经发给你的消息会留在 Discord 里，可以在那里删除。
privacy-export-button = 给我一份副本
privacy-ask-button = 全部删除……

privacy-ask-title = ## 要全部删除吗？
privacy-ask = { $coming ->
        [0] 没有未到的提醒。已结束的提醒和你的设置会被删除，
       *[other] **{ $coming } 个未到的提醒会被取消**，不会再发送。已结束的提醒和你的设置也会被删除，
    }无法撤销。
privacy-ask-export = -# 可以先用 { $export } 保存一份副本。
privacy-erase-button = 全部删除
privacy-keep-button = 保留
privacy-erased = 已删除我保存的你的全部数据。{ $cancelled ->
        [0] 没有未到的提醒。
       *[other] 取消了 { $cancelled } 个未到的提醒。
    }
privacy-erased-in-flight = -# 有 { $n } 条消息已在发送途中，可能还会收到，但每条最多一次。
privacy-erased-rest = -# 之前发给你的消息仍留在 Discord 里，可以在那里删除。
privacy-kept = 没有删除任何内容。

privacy-export-sent = 文件已通过私信发送：{ $message }
privacy-export-file = 我保存的你的全部数据（JSON）。
privacy-export-attached = 没能给你发私信，所以文件放在这里，只有你能看到。

error-privacy-not-yours = 这个按钮不是给你的，什么都没有改变。

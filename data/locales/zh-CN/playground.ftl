### 演练场：在本地浏览器页面里运行的机器人。/playground 只在这里存在。

cmd-playground = 本演练场：拨快时钟
cmd-playground-skip = 让时间快进，马上看到提醒
    .duration = 快进多久，例如 5小时30分

playground-skipped = ⏩ 时间已快进，现在是 { $now }。
playground-skip-too-far = 时钟一次最多快进一年。试试 `5h30m`。

playground-greeting = ## 你好，我是 GPU Scout
    试试这些命令，点一下就会填好：
    - { $ask } 直接用自己的话提问
    - { $recommend } 适合你的方案与理由 · { $unlock } 补上什么能多用 GPU
    - { $compare } 并排比较免费 GPU · { $info } 查看其中一个
    - { $fit } 你的模型放不放得下，放在哪
    - { $session } 会话结束前提醒你，再用 { $skip } 立刻看到效果 · { $quota } 额度还剩多少
    - { $settings } 时区与语言 · { $about } 其他一切
    -# 这个页面是真实的机器人，运行在它自己的小型 Discord 里。在上方切换成员，可以换一个人来看。

### 每类错误一句话，不透露内部细节。

error-unexpected = 我这边出了点问题；没有确认过的内容都没有改变。如果要反馈，请附上编号 `{ $id }`。
error-discord-down = Discord 没有及时响应，请稍后再试。
error-forbidden = 我在这里没有权限这样做。可以请管理员检查我在本频道的权限。
error-not-allowed = 只有能管理本服务器的人才能这样做。
error-server-only = 这个操作只能在服务器里使用。
error-command-changed = 这个命令已经更新，你的 Discord 显示的是旧版本。请刷新 Discord（Ctrl+R）后再试。
error-bad-option = 我看不懂“{ $value }”。请从 Discord 显示的选项里选一个。
error-no-such-offer = 没有找到名为“{ $value }”的方案。请输入几个字，再从选项里选。
error-no-such-reminder = 你没有这个提醒。用 { $list } 查看你的提醒。
error-database-busy = 刚才没能保存，所以什么都没有改变。请稍后再试。
error-bad-country = 请用两个字母写国家或地区，例如 CN、DE、US。

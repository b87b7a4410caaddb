### 仅本人可见的回复下方的“分享”按钮

share-button = 分享
share-done = 已分享
share-by = -# 由 { $name } 分享
share-not-you = 你在这个频道里没有发言权限，所以我没有替你发布。
share-hidden = 这里不允许应用公开发布消息，Discord 只让你看到了副本，并没有分享出去。
share-underway = 正在分享，请稍候。

### /gpu follow, and the message that follows

follow-begun = You follow **{ $name }** now: one message, like a reminder, when one of its facts changes.
follow-already = You follow **{ $name }** already.
follow-title = ## What you follow
follow-list = -# Followed: { $names }
follow-none = You follow nothing. { $command } with an offer sends you a message when one of its facts changes.
follow-stop = Stop following …
follow-note = { $name } changed: { $changes }
follow-change = { $subject } { $before } → { $after }
follow-unknown = unknown
follow-more = { $n ->
        [one] { $n } more fact
       *[other] { $n } more facts
    }
follow-gone = { $name } is no longer in my catalog, so you don’t follow it any more.
error-follow-many = You follow { $limit } offers, which is as many as one may. Stop one with { $command } first.

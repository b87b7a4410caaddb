### The Share button below answers that only one person sees

share-button = Share
share-done = Shared
share-by = -# Shared by { $name }
share-not-you = You may not write in this channel, so I did not post it for you.
share-hidden = Discord kept the copy private, as it does where apps may not post for everybody. Nothing was shared.
share-underway = That is being shared already.

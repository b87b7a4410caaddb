### Where the bot can't post later

remind-here-foreign = -# I am not a member of this server and can't post here later, so it comes as a direct message.
remind-here-private = -# I am not part of this conversation and can't post here later, so it comes as a direct message.
remind-dm-stranger = -# It comes as a direct message. I am not a member here, so that works only if we share another server or you have added me to your account.
error-server-without-me = This server has not added me, so it has no settings with me. An admin can add me first.

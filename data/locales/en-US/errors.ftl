### One sentence for each class of error. None tells what went on inside.

error-unexpected = Something went wrong on my side, and nothing was changed that I did not confirm. If you report it, mention the number `{ $id }`.
error-discord-down = Discord did not answer me in time. Please try again in a moment.
error-forbidden = I am not allowed to do that here. An admin can check my permissions in this channel.
error-not-allowed = Only people who may manage this server can do that.
error-server-only = That works in a server only.
error-command-changed = This command has changed since Discord last showed it to you. Reload Discord (Ctrl+R) and try again.
error-bad-option = I could not read “{ $value }”. Pick one of the choices that Discord shows.
error-no-such-offer = I know no offer called “{ $value }”. Start typing and pick one of the choices.
error-no-such-reminder = You have no such reminder. { $list } shows yours.
error-database-busy = I could not store that just now, so nothing was changed. Please try again in a moment.
error-bad-country = Give your country as two letters, such as DE, US or CN.

### The playground: the bot in a local browser page. /playground exists there only.

cmd-playground = This playground: move its clock
cmd-playground-skip = Let time pass, to see a reminder at once
    .duration = How much time, such as 5h30m

playground-skipped = ⏩ Time has passed. It is now { $now }.
playground-skip-too-far = The clock moves at most one year at a time. Try `5h30m`.

playground-greeting = ## Hello from GPU Scout
    Try these; click a command to type it:
    - { $ask } a question in your own words
    - { $recommend } what fits your needs, and why · { $unlock } what would open more
    - { $compare } free GPUs side by side · { $info } one of them
    - { $fit } whether your model fits, and on what
    - { $session } a warning before a session ends, then { $skip } to see it at once · { $quota } what is left
    - { $settings } your time zone and language · { $about } everything else
    -# This page is the real bot in a small Discord of its own. Switch the member above to see it as somebody else.

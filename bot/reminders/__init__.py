"""Promises to users, from the moment one is made until it was delivered or explained.

`service` makes and cancels them, `ticker` wakes up when one is due, `deliver` claims and sends it
through a `courier`. What lies beneath, SQL and Discord, is reached through the protocols in `ports`
and `courier`.
"""

"""What Discord does wrong, or refuses."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from typing import Final

from bot.reminders.models import OccurrenceState
from tests.fakes.discord import Channel, Permission
from tests.fakes.discord.faults import Moment
from tests.faults.arena import PATIENCE_S, Arena
from tests.faults.row import Row

SENDS: Final = r"/channels/\d+/messages"
CEILING: Final = 50
"""Requests in any one second that Discord takes from all processes of a bot."""
_MOMENTS: Final[tuple[Moment, ...]] = ("before", "after")
_BAN_IS_AT: Final = 10_000


def load_on(arena: Arena, row: Row) -> None:
    """Write into a row what all processes asked of Discord, and what of it must not be.

    Requests are counted as they leave: the fake shares a busy machine, and where it is held up it
    finds those of a longer time at once.
    """
    limits = arena.fake.limits
    invalid = limits.invalid_requests
    left = arena.most_in_a_second()
    row.figures |= {
        "most requests in 1 s": left,
        "most that arrived in 1 s": limits.global_peak,
        "401/403/429": invalid,
    }
    row.check(left <= CEILING, f"{left} requests in one second")
    row.check(invalid < _BAN_IS_AT / 10, f"{invalid} invalid requests")
    row.check(not arena.fake.violations, f"refused: {arena.fake.violations[:2]}")


async def cut(arena: Arena, *, reminders: int, workers: int = 1) -> Row:
    """Let Discord make the message and cut the connection, one time in five."""
    await arena.owe(reminders)
    arena.fake.faults.seed(1)
    fault = arena.fake.faults.cut(
        method="POST", path=SENDS, moment="after", times=None, probability=0.2
    )
    processes = [await arena.start() for _ in range(workers)]
    settled = await arena.all_settled(within=60 + reminders / 8)
    for process in processes:
        await process.stop()
    row = Row(
        fault="message made, then the connection cut",
        run=f"20 % of sends, {workers} process{'es' if workers > 1 else ''}",
        figures={"cut": fault.hits},
    )
    row.check(settled, "some were never settled")
    row.check(fault.hits > reminders / 10, "hardly any was cut")
    arena.tally().judge(row)
    load_on(arena, row)
    return row


async def mixed(
    arena: Arena,
    *,
    reminders: int,
    outage_s: float,
    workers: int = 3,
    rules: dict[str, float] | None = None,
) -> Row:
    """Answer 500 to 504, limit globally and by route, hang, be away for a while, all at once."""
    fake = arena.fake
    faults = fake.faults
    # Spread, so that some are due in each phase.
    await arena.owe(reminders, over=timedelta(seconds=reminders / 20))
    errors = [
        faults.answer(
            status, method="POST", path=SENDS, moment=moment, times=None, probability=0.03
        )
        for status in (500, 501, 502, 503, 504)
        for moment in _MOMENTS
    ]
    limited = [
        faults.rate_limit(0.7, method="POST", path=SENDS, times=None, probability=0.03),
        faults.rate_limit(
            1.5, is_global=True, method="POST", path=SENDS, times=None, probability=0.01
        ),
    ]
    hung = [
        faults.hang(method="POST", path=SENDS, moment=moment, times=reminders // 40)
        for moment in _MOMENTS
    ]
    processes = await arena.delivering(workers, rules=rules)
    await arena.delivered(reminders // 4, within=60 + reminders / 8)
    struck = sum(fault.hits for fault in (*errors, *limited, *hung))
    await fake.stop()  # which takes all faults back, too
    await asyncio.sleep(outage_s)
    await fake.start()
    for status in (500, 502, 503):
        faults.answer(status, method="POST", path=SENDS, times=None, probability=0.03)
    settled = await arena.all_settled(within=150 + reminders / 8)
    for process in processes:
        await process.stop()
    tally = arena.tally()
    row = Row(
        fault="500-504, 429 global and by route, hung sockets, outage",
        run=f"mixed, {outage_s:.0f} s outage, {workers} processes",
        figures={"faults": struck, "latest s": tally.latest_s},
    )
    row.check(settled, "some were never settled")
    tally.judge(row)
    load_on(arena, row)
    return row


def _deny(arena: Arena, channel: Channel, permission: Permission) -> None:
    world, guild = arena.fake.world, arena.stage.scene.guild
    for role_id in guild.members[world.bot.id].role_ids:
        world.overwrite(channel, guild.roles[role_id], deny=permission)


_REASONS: Final = {
    "channel gone": "the channel is gone",
    "no access": "I can't see it any more",
    "no permission": "I may not write there",
    "thread archived": "it is archived",
    "owner timed out": "you may not write there",
    "bot removed": "I am no longer in that server",
}


async def refusals(arena: Arena) -> Row:
    """Let each place refuse in its own way; the reminder comes elsewhere and tells why."""
    fake, world, scene = arena.fake, arena.fake.world, arena.stage.scene
    places: dict[str, Channel] = {}
    for name in _REASONS:
        guild = world.add_guild(name) if name == "bot removed" else scene.guild
        places[name] = world.add_channel(guild, name.replace(" ", "-"))
        if name == "thread archived":
            places[name] = world.add_thread(places[name], name)
    closed, unreachable = world.add_user("closed"), world.add_user("unreachable")
    owners = {name: world.add_user(name) for name in _REASONS}
    for user in (closed, unreachable, *owners.values()):
        world.add_member(scene.guild, user)
    origin = world.add_channel(scene.guild, "origin")
    lost = world.add_channel(scene.guild, "lost")
    notes = {
        name: (await arena.owe(1, owners=[owners[name]], channel=place))[0]
        for name, place in places.items()
    }
    await arena.owe(1, owners=[closed], origin=origin)
    await arena.owe(1, owners=[unreachable], origin=lost)

    closed.dm_closed = unreachable.dm_closed = True
    world.delete_channel(lost)
    world.delete_channel(places["channel gone"])
    _deny(arena, places["no access"], Permission.VIEW_CHANNEL)
    _deny(arena, places["no permission"], Permission.SEND_MESSAGES)
    places["thread archived"].archived = places["thread archived"].locked = True
    muted = scene.guild.members[owners["owner timed out"].id]
    muted.timed_out_until = time.time() + 3600
    left = places["bot removed"].guild
    assert left is not None
    world.remove_member(left, world.bot)

    worker = await arena.start()
    settled = await arena.all_settled(within=60)
    await worker.stop()
    row = Row(
        fault="DMs closed, channel gone, no access, archived, timed out, bot removed",
        run="each once",
        figures={"reminders": len(arena.promised)},
    )
    row.check(settled, "some were never settled")
    seen = arena.seen()
    for name, reason in _REASONS.items():
        messages = seen.get(notes[name], [])
        row.check(
            [m.channel for m in messages] == [fake.dm(owners[name])] and reason in messages[0].text,
            f"{name}: {[m.text for m in messages]}",
        )
        row.check(not arena.stage.told(places[name]), f"{name}: something stands there")
    told = arena.stage.told(origin)
    row.check(
        len(told) == 1 and "tally-" not in told[0].text and told[0].mentioned_users == (closed,),
        f"DMs closed: {[m.text for m in told]}",
    )
    states = await arena.states()
    row.check(states[OccurrenceState.DEAD] == 1, f"nowhere to go: {states}")
    load_on(arena, row)
    return row


async def wrong_token(arena: Arena, *, reminders: int) -> Row:
    """Refuse the token in the middle of it; a restart with the right one delivers the rest."""
    await arena.owe(reminders)
    fake = arena.fake
    right = fake.state.token
    worker = await arena.start()
    await arena.delivered(reminders // 4, within=PATIENCE_S)
    fake.state.token = right[:-1] + "y"
    await worker.wait_for_line("Discord refuses the token", within=PATIENCE_S)
    await asyncio.sleep(1)  # for the answers to what was on its way
    refused = sum(each.status == 401 for each in fake.requests)
    await asyncio.sleep(3)
    again = sum(each.status == 401 for each in fake.requests)
    await worker.stop()
    fake.state.token = right
    worker = await arena.start()
    settled = await arena.all_settled(within=60 + reminders / 8)
    await worker.stop()
    row = Row(fault="401", run="the token refused during delivery", figures={"401": again})
    row.check(again == refused, "it went on asking")
    row.check(settled, "some were never settled")
    arena.tally().judge(row)
    return row


async def gateway(arena: Arena, *, rounds: int) -> Row:
    """Drop the gateway, ask for a reconnect, invalidate the session, again and again."""
    fake, scene = arena.fake, arena.stage.scene
    bot = await arena.bot()
    await arena.owe(rounds * 3, over=timedelta(seconds=rounds * 3))
    for number in range(rounds):
        fake.gateway.drop()
        await fake.wait_for_resumed(count=2 * number + 1, timeout=PATIENCE_S)
        await fake.slash(scene.alice, scene.channel, "about")
        fake.gateway.ask_reconnect()
        await fake.wait_for_resumed(count=2 * number + 2, timeout=PATIENCE_S)
        await fake.slash(scene.ming, scene.channel, "about")
        fake.gateway.invalidate()
        await fake.wait_for_ready(count=number + 2, timeout=PATIENCE_S)
        await fake.slash(scene.alice, scene.channel, "about")
    settled = await arena.all_settled(within=60)
    await bot.stop()
    row = Row(
        fault="gateway dropped, resumed, session invalidated",
        run=f"{rounds} times each",
        figures={"commands answered": 3 * rounds},
    )
    row.check(settled, "some were never settled")
    arena.tally().judge(row)
    return row

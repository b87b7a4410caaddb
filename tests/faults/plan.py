"""Which scenarios there are, how long each is played, and on what ground."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, Literal, final

from tests.fakes.discord import FakeDiscord
from tests.faults import bad_discord, bad_store, bad_time, kills, series, several
from tests.faults.arena import Arena, arena
from tests.faults.postgresql import Server
from tests.faults.row import Row

Database = Literal["sqlite", "postgresql"]
_DATABASES: Final[tuple[Database, ...]] = ("sqlite", "postgresql")

_QUICK: Final = {"lease": 5.0, "send_timeout": 2.0, "retry_most": 6.0}
"""The rules' own ratio, so that the short run need not wait out a lease of 30 s, nor a pause of a
minute."""

_SOON: Final = "11s"
"""Hardly more than the soonest that the bot takes."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One scenario, ready to be played."""

    name: str
    database: Database
    play: Callable[[Arena, Server | None], Awaitable[Row]]
    only_long: bool = False
    """Whether the short run does without: another scenario of the same row stands for it."""
    together: str | None = None
    """Those of one name are played side by side in the short run, since they mostly wait."""
    clock_from: str | None = None
    """Where the clock of the bot and of Discord can be moved: "now", or a change of DST."""


def scenarios(*, long: bool) -> list[Scenario]:
    """Return all of them for the soak, or those of a short run."""
    return [each for each in _all(long=long) if long or not each.only_long]


def _all(*, long: bool) -> list[Scenario]:
    return [
        *(
            Scenario(
                name=f"kills-{workers}-{database}",
                database=database,
                play=_kills(workers, long=long),
                only_long=(workers == 1) == (database == "postgresql"),
            )
            for database in _DATABASES
            for workers in (1, 3)
        ),
        *(
            Scenario(
                name=f"series-{database}",
                database=database,
                together="series",
                play=_series(long=long),
                only_long=database == "postgresql",
            )
            for database in _DATABASES
        ),
        Scenario(
            name="doubt",
            database="sqlite",
            together="postgresql-restarts",
            play=lambda a, _: kills.doubt(
                a, rounds=10 if long else 1, reminders=40 if long else 16
            ),
        ),
        Scenario(
            name="cut",
            database="sqlite",
            together="postgresql-restarts",
            play=lambda a, _: bad_discord.cut(a, reminders=1000 if long else 40),
        ),
        Scenario(
            name="cut-3",
            database="postgresql",
            only_long=True,
            play=lambda a, _: bad_discord.cut(a, reminders=1000 if long else 40, workers=3),
        ),
        Scenario(
            name="mixed",
            database="postgresql",
            play=lambda a, _: bad_discord.mixed(
                a,
                reminders=1500 if long else 32,
                outage_s=60 if long else 3,
                rules=None if long else _QUICK,
            ),
        ),
        Scenario(
            name="refusals",
            database="sqlite",
            together="refusals",
            play=lambda a, _: bad_discord.refusals(a),
        ),
        Scenario(
            name="wrong-token",
            database="sqlite",
            together="refusals",
            play=lambda a, _: bad_discord.wrong_token(a, reminders=200 if long else 40),
        ),
        Scenario(
            name="gateway",
            database="sqlite",
            only_long=True,  # tests/process/test_gateway.py does the same in little
            play=lambda a, _: bad_discord.gateway(a, rounds=20 if long else 1),
        ),
        *(
            Scenario(
                name=f"down-{span.days or '5min'}",
                database="sqlite",
                together="refusals",
                play=_down(span, long=long),
            )
            for span in (timedelta(minutes=5), timedelta(days=3))
        ),
        Scenario(
            name="postgresql-restarts",
            database="postgresql",
            together="postgresql-restarts",
            play=_restarts(long=long),
        ),
        Scenario(
            name="sqlite-full",
            database="sqlite",
            together="store",
            play=lambda a, _: bad_store.sqlite_full(
                a, wishes=80 if long else 40, when="20s" if long else _SOON
            ),
        ),
        Scenario(
            name="sqlite-locked",
            database="sqlite",
            together="store",
            play=lambda a, _: bad_store.sqlite_locked(
                a, seconds=30 if long else 6, wishes=24 if long else 8, due_s=20 if long else 11
            ),
        ),
        Scenario(
            name="sqlite-killed",
            database="sqlite",
            together="store",
            play=lambda a, _: bad_store.killed_between_commits(
                a, kills=30 if long else 2, when="20s" if long else _SOON
            ),
        ),
        *(
            Scenario(
                name=f"clock-{hours:+d}h",
                database="sqlite",
                play=_jump(hours, long=long),
                together="time",
                clock_from="now",
            )
            for hours in (1, -1)
        ),
        *(
            Scenario(
                name=f"dst-{way}",
                database="sqlite",
                play=_daylight_saving(way),
                together="time",
                clock_from=way,
            )
            for way in ("forward", "back")
        ),
        Scenario(
            name="several",
            database="postgresql",
            together="several",
            play=lambda a, _: several.share(
                a,
                reminders=2400 if long else 90,
                over_s=60 if long else 6,
                bots=2 if long else 0,
                heartbeat_s=5 if long else 1,
            ),
        ),
        Scenario(
            name="sigterm",
            database="postgresql",
            together="several",
            play=lambda a, _: several.stops(
                a, times=20 if long else 1, reminders=600 if long else 40
            ),
        ),
    ]


async def play(
    scenario: Scenario, folder: Path, server: Server | None, *, migrating: asyncio.Lock
) -> Row:
    """Play one in a folder of its own; `server` is needed where its database is PostgreSQL.

    `migrating` is one for all that are played side by side.
    """
    if scenario.database == "postgresql":
        assert server is not None
        database = await server.database()
    else:
        database = f"sqlite:///{folder / 'scout.sqlite3'}"
    fake = None
    if scenario.clock_from is not None:
        start = None if scenario.clock_from == "now" else bad_time.dst_starts(scenario.clock_from)
        fake = FakeDiscord(now=bad_time.SharedClock.at(folder, start).now)
    async with arena(folder, database, migrating=migrating, fake=fake) as ground:
        row = await scenario.play(ground, server)
        row.check(not ground.fake.defects, f"{ground.fake.defects[:2]}")
        return row


_Play = Callable[[Arena, Server | None], Awaitable[Row]]


def _kills(workers: int, *, long: bool) -> _Play:
    async def scenario(arena: Arena, _: Server | None) -> Row:
        if long:
            return await kills.kills(arena, workers=workers, kills=55, reminders=1300)
        return await kills.kills(arena, workers=workers, kills=3, reminders=30, rules=_QUICK)

    return scenario


def _series(*, long: bool) -> _Play:
    async def scenario(arena: Arena, _: Server | None) -> Row:
        if long:
            return await series.series(arena, count=50, rounds=8, kills=4, workers=2, rules=_QUICK)
        return await series.series(arena, count=6, rounds=2, kills=1, workers=1, rules=_QUICK)

    return scenario


def _down(span: timedelta, *, long: bool) -> _Play:
    async def scenario(arena: Arena, _: Server | None) -> Row:
        return await bad_time.down(arena, span=span, reminders=200 if long else 16)

    return scenario


def _restarts(*, long: bool) -> _Play:
    async def scenario(arena: Arena, server: Server | None) -> Row:
        assert server is not None
        return await bad_store.postgresql_restarts(
            arena,
            server,
            reminders=1000 if long else 40,
            restarts=10 if long else 2,
            rules=None if long else _QUICK,
        )

    return scenario


def _jump(hours: int, *, long: bool) -> _Play:
    async def scenario(arena: Arena, _: Server | None) -> Row:
        clock = bad_time.SharedClock(arena.stage.folder / "clock")
        return await bad_time.jump(
            arena,
            clock,
            hours=hours,
            reminders=400 if long else 20,
            rules=None if long else _QUICK,
        )

    return scenario


def _daylight_saving(way: str) -> _Play:
    async def scenario(arena: Arena, _: Server | None) -> Row:
        clock = bad_time.SharedClock(arena.stage.folder / "clock")
        return await bad_time.daylight_saving(arena, clock, way=way)

    return scenario

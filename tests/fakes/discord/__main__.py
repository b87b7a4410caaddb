"""Serve a fake Discord as a process of its own: `python -m tests.fakes.discord --port 0`.

Prints one line of JSON with its addresses, token, guilds, channels and users, and serves until
SIGINT or SIGTERM. `control.py` describes how it is steered over HTTP.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
from pathlib import Path

from tests.fakes.discord.server import FakeDiscord


async def _serve(options: argparse.Namespace) -> None:
    fake = FakeDiscord(host=options.host, port=options.port, openapi=options.openapi)
    fake.gateway.recommended_shards = options.shards
    users = [fake.world.add_user(f"user{n}") for n in range(options.users)]
    for number in range(options.guilds):
        guild = fake.world.add_guild(f"guild{number}", members=users)
        fake.world.add_channel(guild, "general")
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with fake:
        print(  # noqa: T201 - the line is the interface
            json.dumps(
                {
                    "api_base": fake.api_base,
                    "gateway": fake.gateway_url,
                    "control": f"{fake.address}/_fake",
                    "token": fake.token,
                    "application_id": str(fake.state.application_id),
                    "schemas": fake.schema_status,
                    "users": [str(user.id) for user in users],
                    "guilds": [
                        {"id": str(g.id), "channels": [str(c) for c in g.channels]}
                        for g in fake.world.guilds.values()
                    ],
                }
            ),
            flush=True,
        )
        await stop.wait()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.discord", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--shards", type=int, default=1, help="what GET /gateway/bot recommends")
    parser.add_argument("--guilds", type=int, default=1)
    parser.add_argument("--users", type=int, default=2, help="each is a member of each guild")
    parser.add_argument("--openapi", type=Path, help="Discord's OpenAPI document")
    asyncio.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()

"""`/healthz` and `/metrics` over HTTP, for those who watch the bot."""

from __future__ import annotations

import errno
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import StartupError
from bot.ops.health import Pulse
from bot.ops.metrics import CONTENT_TYPE, Metrics

_log = logging.getLogger(__name__)

_REASONS = {
    errno.EADDRINUSE: "something else listens there",
    errno.EADDRNOTAVAIL: "this machine has no such address",
    errno.EACCES: "only root may listen there",
}


@asynccontextmanager
async def serving(
    *, host: str, port: int, pulse: Pulse, metrics: Metrics
) -> AsyncGenerator[tuple[str, int]]:
    """Serve for as long as the block runs; yield the address and the port.

    Raises:
        StartupError: nobody can listen there.
    """

    async def healthz(_: web.Request) -> web.Response:
        health = await pulse.feel()
        return web.json_response(health.as_json(), status=200 if health.live else 503)

    async def exposition(_: web.Request) -> web.Response:
        body = metrics.exposition(await pulse.feel())
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/metrics", exposition)
    # Nothing of a request is logged: monitors ask every few seconds.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except (OSError, ValueError) as error:
            code = error.errno if isinstance(error, OSError) else None
            reason = _REASONS.get(code or 0, str(error))
            raise StartupError(
                f"HTTP_PORT {port} at {host} can't be listened on: {reason}. "
                "Set another HTTP_PORT or HTTP_HOST, or none."
            ) from error
        taken = int(runner.addresses[0][1])
        _log.info("health and metrics are served", extra={"host": host, "port": taken})
        yield host, taken
    finally:
        await runner.cleanup()

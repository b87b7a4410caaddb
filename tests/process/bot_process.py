"""`gpu-scout …` as an operator runs it: a process, what it prints, and how it ends."""

from __future__ import annotations

import asyncio
import json
import os
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Self, final

from bot.settings import Settings
from tests.fakes.discord.signals import Signal

CONSOLE_SCRIPT: Final = Path(sysconfig.get_path("scripts")) / "gpu-scout"
GRACE_S: Final = 10.0
"""What a container gives a process between SIGTERM and SIGKILL."""
_PATIENCE_S: Final = 15.0
_LONGEST_LINE: Final = 1 << 24
"""discord.py logs whole payloads at DEBUG."""


@final
class BotProcess:
    """One run of the console script. `start` begins it; what it prints is kept line by line."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.out: list[str] = []
        self.err: list[str] = []
        self._printed: Signal[str] = Signal("line")
        self._readers = [
            asyncio.create_task(self._read(process.stdout, self.out)),
            asyncio.create_task(self._read(process.stderr, self.err)),
        ]

    @classmethod
    async def start(cls, *arguments: str, folder: Path, environment: Mapping[str, str]) -> Self:
        """Start `gpu-scout` in a folder; of this process's own settings it inherits none."""
        # Nor what would have each start compile all modules anew.
        settings = {name.upper() for name in Settings.model_fields} | {"PYTHONDONTWRITEBYTECODE"}
        inherited = {k: v for k, v in os.environ.items() if k.upper() not in settings}
        process = await asyncio.create_subprocess_exec(
            CONSOLE_SCRIPT,
            *arguments,
            cwd=folder,
            env={**inherited, **environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=_LONGEST_LINE,
        )
        return cls(process)

    @property
    def printed(self) -> str:
        """All of standard output and standard error so far."""
        return "\n".join([*self.out, *self.err])

    @property
    def log(self) -> list[dict[str, Any]]:
        """The log, where LOG_FORMAT is json: each line of standard error must be an object."""
        return [json.loads(line) for line in self.err]

    @property
    def is_running(self) -> bool:
        """True until the process has ended."""
        return self._process.returncode is None

    async def wait_for_line(self, part: str, *, within: float = _PATIENCE_S) -> str:
        """Wait for a printed line, past ones included, that contains `part`."""
        return await self._printed.wait_for(
            lambda line: part in line,
            already=[*self.out, *self.err],
            timeout=within,
            describe=lambda: f"wanted {part!r} of:\n{self.printed[-2000:]}",
        )

    async def ended(self, *, within: float = _PATIENCE_S) -> int:
        """Wait until it ends by itself; return the exit code."""
        async with asyncio.timeout(within):
            await asyncio.wait(self._readers)
            return await self._process.wait()

    async def stop(self) -> None:
        """Send SIGTERM and see it end well within the grace."""
        self._process.terminate()
        code = await self.ended(within=GRACE_S)
        assert code == 0, f"exit code {code} after SIGTERM:\n{self.printed[-2000:]}"

    async def kill(self) -> None:
        """Send SIGKILL: nothing of it runs on."""
        if self.is_running:
            self._process.kill()
        await self.ended()

    async def _read(self, stream: asyncio.StreamReader | None, lines: list[str]) -> None:
        assert stream is not None
        while line := await stream.readline():
            text = line.decode().rstrip("\n")
            lines.append(text)
            self._printed.emit(text)

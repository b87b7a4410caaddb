"""`gpu-scout db`: what operators do with the database."""

import argparse
import asyncio
from collections.abc import Callable
from pathlib import Path

from bot.cli_catalog import Parsers
from bot.settings import Settings

Command = Callable[[argparse.Namespace], None]

# Each command imports what it needs, as in `bot.cli`.


def add_to(commands: Parsers, *, settings: Callable[[], Settings]) -> None:
    """Add the commands; `settings` reads them and sets up the log."""

    def on_database(work: Callable[[str, argparse.Namespace], None]) -> Command:
        def command(arguments: argparse.Namespace) -> None:
            work(settings().database_url.get_secret_value(), arguments)

        return command

    upgrade = commands.add_parser(
        "upgrade", help="bring the database to the schema of this version"
    )
    upgrade.set_defaults(command=on_database(_upgrade))

    backup = commands.add_parser(
        "backup", help="copy the SQLite database to a new file, while the bot runs"
    )
    backup.add_argument("path", metavar="PATH", type=Path, help="a file that does not exist yet")
    backup.set_defaults(command=on_database(_backup))

    restore = commands.add_parser(
        "restore", help="put a backup where the SQLite database is; the bot must not run"
    )
    restore.add_argument("path", metavar="PATH", type=Path, help="what `db backup` wrote")
    restore.add_argument(
        "--replace", action="store_true", help="move the database that is there aside"
    )
    restore.set_defaults(command=on_database(_restore))

    restored = commands.add_parser(
        "restored", help="make PostgreSQL safe to go on with after pg_restore"
    )
    restored.set_defaults(command=on_database(_restored))


def _upgrade(address: str, _: argparse.Namespace) -> None:
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.store.migrate import HEAD  # noqa: PLC0415
    from bot.store.store import Store  # noqa: PLC0415

    async def open_once() -> None:
        store = await Store.open(address, clock=SystemClock())
        await store.close()

    asyncio.run(open_once())
    print(f"the database has schema version {HEAD}")  # noqa: T201


def _backup(address: str, arguments: argparse.Namespace) -> None:
    from bot.store.backup import back_up  # noqa: PLC0415
    from bot.store.url import database_url  # noqa: PLC0415

    found = back_up(database_url(address), arguments.path)
    print(  # noqa: T201
        f"{arguments.path}: {found.reminders} reminders, schema version {found.schema}, checked"
    )


def _restore(address: str, arguments: argparse.Namespace) -> None:
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.store.restore import restore  # noqa: PLC0415
    from bot.store.url import database_url  # noqa: PLC0415

    done = restore(
        database_url(address), arguments.path, clock=SystemClock(), replace=arguments.replace
    )
    print(f"{done.reminders} reminders restored")  # noqa: T201
    _tell_doubts(done.in_doubt)
    if done.aside is not None:
        print(f"the database that was there is at {done.aside}")  # noqa: T201


def _restored(address: str, _: argparse.Namespace) -> None:
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.store.restore import settle_in  # noqa: PLC0415
    from bot.store.store import Store  # noqa: PLC0415

    async def settle() -> int:
        clock = SystemClock()
        store = await Store.open(address, clock=clock)
        try:
            return await store.write(lambda connection: settle_in(connection, now=clock.now()))
        finally:
            await store.close()

    _tell_doubts(asyncio.run(settle()))


def _tell_doubts(count: int) -> None:
    print(  # noqa: T201
        f"{count} messages may have been sent since the backup; "
        "each is looked for at Discord before it is sent"
    )

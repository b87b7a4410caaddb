"""What can be looked at without a network: the words, the catalog, the database, the disk."""

import os
from collections.abc import Callable
from pathlib import Path

from bot.catalog.catalog import Catalog
from bot.catalog.problems import CatalogError
from bot.errors import StartupError
from bot.ops.disk import LEAST_FREE_BYTES, LITTLE_FREE_BYTES, free_bytes, nearest_folder
from bot.ops.doctor.finding import Finding, failure, ok, warning
from bot.store.errors import InvalidDatabaseUrl
from bot.store.look import DatabaseLook, look_at
from bot.when.zones import ZonesError

_GB = 1e9


def catalog(read: Callable[[], Catalog]) -> Finding:
    """Read the whole catalog."""
    try:
        found = read()
    except CatalogError as error:
        first, *others = error.problems
        more = f" (and {len(others)} more)" if others else ""
        return failure("catalog", f"{first}{more}", "mend the file; `gpu-scout catalog check`")
    except OSError as error:
        return failure("catalog", f"can't be read: {error}", "check CATALOG_DIR")
    counts = f"{len(found.offers)} offers and {len(found.hardware)} cards"
    return ok("catalog", f"{counts}, newest source of {found.date}")


def words(*read: Callable[[], object]) -> Finding:
    """Read all sentences of all languages, and the tables of time zones."""
    try:
        for each in read:
            each()
    except (StartupError, ZonesError) as error:
        return failure("words", str(error), "install the bot again")
    return ok("words", "the sentences of each language and the time zones can be read")


async def database(address: str) -> tuple[Finding, Path | None]:
    """Look at the database; nothing is made there, and nothing upgraded.

    Returns:
        What was found, and the file of a SQLite database.
    """
    try:
        look = await look_at(address)
    except InvalidDatabaseUrl as error:
        return failure("database", str(error)), None
    return _of_look(look), look.file


def _of_look(look: DatabaseLook) -> Finding:
    if look.file is not None and not look.exists:
        folder = nearest_folder(look.file)
        if not os.access(folder, os.W_OK):
            advice = "let the bot's user write there, or set DATABASE_URL"
            return failure("database", f"{folder} can't be written to", advice)
        return ok("database", f"{look.address} is not there yet; the first start makes it")
    if look.problem is not None:
        advice = (
            "check DATABASE_URL and that the server runs"
            if look.file is None
            else "check the file, its owner and the disk; restore a backup if it is damaged"
        )
        return failure("database", f"{look.address}: {look.problem}", advice)
    if look.version is None:
        return ok("database", f"{look.address} is empty; the first start makes its tables")
    if look.version > look.head:
        return failure(
            "database",
            f"{look.address} has schema version {look.version}, newer than this bot's {look.head}",
            "start the newer version of the bot, or restore a backup from before its upgrade",
        )
    if look.version < look.head:
        text = f"{look.address} has schema version {look.version}; this bot's is {look.head}"
        return warning("database", text, "make a backup: the next start upgrades it")
    return ok("database", f"{look.address}, schema version {look.version}")


def disk(path: Path) -> Finding:
    """Look at the room around the database's file, or around the working folder."""
    folder = nearest_folder(path)
    try:
        free = free_bytes(path)
    except OSError as error:
        return warning("disk", f"{folder}: {error.strerror}")
    text = f"{free / _GB:.1f} GB free at {folder}"
    if free < LEAST_FREE_BYTES:
        return failure("disk", text, "make room: a full disk stores no reminder")
    if free < LITTLE_FREE_BYTES:
        return warning("disk", text, "make room soon")
    return ok("disk", text)

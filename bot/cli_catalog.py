"""`gpu-scout catalog`: what operators and contributors do with the facts."""

import argparse
import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bot.errors import StartupError

if TYPE_CHECKING:
    from bot.catalog.catalog import Catalog

# Each command imports what it needs, as in `bot.cli`.


class Parsers(Protocol):
    """What argparse calls `_SubParsersAction`, a private name."""

    def add_parser(self, name: str, *, help: str) -> argparse.ArgumentParser:  # noqa: A002
        """Add one command."""
        ...


def add_to(commands: Parsers) -> None:
    """Add the commands."""
    check = commands.add_parser("check", help="validate all files, and count what is there")
    check.set_defaults(command=_check)

    show = commands.add_parser("show", help="print one offer whole, with its sources")
    show.add_argument("offer", metavar="ID", help="id, name or alias of the offer")
    show.set_defaults(command=_show)

    schema = commands.add_parser("schema", help="print the JSON Schema of a file, for editors")
    schema.add_argument("kind", nargs="?", default="offers", choices=["offers", "hardware"])
    schema.set_defaults(command=_schema)

    reports = commands.add_parser("reports", help="list what users say is wrong, or close one")
    reports.add_argument("--close", metavar="NUMBER", type=int, help="it was looked up")
    reports.set_defaults(command=_reports)

    stale = commands.add_parser("stale", help="list what to look up again, the oldest first")
    stale.set_defaults(command=_stale)

    diff = commands.add_parser("diff", help="say what differs between two folders, in words")
    diff.add_argument("old", metavar="OLD", type=Path, help="a folder with offers/ and hardware/")
    diff.add_argument("new", metavar="NEW", type=Path)
    diff.set_defaults(command=_diff)


def _check(_: argparse.Namespace) -> None:
    catalog = load()
    print(  # noqa: T201
        f"{len(catalog.offers)} offers of {len(catalog.providers)} providers and "
        f"{len(catalog.hardware)} cards, all valid; newest source of {catalog.date}"
    )


def _show(arguments: argparse.Namespace) -> None:
    from bot.catalog.show import show  # noqa: PLC0415

    catalog = load()
    offer = catalog.find(arguments.offer)
    if offer is None:
        near = ", ".join(each.id for each in catalog.search(arguments.offer, 3))
        raise StartupError(
            f"no offer is called {arguments.offer!r}" + (f"; near it: {near}" if near else "")
        )
    print(show(catalog, offer))  # noqa: T201


def _schema(arguments: argparse.Namespace) -> None:
    from bot.catalog.schema import json_schema  # noqa: PLC0415

    print(json.dumps(json_schema(arguments.kind), indent=2))  # noqa: T201


def _stale(_: argparse.Namespace) -> None:
    from bot.catalog.stale import stale_figures  # noqa: PLC0415

    found = stale_figures(load(), now=datetime.now(UTC))
    for each in found:
        confirmed = each.confirmed or "no date   "
        print(f"{confirmed}  {each.offer_id}  {each.field}  {each.source.label}")  # noqa: T201
    print(f"{len(found)} figures are older than 180 days or have no date")  # noqa: T201


def _reports(arguments: argparse.Namespace) -> None:
    asyncio.run(list_reports(close=arguments.close))


async def list_reports(*, close: int | None) -> None:
    """Print the open reports, or close one by its number.

    Raises:
        StartupError: none is open by that number, or the database can't be used.
    """
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.settings import Settings  # noqa: PLC0415
    from bot.store.reports import ReportRepository  # noqa: PLC0415
    from bot.store.store import Store  # noqa: PLC0415

    address = Settings().database_url.get_secret_value()
    store = await Store.open(address, clock=SystemClock())
    try:
        shelf = ReportRepository(store=store)
        if close is not None:
            if not await shelf.close(close):
                raise StartupError(f"no open report has the number {close}")
            return
        found = await shelf.unread()
    finally:
        await store.close()
    for each in found:
        source = f"  ({each.source})" if each.source else ""
        day = each.created_at.date()
        # The texts were stripped of control characters when they came in.
        print(f"{each.id}  {day}  {each.offer_id}  {each.wrong}{source}")  # noqa: T201
    print(f"{len(found)} open reports")  # noqa: T201


def _diff(arguments: argparse.Namespace) -> None:
    from bot.catalog.changes import changes, describe  # noqa: PLC0415

    found = changes(load(arguments.old), load(arguments.new))
    for each in found:
        print(describe(each))  # noqa: T201
    if not found:
        print("no difference")  # noqa: T201


def load(folder: Path | None = None) -> "Catalog":
    """Return a catalog, by default the one that the bot would take.

    Raises:
        StartupError: a file is broken, or the folder holds no catalog.
    """
    from bot.catalog.load import load_catalog  # noqa: PLC0415
    from bot.catalog.problems import CatalogError  # noqa: PLC0415
    from bot.settings import Settings  # noqa: PLC0415

    if folder is None:
        folder = Settings().catalog_dir
    elif not (folder / "offers").is_dir():
        raise StartupError(f"{folder} holds no catalog: offers/ and hardware/ are needed in it")
    try:
        return load_catalog(folder)
    except CatalogError as error:
        raise StartupError(str(error)) from error

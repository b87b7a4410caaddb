"""The console script `gpu-scout`: JSON on standard output, logs on standard error."""

import argparse
import asyncio
import logging
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from bot import cli_catalog, cli_db, cli_fit, cli_recommend, json_lines
from bot.errors import StartupError
from bot.settings import Settings

Command = Callable[[argparse.Namespace], None]
INTERRUPTED: Final = 130  # what a shell reports for Ctrl-C


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; what the operator can put right ends in one sentence and exit code 1."""
    parsed = _parser().parse_args(_apart(sys.argv[1:] if arguments is None else arguments))
    command: Command = parsed.command
    try:
        command(parsed)
    except StartupError as error:
        print(f"gpu-scout: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader has seen enough (`| head`); what is still buffered must not fail at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _apart(arguments: Sequence[str]) -> Sequence[str]:
    """Keep `gpu-scout when --json -32m` from being taken for an option: it is a text to refuse."""
    negative = arguments and re.fullmatch(r"-(?!-|h$).+", arguments[-1])
    if arguments[:1] in (["when"], ["ask"]) and negative and "--" not in arguments:
        return [*arguments[:-1], "--", arguments[-1]]
    return arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gpu-scout", description="A Discord bot that knows where to get a free GPU."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command, help_text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_text, description=help_text)
        added.set_defaults(command=command)
        return added

    add("run", _run, "connect to Discord; without DISCORD_TOKEN, start the playground")
    add("playground", _playground, "show the bot in a local browser page, without an account")
    add("worker", _worker, "deliver reminders without a gateway connection")
    add("doctor", _doctor, "look at all that the bot needs, and say what to do")
    add("sync", _sync, "register the commands at Discord, changed or not")

    database = commands.add_parser("db", help="the database")
    cli_db.add_to(database.add_subparsers(required=True, metavar="COMMAND"), settings=_settings)

    catalog = commands.add_parser("catalog", help="the facts")
    cli_catalog.add_to(catalog.add_subparsers(required=True, metavar="COMMAND"))

    recommend = add("recommend", _recommend, "recommend offers, as /gpu recommend does")
    cli_recommend.add_options(recommend)

    fit = add("fit", _fit, "tell what a run of a model needs and where it fits, as /gpu fit does")
    cli_fit.add_options(fit)

    ask = add("ask", _ask, "answer a question in words, as /gpu ask does")
    ask.add_argument("--json", action="store_true", required=True, help="print JSON")
    ask.add_argument("--now", type=_instant, help="the present instant, ISO 8601 with an offset")
    ask.add_argument("text", metavar="TEXT", help="the question; - reads one a line")

    when = add("when", _when, "tell how a duration or a time is read")
    when.add_argument("--json", action="store_true", required=True, help="print JSON")
    when.add_argument("--now", type=_instant, help="the present instant, ISO 8601 with an offset")
    when.add_argument("--tz", type=_zone, default="UTC", help="the user's IANA time zone")
    when.add_argument("text", metavar="TEXT", help="what was typed; - reads standard input")
    return parser


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no instant in ISO 8601") from error
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError("an offset is needed, such as +00:00")
    return instant


def _zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (KeyError, OSError, ValueError) as error:  # not found, a folder's name, not a name
        raise argparse.ArgumentTypeError(f"no IANA time zone {text!r}") from error


def _settings() -> Settings:
    """Return the settings, with the log set up as they say.

    Raises:
        StartupError: one of them is wrong; the message names it.
    """
    from bot.env_file import check_env_file  # noqa: PLC0415
    from bot.ops import log  # noqa: PLC0415

    check_env_file(Path(".env"))
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, each['loc'])).upper() or 'settings'}: {each['msg']}"
            for each in error.errors(include_input=False, include_url=False)
        )
        raise StartupError(wrong) from error
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    log.set_up(level=settings.log_level, style=settings.log_format, secrets=[token])
    return settings


# Each command imports what it needs: `when --json` would else wait for discord.py and SQLAlchemy.


def _run(_: argparse.Namespace) -> None:
    settings = _settings()
    if settings.discord_token is None:
        _play(settings)
        return
    from bot.ops.garbage import made_to_stay  # noqa: PLC0415

    with made_to_stay():
        from bot import modes  # noqa: PLC0415

    asyncio.run(modes.run(settings))


def _playground(_: argparse.Namespace) -> None:
    _play(_settings())


def _play(settings: Settings) -> None:
    from bot import modes  # noqa: PLC0415

    if "log_level" not in settings.model_fields_set:
        # The page is what a visitor came for. SimCord's check of discord.py at its import warns of
        # a client without intents, which is its own.
        logging.getLogger().setLevel(logging.WARNING)
        logging.getLogger("discord").setLevel(logging.ERROR)
    asyncio.run(modes.playground(settings, announce=_announce))


def _announce(address: str) -> None:
    print(f"GPU Scout's playground: {address}", flush=True)  # noqa: T201
    print("Open it in a browser; Ctrl-C ends it.", flush=True)  # noqa: T201


def _worker(_: argparse.Namespace) -> None:
    from bot import modes  # noqa: PLC0415

    asyncio.run(modes.worker(_settings()))


def _doctor(_: argparse.Namespace) -> None:
    from bot import cli_doctor  # noqa: PLC0415

    try:
        settings = _settings()
    except StartupError as error:
        cli_doctor.run(error)
    else:
        cli_doctor.run(settings)


def _sync(_: argparse.Namespace) -> None:
    from bot import modes  # noqa: PLC0415

    count = asyncio.run(modes.sync(_settings()))
    print(f"{count} commands registered")  # noqa: T201


def _when(arguments: argparse.Namespace) -> None:
    from bot.when.report import report  # noqa: PLC0415

    now = arguments.now or datetime.now(UTC)
    # That a text is no time is what one asks this command for.
    json_lines.answer(
        arguments.text,
        lambda text: report(text, now=now, zone=arguments.tz),
        refusal_fails=False,
    )


def _ask(arguments: argparse.Namespace) -> None:
    from bot.cli_ask import asker  # noqa: PLC0415

    ask = asker(cli_catalog.load(), now=arguments.now or datetime.now(UTC))
    json_lines.answer(arguments.text, ask)


def _recommend(arguments: argparse.Namespace) -> None:
    from bot.advice.index import OfferIndex  # noqa: PLC0415
    from bot.advice.query import Query  # noqa: PLC0415
    from bot.advice.recommend import recommend  # noqa: PLC0415
    from bot.advice.report import recommendation_as_json, unlocking_as_json  # noqa: PLC0415
    from bot.advice.unlock import unlock  # noqa: PLC0415
    from bot.fit.constraint import WorkloadReader  # noqa: PLC0415

    index, reader = OfferIndex(cli_catalog.load()), WorkloadReader()

    def answered(query: Query, workload: str | None) -> Mapping[str, object]:
        said: Mapping[str, object] = {}
        if workload is not None:
            query, said = reader.constrained(query, workload)
        if arguments.unlock:
            return {**said, **unlocking_as_json(unlock(index, query.empty_handed()))}
        return {**said, **recommendation_as_json(recommend(index, query))}

    def report(read: Callable[[], tuple[Query, str | None]]) -> Mapping[str, object]:
        try:
            return answered(*read())
        except ValueError as error:
            return cli_recommend.refusal(error)

    if arguments.request is None:
        given = arguments
        json_lines.show_one(report(lambda: (cli_recommend.query_of(given), given.workload)))
    else:
        json_lines.answer(
            arguments.request, lambda text: report(lambda: cli_recommend.query_from_json(text))
        )


def _fit(arguments: argparse.Namespace) -> None:
    from bot.advice.index import OfferIndex  # noqa: PLC0415
    from bot.fit.diffusion import load_diffusion_models  # noqa: PLC0415
    from bot.fit.models import load_models  # noqa: PLC0415
    from bot.fit.reading import request_of  # noqa: PLC0415
    from bot.fit.report import Request, report  # noqa: PLC0415

    index = OfferIndex(cli_catalog.load())
    models, pictures = load_models(), load_diffusion_models()

    def answered(given: Callable[[], Request]) -> Mapping[str, object]:
        return report(index, models, pictures, given)

    options = cli_fit.request_of(arguments)
    if arguments.request is None:
        json_lines.show_one(answered(lambda: options))
    else:
        json_lines.answer(
            arguments.request, lambda text: answered(lambda: {**options, **request_of(text)})
        )

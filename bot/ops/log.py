"""The log: one line a record on standard error, as text or as JSON.

Without secrets, and without what people wrote: at DEBUG discord.py logs each payload whole, with
every note in it, and addresses that hold the token of an interaction.
"""

import copy
import json
import logging
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, cast, final

from typing_extensions import override

from bot.settings import LogFormat, LogLevel

# Whoever has it may answer in the bot's name, for a quarter of an hour.
_INTERACTION_TOKEN: Final = re.compile(r"(/(?:interactions|webhooks)/\d+/)[^/?\s\"']+")
_PAYLOAD: Final = "{...}"

# What a LogRecord always has; anything else on it was given as `extra` and belongs into the line.
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def set_up(*, level: LogLevel, style: LogFormat, secrets: Iterable[str] = ()) -> None:
    """Send the log to standard error; `secrets` are blotted out of every line."""
    formatter = _JsonFormatter() if style is LogFormat.JSON else _TextFormatter()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting(formatter, tuple(filter(None, secrets))))
    logging.basicConfig(level=level.value, handlers=[handler], force=True)
    # Their INFO lines tell of each job and each plug-in; their warnings matter.
    for chatty in ("alembic", "apscheduler"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, level.number))


class _TextFormatter(logging.Formatter):
    """`2026-11-23T10:00:00.123Z INFO bot.app: sentence key=value`, with the traceback below."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        extras = "".join(f" {key}={value}" for key, value in _extras(record).items())
        head = f"{_instant(record)} {record.levelname} {record.name}: {record.getMessage()}{extras}"
        return "\n".join([head, *self._traceback(record)])

    def _traceback(self, record: logging.LogRecord) -> Iterable[str]:
        if record.exc_info:
            yield self.formatException(record.exc_info)


class _JsonFormatter(logging.Formatter):
    """One ASCII JSON object a line."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": _instant(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_extras(record),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


@final
class _Redacting(logging.Formatter):
    """Blots out secrets after everything else was put into the line, tracebacks included.

    Discord's payloads are left out before: of an event its name stays.
    """

    def __init__(self, inner: logging.Formatter, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._inner = inner
        self._secrets = secrets

    @override
    def format(self, record: logging.LogRecord) -> str:
        line = self._inner.format(_without_payloads(record))
        line = _INTERACTION_TOKEN.sub(r"\1***", line)
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return line


def _without_payloads(record: logging.LogRecord) -> logging.LogRecord:
    if not record.name.startswith("discord.") or not record.args:
        return record
    bare = copy.copy(record)  # the record is other handlers' too
    arguments: object = record.args
    # logging itself unpacks a single mapping.
    listed = arguments if isinstance(arguments, tuple) else (arguments,)
    bare.args = tuple(_without_payload(each) for each in cast("tuple[object, ...]", listed))
    return bare


def _without_payload(argument: object) -> object:
    match argument:
        case {"t": str(event)}:
            return event
        case Mapping() | list() | tuple() | bytes():
            return _PAYLOAD
        case str(text) if text[:1] in {"{", "["}:
            return _PAYLOAD
        case _:
            return cast("Any", argument)


def _instant(record: logging.LogRecord) -> str:
    at = datetime.fromtimestamp(record.created, UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _extras(record: logging.LogRecord) -> dict[str, object]:
    return {key: value for key, value in vars(record).items() if key not in _STANDARD}

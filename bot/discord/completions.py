"""What fails in an autocomplete, which discord.py swallows."""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager

from bot.discord.errors import Complaints


@contextmanager
def watched_completions(complaints: Complaints) -> Generator[None]:
    """Hand on what fails in an autocomplete, for as long as the block runs.

    `CommandTree.on_error` is never called for it: discord.py's log alone has a line of it, with the
    command's name and the error. It is taken from there, and so written once.
    """
    logger = logging.getLogger("discord.app_commands.tree")

    def take(record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is None or "autocomplete" not in str(record.msg):
            return True
        arguments = record.args if isinstance(record.args, tuple) else ()
        complaints.note_completion(str(arguments[0]) if arguments else "other", error)
        return False

    logger.addFilter(take)
    try:
        yield
    finally:
        logger.removeFilter(take)

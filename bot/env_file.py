"""The file `.env`, looked at before it is used: a line that can't be read would just be missing."""

from pathlib import Path

from bot.errors import StartupError


def check_env_file(path: Path) -> None:
    """Make sure that every line of the file can be read, where there is one.

    The settings' reader skips a line that it can't parse. An unclosed quote after DISCORD_TOKEN=
    would so start the playground, as if there were no token.

    Raises:
        StartupError: a line can't be read; the message has its number and nothing of its text.
    """
    if not path.is_file():
        return
    # It comes with pydantic-settings, which reads the file with it.
    from dotenv.parser import parse_stream  # noqa: PLC0415

    try:
        with path.open(encoding="utf-8") as stream:
            wrong = [each.original.line for each in parse_stream(stream) if each.error]
    except UnicodeDecodeError as error:
        raise StartupError(f"The file {path} is no UTF-8 text.") from error
    except OSError as error:
        raise StartupError(f"The file {path} can't be read: {error.strerror}.") from error
    if wrong:
        raise StartupError(
            f"Line {wrong[0]} of the file {path} can't be read: is a quote not closed? "
            "Each line is NAME=value."
        )

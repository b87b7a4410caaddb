import json
import logging
from collections.abc import Iterator

import pytest

from bot.ops import log
from bot.settings import LogFormat, LogLevel

TOKEN = "MTIzNDU2.secret.token"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err.splitlines()


def test_text_is_one_line_with_its_extras(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up(level=LogLevel.INFO, style=LogFormat.TEXT)
    logging.getLogger("a.b").info("hello %s", "you", extra={"error_id": "12ab"})
    (line,) = lines(capsys)
    assert line.endswith("Z INFO a.b: hello you error_id=12ab")


def test_json_is_one_ascii_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up(level=LogLevel.INFO, style=LogFormat.JSON)
    logging.getLogger("a").warning("两\n行", extra={"n": 3, "what": object})
    logging.getLogger("a").error("failed", exc_info=ValueError("x"))
    first, second = (json.loads(line) for line in lines(capsys))
    assert first.items() >= {"level": "WARNING", "logger": "a", "message": "两\n行", "n": 3}.items()
    assert "ValueError: x" in second["exception"]


@pytest.mark.parametrize("style", list(LogFormat))
def test_a_secret_is_in_no_line_not_even_in_a_traceback(
    style: LogFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    log.set_up(level=LogLevel.DEBUG, style=style, secrets=[TOKEN, ""])
    logger = logging.getLogger("a")
    logger.info("token is %s", TOKEN, extra={"header": f"Bot {TOKEN}"})
    logger.error("failed", exc_info=RuntimeError(f"refused {TOKEN}"))
    text = "\n".join(lines(capsys))
    assert TOKEN not in text
    assert "***" in text


def test_what_is_below_the_level_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up(level=LogLevel.WARNING, style=LogFormat.TEXT)
    logging.getLogger("a").info("quiet")
    logging.getLogger("a").error("loud")
    assert len(lines(capsys)) == 1


def test_the_chatty_are_quiet_until_they_warn(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up(level=LogLevel.DEBUG, style=LogFormat.TEXT)
    logging.getLogger("apscheduler.scheduler").info("added a job")
    logging.getLogger("alembic.runtime").warning("odd")
    assert len(lines(capsys)) == 1

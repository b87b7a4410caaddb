import logging

import discord
import pytest

from bot.discord.completions import watched_completions
from bot.discord.observer import Failure, InteractionObserver, Kind
from tests.cogs.town import Town

LOGGER = logging.getLogger("discord.app_commands.tree")


class Notes(InteractionObserver):
    def __init__(self) -> None:
        self.failures: list[tuple[Kind, str, Failure]] = []

    def answered(self, kind: Kind, command: str, *, seconds: float) -> None: ...

    def failed(self, kind: Kind, command: str, *, why: Failure) -> None:
        self.failures.append((kind, command, why))


@pytest.fixture
def notes(town: Town) -> Notes:
    notes = town.house.services.complaints.observer = Notes()
    return notes


async def test_what_fails_in_an_autocomplete_is_counted_and_logged_once(
    town: Town, notes: Notes, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_: object) -> None:
        raise RuntimeError("no luck")

    monkeypatch.setattr(town.house.services.people, "behind", fail)
    with watched_completions(town.house.services.complaints):
        await town.sam.autocomplete(town.square, "gpu info", "offer", "kag")
    assert notes.failures == [(Kind.AUTOCOMPLETE, "gpu info", Failure.FAULT)]
    (record,) = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert record.name == "bot.discord.errors"
    assert record.__dict__["command"] == "gpu info"
    assert record.exc_info is not None
    caplog.clear()


async def test_a_question_that_was_left_behind_is_no_error(
    town: Town, notes: Notes, caplog: pytest.LogCaptureFixture
) -> None:
    class Response:
        status = 404
        reason = "Not Found"

    expired = discord.NotFound(Response(), {"code": 10062, "message": "Unknown interaction"})  # pyright: ignore[reportArgumentType] - all that it reads of one
    with watched_completions(town.house.services.complaints):
        LOGGER.error(
            "Ignoring exception in autocomplete for %r (Guild: %s, User: %s)",
            "gpu info",
            1,
            2,
            exc_info=expired,
        )
        LOGGER.error("something else of the tree")
    assert notes.failures == [(Kind.AUTOCOMPLETE, "gpu info", Failure.EXPIRED)]
    messages = [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR]
    assert messages == ["something else of the tree"]
    caplog.clear()


async def test_afterwards_the_librarys_log_is_its_own_again(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    with watched_completions(town.house.services.complaints):
        pass
    assert LOGGER.filters == []

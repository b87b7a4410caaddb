"""The table "What each answer means": one row, one test."""

import logging
from datetime import timedelta

import aiohttp
import discord
import pytest

from bot.discord.verdicts import verdict_on
from bot.reminders.outcome import Refused, Unauthorised, Unknown, Vanished, Wait
from tests.discord.answers import http_error


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520, 521, 522, 523, 524])
def test_a_server_error_leaves_open_whether_the_message_was_made(status: int) -> None:
    assert verdict_on(http_error(status)) == Unknown(f"http_{status}")


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError(),
        ConnectionResetError(),
        OSError("no route"),
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientPayloadError(),
    ],
)
def test_a_cut_connection_leaves_it_open_too(error: Exception) -> None:
    assert isinstance(verdict_on(error), Unknown)


def test_a_vanished_message_was_delivered() -> None:
    assert verdict_on(http_error(404, 10008)) == Vanished()


def test_a_rate_limit_is_waited_out_as_told() -> None:
    assert verdict_on(discord.RateLimited(42.5)) == Wait(timedelta(seconds=42.5))


def test_a_429_of_the_proxy_names_no_time() -> None:
    verdict = verdict_on(http_error(429))
    assert isinstance(verdict, Wait)
    assert verdict.retry_after >= timedelta(seconds=30)


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (403, 50007, "dm_closed"),
        (403, 50278, "no_mutual_server"),
        (400, 50033, "no_such_user"),
        (404, 10013, "no_such_user"),
    ],
)
def test_a_closed_dm_is_definite(status: int, code: int, reason: str) -> None:
    assert verdict_on(http_error(status, code)) == Refused(reason, final=True)


def test_dms_opened_too_fast_are_tried_again_after_a_longer_while() -> None:
    verdict = verdict_on(http_error(403, 40003))
    assert verdict == Wait(timedelta(minutes=2), "dms_too_fast")


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (403, 50001, "no_access"),
        (403, 50013, "no_permission"),
        (400, 50083, "thread_archived"),
    ],
)
def test_a_channel_that_refuses_is_given_a_few_tries(status: int, code: int, reason: str) -> None:
    assert verdict_on(http_error(status, code)) == Refused(reason, final=False)


@pytest.mark.parametrize(
    ("status", "code", "reason"), [(404, 10003, "channel_gone"), (404, 10004, "server_left")]
)
def test_a_channel_that_is_gone_stays_gone(status: int, code: int, reason: str) -> None:
    assert verdict_on(http_error(status, code)) == Refused(reason, final=True)


def test_a_wrong_token_stops_all_delivery() -> None:
    assert verdict_on(http_error(401)) == Unauthorised()
    assert verdict_on(discord.LoginFailure("wrong")) == Unauthorised()


def test_an_answer_that_is_in_no_table_moves_on_and_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert verdict_on(http_error(403, 20026)) == Refused("discord_20026", final=False)
    assert verdict_on(http_error(400)) == Refused("discord_400", final=False)
    assert [each.levelno for each in caplog.records] == [logging.ERROR] * 2


@pytest.mark.parametrize("fault", [KeyError("x"), TypeError("y"), RuntimeError("z")])
def test_a_fault_of_the_bots_is_no_answer_of_discords(fault: Exception) -> None:
    with pytest.raises(type(fault)):
        verdict_on(fault)

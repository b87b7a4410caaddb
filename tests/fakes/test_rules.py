from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.discord import FakeDiscord, MessageFlag
from tests.fakes.discord.command_rules import commands_problems
from tests.fakes.discord.errors import InvalidFormError, Problem
from tests.fakes.discord.openapi import RequestSchemas
from tests.fakes.discord.rules import choices_problems, is_empty, message_problems, modal_problems
from tests.fakes.discord.snowflake import Snowflakes, created_at

MESSAGES = "/channels/{channel_id}/messages"
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
COMMANDS = "/applications/{application_id}/commands"

V2 = int(MessageFlag.COMPONENTS_V2)


def button(custom_id: str, **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": custom_id, **more}


def row(*children: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(children)}


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


GOOD_MESSAGES: list[dict[str, Any]] = [
    {"content": "x" * 2000},
    {"content": "x", "components": [row(button(str(n))) for n in range(5)]},
    {"embeds": [{"title": "x" * 256, "description": "y" * 4096}]},
    {"flags": V2, "components": [{"type": 17, "components": [text("x" * 4000)]}]},
    {"flags": V2, "components": [text(str(n)) for n in range(40)]},
    {
        "content": "x",
        "components": [row({"type": 2, "style": 5, "label": "a", "url": "https://a"})],
    },
    {"content": "x", "allowed_mentions": {"parse": [], "users": ["1"]}},
]

BAD_MESSAGES: list[tuple[dict[str, Any], str]] = [
    ({"content": "x" * 2001}, "BASE_TYPE_BAD_LENGTH"),
    ({"content": "x", "nonce": "n" * 26}, "BASE_TYPE_BAD_LENGTH"),
    ({"embeds": [{"description": "y" * 4000}] * 2}, "MAX_EMBED_SIZE_EXCEEDED"),
    (
        {"content": "x", "components": [row(button("a"), button("a"))]},
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    (
        {"content": "x", "components": [row(button(str(n))) for n in range(6)]},
        "BASE_TYPE_BAD_LENGTH",
    ),
    ({"content": "x", "components": [text("no flag")]}, "UNION_TYPE_CHOICES"),
    (
        {"flags": V2, "content": "x", "components": [text("x")]},
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    (
        {"flags": V2, "components": [text("x") for _ in range(41)]},
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ),
    (
        {"flags": V2, "components": [text("x" * 2001), text("y" * 2000)]},
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    (
        {"flags": V2, "components": [{"type": 13, "file": {"url": "attachment://a.txt"}}]},
        "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ),
    (
        {"content": "x", "components": [row(button("a", url="https://a"))]},
        "BUTTON_COMPONENT_INVALID_URL",
    ),
    (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
]


@pytest.mark.parametrize("message", GOOD_MESSAGES)
def test_messages_at_the_limit_pass(message: dict[str, Any]) -> None:
    assert list(message_problems(message)) == []
    assert not is_empty(message)


@pytest.mark.parametrize(("message", "code"), BAD_MESSAGES)
def test_messages_over_a_limit_are_refused(message: dict[str, Any], code: str) -> None:
    assert code in {problem.code for problem in message_problems(message)}


@pytest.mark.parametrize("message", [{}, {"content": " \n"}, {"components": [row(button("a"))]}])
def test_messages_with_nothing_to_see_are_empty(message: dict[str, Any]) -> None:
    assert is_empty(message)


def command(name: str = "gpu", **more: Any) -> dict[str, Any]:
    return {"name": name, "description": "x", "type": 1, **more}


def option(name: str, **more: Any) -> dict[str, Any]:
    return {"type": 3, "name": name, "description": "x", **more}


def test_commands_that_discord_takes_pass() -> None:
    names = ["gpu", "gpu-info", "gpu_info", "提醒", "напомни", "a" * 32]
    assert list(commands_problems([command(name) for name in names])) == []
    assert list(commands_problems([{"name": "Remind me", "type": 3}])) == []
    assert list(commands_problems([command(f"c{n}") for n in range(100)])) == []


@pytest.mark.parametrize(
    ("commands", "code"),
    [
        ([command("GPU")], "APPLICATION_COMMAND_INVALID_NAME"),
        ([command("gpu info")], "APPLICATION_COMMAND_INVALID_NAME"),
        (
            [command(name_localizations={"de": "Grafikkarte"})],
            "APPLICATION_COMMAND_INVALID_NAME",
        ),
        ([{"name": "gpu", "type": 1}], "BASE_TYPE_REQUIRED"),
        ([command(), command()], "APPLICATION_COMMANDS_DUPLICATE_NAME"),
        ([command(f"c{n}") for n in range(101)], "APPLICATION_COMMANDS_MAX_EXCEEDED"),
        (
            [command(options=[option("a"), option("b", required=True)])],
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (
            [command(options=[option("a"), option("a")])],
            "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
        ),
        (
            [command(options=[option("a", description="x" * 100)] * 90)],
            "APPLICATION_COMMAND_TOO_LARGE",
        ),
    ],
)
def test_commands_that_discord_refuses(commands: list[dict[str, Any]], code: str) -> None:
    assert code in {problem.code for problem in commands_problems(commands)}


def test_choices_and_modals_have_limits() -> None:
    choice = {"name": "Kaggle", "value": "kaggle"}
    assert not list(choices_problems({"choices": [choice] * 25}))
    assert list(choices_problems({"choices": [choice] * 26}))
    assert list(choices_problems({"choices": [{"name": "", "value": "x"}]}))
    field = {"type": 18, "label": "Note", "component": {"type": 4, "custom_id": "n", "style": 1}}
    assert not list(modal_problems({"title": "T", "custom_id": "m", "components": [field]}))
    assert list(modal_problems({"title": "T" * 46, "custom_id": "m", "components": [field]}))
    assert list(modal_problems({"title": "T", "custom_id": "m", "components": [field] * 2}))


def test_problems_become_discords_tree() -> None:
    problem = Problem(("embeds", 0, "title"), "BASE_TYPE_BAD_LENGTH", "Must be 256 or fewer.")
    assert InvalidFormError([problem]).body == {
        "message": "Invalid Form Body",
        "code": 50035,
        "errors": {
            "embeds": {
                "0": {
                    "title": {
                        "_errors": [
                            {"code": "BASE_TYPE_BAD_LENGTH", "message": "Must be 256 or fewer."}
                        ]
                    }
                }
            }
        },
    }


@pytest.fixture(scope="module")
def schemas() -> RequestSchemas:
    found = RequestSchemas()
    if not found.available:
        pytest.skip(found.status)
    return found


@pytest.mark.parametrize("message", GOOD_MESSAGES)
def test_good_messages_pass_the_document(schemas: RequestSchemas, message: dict[str, Any]) -> None:
    assert schemas.problems("POST", MESSAGES, message) == []
    assert schemas.problems("POST", CALLBACK, {"type": 4, "data": message}) == []


def test_the_document_names_the_culprit_inside_unions(schemas: RequestSchemas) -> None:
    section = {"type": 9, "components": [text("x")], "accessory": button("a", label="L" * 81)}
    message = {"flags": V2, "components": [{"type": 17, "components": [section]}]}
    (problem,) = schemas.problems("POST", MESSAGES, message)
    assert problem.path == (*("components", 0, "components", 0, "accessory", "label"),)
    (problem,) = schemas.problems(
        "POST", CALLBACK, {"type": 8, "data": {"choices": [{"name": "x" * 101, "value": "v"}]}}
    )
    assert problem.path == ("data", "choices", 0, "name")


def test_numbers_and_numeric_strings_stand_for_each_other(schemas: RequestSchemas) -> None:
    assert schemas.problems("POST", "/users/@me/channels", {"recipient_id": 123}) == []
    assert schemas.problems("POST", MESSAGES, {"content": "x", "flags": "4"}) == []
    assert schemas.problems("POST", MESSAGES, {"content": "x", "flags": "four"})
    assert schemas.problems("PUT", COMMANDS, [command(default_member_permissions="32")]) == []


def test_operations_without_a_body_have_nothing_against_one(schemas: RequestSchemas) -> None:
    assert schemas.problems("GET", "/gateway", {"anything": 1}) == []


async def test_without_the_document_the_rules_still_hold(tmp_path: Any) -> None:
    async with FakeDiscord(openapi=tmp_path / "absent.json") as fake:
        assert not fake.checks_bodies
        assert "NOT checked" in fake.schema_status
        scene = fake.populate()
        headers = {"Authorization": f"Bot {fake.token}"}
        async with aiohttp.ClientSession(headers=headers) as session:
            url = f"{fake.api_base}/channels/{scene.channel.id}/messages"
            answer = await session.post(url, json={"content": "x" * 2001})
            assert answer.status == 400
        assert len(fake.violations) == 1


@given(st.lists(st.floats(min_value=1.5e9, max_value=2e9), min_size=2, max_size=50))
def test_snowflakes_rise_whatever_the_clock_does(times: list[float]) -> None:
    clock = iter(times)
    issue = Snowflakes(now=lambda: next(clock))
    ids = [issue.next() for _ in times]
    assert ids == sorted(set(ids))


def test_a_snowflake_carries_its_moment() -> None:
    issued = Snowflakes(now=lambda: 1_700_000_000.123).next()
    assert created_at(issued).timestamp() == pytest.approx(1_700_000_000.123)

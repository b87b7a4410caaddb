from collections.abc import Iterator
from typing import Any, cast

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.discord.endpoint import use_api_base, use_gateway
from bot.settings import Settings

ELSEWHERE = "http://127.0.0.1:9/api/v10"


class Http:
    """Answers what `GET /gateway/bot` would; counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def get_bot_gateway(self) -> tuple[int, str, Any]:
        self.asked += 1
        return 1, "ws://127.0.0.1:9/gateway", None


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # Both are kept on classes of discord.py, for the whole process.
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    yield  # noqa: PT022 - the patches end after it


def settings(base: str) -> Settings:
    return Settings(_env_file=None, discord_api_base=base)  # pyright: ignore[reportCallIssue] - not in the generated signature


def test_routes_go_to_the_base_of_the_settings() -> None:
    use_api_base(settings(ELSEWHERE + "/"))
    assert Route("GET", "/users/@me").url == f"{ELSEWHERE}/users/@me"


async def test_another_base_is_asked_for_its_gateway() -> None:
    http = Http()
    await use_gateway(settings(ELSEWHERE), cast("Any", http))
    assert yarl.URL("ws://127.0.0.1:9/gateway") == DiscordWebSocket.DEFAULT_GATEWAY
    assert http.asked == 1


async def test_discord_itself_is_not_asked() -> None:
    before = DiscordWebSocket.DEFAULT_GATEWAY
    http = Http()
    await use_gateway(settings("https://discord.com/api/v10"), cast("Any", http))
    assert before == DiscordWebSocket.DEFAULT_GATEWAY
    assert http.asked == 0

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.app import foundation
from bot.clock import SystemClock
from bot.reminders.rules import DeliveryRules
from bot.settings import DISCORD_API, LogFormat, LogLevel, Settings

TOKEN = "MTIzNDU2.secret.token-of-a-test"


def read(**values: str) -> Settings:
    """Settings as an operator gives them: all in text."""
    return Settings(_env_file=None, **values)  # pyright: ignore[reportCallIssue, reportArgumentType] - validated, not typed


def refusal(**values: str) -> str:
    with pytest.raises(ValidationError) as caught:
        read(**values)
    return str(caught.value)


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_has_to_be_set() -> None:
    settings = Settings()
    assert settings.discord_token is None
    assert settings.is_discord_itself
    assert settings.database_url.get_secret_value() == "sqlite:///var/gpu-scout.sqlite3"
    assert settings.deliver
    assert (settings.log_level, settings.log_format) == (LogLevel.INFO, LogFormat.TEXT)


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_environment_wins_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=ERROR\nDELIVER=off\nNOT_OURS=1\n", encoding="utf-8")
    monkeypatch.setenv("LOG_LEVEL", "debug")
    settings = Settings()
    assert (settings.log_level, settings.deliver) == (LogLevel.DEBUG, False)


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "")
    monkeypatch.setenv("SHARD_IDS", "")
    settings = Settings()
    assert settings.discord_token is None
    assert settings.shard_ids is None


def test_secrets_are_in_no_repr_and_no_dump() -> None:
    settings = read(discord_token=TOKEN, database_url="postgresql://u:hunter2@host/name")
    for text in (repr(settings), str(settings), settings.model_dump_json(), f"{settings!r}"):
        assert TOKEN not in text
        assert "hunter2" not in text


def test_secrets_are_in_no_error() -> None:
    for wrong in (
        {"shard_ids": "x"},
        {"discord_api_base": "http://elsewhere.example"},
        {"log_level": "loud"},
        {"scout_playground_port": "99999"},
    ):
        text = refusal(discord_token=TOKEN, database_url="postgresql://u:hunter2@h/n", **wrong)
        assert TOKEN not in text
        assert "hunter2" not in text


@pytest.mark.parametrize(
    "base",
    [
        DISCORD_API,
        "https://proxy.example/api/v10",
        "http://localhost:8000/api/v10",
        "http://127.0.0.1/api",
        "http://127.8.9.1/api",
        "http://[::1]:80/api",
    ],
)
def test_bases_that_keep_the_token_to_themselves(base: str) -> None:
    assert read(discord_api_base=base).is_discord_itself is (base == DISCORD_API)


@pytest.mark.parametrize(
    "base",
    [
        "http://discord.com/api/v10",
        "http://10.0.0.5/api",
        "http://localhost.evil.example/api",
        "http://127.0.0.1.evil.example/api",
        "http://0.0.0.0/api",
    ],
)
def test_a_token_travels_in_clear_only_where_a_flag_says_so(base: str) -> None:
    assert "DISCORD_API_INSECURE" in refusal(discord_api_base=base)
    assert read(discord_api_base=base, discord_api_insecure="1").discord_api_base == base


@pytest.mark.parametrize(
    "base", ["", "discord.com/api", "ftp://discord.com", "https://", "file:///"]
)
def test_a_base_is_an_address_of_the_web(base: str) -> None:
    assert "http" in refusal(discord_api_base=base)


def test_discords_own_base_may_end_in_a_slash() -> None:
    assert read(discord_api_base=DISCORD_API + "/").is_discord_itself


def test_shards_are_a_list_with_commas() -> None:
    settings = read(shard_ids="0, 2", shard_count="4")
    assert (settings.shard_ids, settings.shard_count) == ((0, 2), 4)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"shard_ids": "0"}, "SHARD_COUNT"),
        ({"shard_ids": "4", "shard_count": "4"}, "between 0 and 3"),
        ({"shard_ids": "-1", "shard_count": "4"}, "between 0 and 3"),
        ({"shard_ids": "0,,1", "shard_count": "4"}, "shard_ids"),
        ({"shard_count": "0"}, "shard_count"),
    ],
)
def test_shards_that_do_not_fit_are_refused(wrong: dict[str, str], told: str) -> None:
    assert told in refusal(**wrong)


@pytest.mark.parametrize(("text", "on"), [("on", True), ("off", False), ("0", False), ("1", True)])
def test_delivery_is_switched_on_and_off(text: str, on: bool) -> None:
    assert read(deliver=text).deliver is on


async def test_deliveries_keep_to_the_requests_that_the_operator_allows(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'scout.sqlite3'}"
    usual = DeliveryRules().requests_per_second
    for said, rate in (({}, usual), ({"requests_per_second": "20"}, 20)):
        async with foundation(read(database_url=address, **said), clock=SystemClock()) as house:
            assert house.budget.rate == house.rules.requests_per_second == rate


@pytest.mark.parametrize("rate", ["0", "-1", "4", "1001", "nan", "many"])
def test_a_rate_that_delivers_nothing_or_floods_discord_is_refused(rate: str) -> None:
    assert "requests_per_second" in refusal(requests_per_second=rate)


def test_settings_stay_as_they_were_read() -> None:
    with pytest.raises(ValidationError):
        setattr(read(), "deliver", False)  # noqa: B010

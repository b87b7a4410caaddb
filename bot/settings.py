"""What an operator can set, from the environment or a file `.env` in the working directory."""

import logging
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DISCORD_API = "https://discord.com/api/v10"


class LogFormat(StrEnum):
    """How a line of the log is written."""

    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    """The least severe line that is still written."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"

    @property
    def number(self) -> int:
        """The level as the standard library counts it."""
        return logging.getLevelNamesMapping()[self.value]


class Settings(BaseSettings):
    """All settings; each can be given as an environment variable of the same name."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    discord_token: SecretStr | None = Field(
        default=None, description="The bot's token. Without one, `run` starts the playground."
    )
    discord_api_base: str = Field(
        default=DISCORD_API,
        description="Where Discord's REST API is. With another base than Discord's own, the "
        "gateway's address is asked from it.",
    )
    discord_api_insecure: bool = Field(
        default=False,
        description="Allow an http:// base elsewhere, although the token travels in clear.",
    )
    database_url: SecretStr = Field(
        default=SecretStr("sqlite:///var/gpu-scout.sqlite3"),
        description="sqlite:///PATH, or postgresql://USER:PASSWORD@HOST/NAME (?host=/socket too).",
    )
    catalog_dir: Path | None = Field(
        default=None,
        description="A folder with offers/ and hardware/, instead of the packaged catalog.",
    )
    shard_ids: Annotated[tuple[int, ...] | None, NoDecode] = Field(
        default=None, description="The shards this process runs, such as 0,1 (needs SHARD_COUNT)."
    )
    shard_count: int | None = Field(
        default=None, ge=1, description="How many shards there are over all processes."
    )
    deliver: bool = Field(
        default=True,
        description="Whether this process delivers reminders (on or off).",
    )
    http_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="Serves /healthz and /metrics on this port; 0 takes a free one.",
    )
    http_host: str = Field(
        default="127.0.0.1",
        description="The address that HTTP_PORT listens on; by default only this machine's.",
    )
    owner_guild_id: int | None = Field(
        default=None, ge=1, description="The id of the one server that has the /owner commands."
    )
    reminders_per_user: int = Field(
        default=50, ge=1, le=1000, description="Active reminders that one user may have."
    )
    requests_per_second: float = Field(
        default=45,
        ge=5,
        le=1000,
        description="Requests a second that all delivering processes make together. Discord stops "
        "a bot at 50, unless it was allowed more.",
    )
    log_level: LogLevel = Field(default=LogLevel.INFO, description="DEBUG, INFO, WARNING or ERROR.")
    log_format: LogFormat = Field(default=LogFormat.TEXT, description="text or json.")
    scout_playground_port: int = Field(
        default=8765, ge=0, le=65535, description="The playground's port; 0 takes a free one."
    )

    @field_validator("shard_ids", mode="before")
    @classmethod
    def _split_shards(cls, value: object) -> object:
        return [part.strip() for part in value.split(",")] if isinstance(value, str) else value

    @field_validator("discord_token", mode="after")
    @classmethod
    def _no_blank_token(cls, value: SecretStr | None) -> SecretStr | None:
        token = "" if value is None else value.get_secret_value().strip()
        if not (token.isascii() and token.isprintable()):
            raise ValueError("the token holds characters that no token has; copy it again")
        return SecretStr(token) if token else None

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _shards_fit(self) -> Self:
        if self.shard_ids is None:
            return self
        if self.shard_count is None:
            raise ValueError("SHARD_IDS needs SHARD_COUNT")
        if len(set(self.shard_ids)) != len(self.shard_ids):
            raise ValueError("SHARD_IDS names a shard twice")
        if not all(0 <= shard < self.shard_count for shard in self.shard_ids):
            raise ValueError(f"SHARD_IDS must lie between 0 and {self.shard_count - 1}")
        return self

    @model_validator(mode="after")
    def _token_travels_safely(self) -> Self:
        parts = urlsplit(self.discord_api_base)
        if parts.username is not None or parts.password is not None:
            raise ValueError("DISCORD_API_BASE must hold no user name and no password")
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("DISCORD_API_BASE must be an http(s) address")
        if (
            parts.scheme == "http"
            and not self.discord_api_insecure
            and not _loopback(parts.hostname)
        ):
            raise ValueError(
                "DISCORD_API_BASE is http:// on another machine, so the token would travel in "
                "clear; set DISCORD_API_INSECURE=1 if you mean it"
            )
        return self

    @property
    def is_discord_itself(self) -> bool:
        """Whether the API base is Discord's own, so that its usual gateway address holds."""
        return self.discord_api_base.rstrip("/") == DISCORD_API


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

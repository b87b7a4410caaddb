import pytest

from bot.store.errors import InvalidDatabaseUrl
from bot.store.url import database_url


@pytest.mark.parametrize(
    ("text", "driver", "database"),
    [
        ("sqlite:///var/scout.sqlite3", "sqlite+pysqlite", "var/scout.sqlite3"),
        ("sqlite:////srv/scout.sqlite3", "sqlite+pysqlite", "/srv/scout.sqlite3"),
        ("postgresql://bot:s%40cret@db:5433/scout", "postgresql+asyncpg", "scout"),
        ("postgresql://bot@/scout?host=/run/pg", "postgresql+asyncpg", "scout"),
    ],
)
def test_the_driver_is_added_inside(text: str, driver: str, database: str) -> None:
    url = database_url(text)
    assert (url.drivername, url.database) == (driver, database)


def test_user_password_and_socket_arrive() -> None:
    assert database_url("postgresql://bot:s%40cret@db/scout").password == "s@cret"
    assert database_url("postgresql://bot@/scout?host=/run/pg").query["host"] == "/run/pg"
    assert database_url("postgresql://bot@db/scout?sslmode=require").query["ssl"] == "require"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "scout.sqlite3",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite://host/file",
        "sqlite+aiosqlite:///file",
        "sqlite:///file?cache=shared",
        "mysql://bot:hunter2@db/scout",
        "postgresql+asyncpg://bot:hunter2@db/scout",
        "postgresql://bot:hunter2@db",
        "postgresql:///scout",
        "postgresql://bot:hunter2@db:port/scout",
        "postgresql://bot:hunter2@db/scout?pool=9",
    ],
)
def test_anything_else_is_refused_without_quoting_the_password(text: str) -> None:
    with pytest.raises(InvalidDatabaseUrl, match="DATABASE_URL") as refused:
        database_url(text)
    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None

"""From `DATABASE_URL` to what SQLAlchemy takes; the driver is ours to choose."""

from __future__ import annotations

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.store.errors import InvalidDatabaseUrl

_FORMS = (
    "DATABASE_URL must be sqlite:///PATH (four slashes before an absolute path) "
    "or postgresql://USER:PASSWORD@HOST/NAME (or postgresql://USER@/NAME?host=/SOCKET/FOLDER)"
)
_DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+asyncpg"}
_POSTGRESQL_OPTIONS = {"host": "host", "port": "port", "sslmode": "ssl"}
"""Options as libpq spells them, and their names in asyncpg."""


def database_url(text: str) -> URL:
    """Read a database address.

    Raises:
        InvalidDatabaseUrl: it has none of the forms that are taken.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # `from None`: the cause quotes the address, and the address may hold a password.
        raise InvalidDatabaseUrl(_FORMS) from None
    if "@" in (url.host or ""):
        # Else the rest of the password would be shown as a part of the host.
        raise InvalidDatabaseUrl("DATABASE_URL: write an @ in the password as %40")
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise InvalidDatabaseUrl(_FORMS)
    url = url.set(drivername=driver)
    return _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)


def _sqlite(url: URL) -> URL:
    if url.host or url.query or not url.database:
        raise InvalidDatabaseUrl(_FORMS)
    if url.database == ":memory:":
        raise InvalidDatabaseUrl(
            "DATABASE_URL names a database in memory; reminders must outlive the process, "
            "so give a file: sqlite:///PATH"
        )
    return url


def _postgresql(url: URL) -> URL:
    unknown = sorted(set(url.query) - set(_POSTGRESQL_OPTIONS))
    if unknown:
        raise InvalidDatabaseUrl(
            f"DATABASE_URL has the option {', '.join(unknown)}; "
            f"known are {', '.join(_POSTGRESQL_OPTIONS)}"
        )
    if not url.database or not (url.host or "host" in url.query):
        raise InvalidDatabaseUrl(_FORMS)
    return url.set(query={_POSTGRESQL_OPTIONS[name]: value for name, value in url.query.items()})


def password_of(text: str) -> str:
    """Return the password of an address, to be kept out of what is printed; empty for none."""
    try:
        return str(make_url(text).password or "")
    except (ArgumentError, ValueError):
        return ""

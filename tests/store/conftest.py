from tests.databases import (
    clock,
    database_address,
    postgresql_server,
    postgresql_url,
    sqlite_url,
    store,
)
from tests.store.another import another

__all__ = [
    "another",
    "clock",
    "database_address",
    "postgresql_server",
    "postgresql_url",
    "sqlite_url",
    "store",
]

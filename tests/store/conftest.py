import pytest

from bot.store.deliveries import DeliveryRepository
from bot.store.reminders import ReminderRepository
from bot.store.store import Store
from tests.databases import (
    clock,
    database_address,
    empty_database,
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
    "empty_database",
    "postgresql_server",
    "postgresql_url",
    "sqlite_url",
    "store",
]


@pytest.fixture
def promises(store: Store) -> ReminderRepository:
    return ReminderRepository(store=store)


@pytest.fixture
def deliveries(store: Store) -> DeliveryRepository:
    return DeliveryRepository(store=store)

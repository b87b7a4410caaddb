from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def now() -> datetime:
    """A Wednesday, half past two in the afternoon."""
    return datetime(2026, 9, 23, 14, 30, tzinfo=SHANGHAI)


@pytest.fixture
def zone() -> ZoneInfo:
    return SHANGHAI

import tomllib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.when import WhenError, read

_SPELLINGS = tomllib.loads(Path(__file__).with_name("spellings.toml").read_text(encoding="utf-8"))
_SHOWN = {"moments": "%Y-%m-%d %H:%M", "days": "%Y-%m-%d"}


@pytest.mark.parametrize(
    ("section", "expected"),
    [(section, expected) for section in ("lengths", *_SHOWN) for expected in _SPELLINGS[section]],
)
def test_every_spelling_of_a_time_is_read_alike(
    section: str, expected: str, now: datetime, zone: ZoneInfo
) -> None:
    found: dict[str, str] = {}
    for text in _SPELLINGS[section][expected]:
        reading = read(text, now=now, zone=zone)
        local = reading.at.astimezone(zone)
        found[text] = (
            str(reading.seconds) if section == "lengths" else local.strftime(_SHOWN[section])
        )
    assert {text: shown for text, shown in found.items() if shown != expected} == {}


@pytest.mark.parametrize("reason", list(_SPELLINGS["refused"]))
def test_what_is_no_certain_time_is_refused(reason: str, now: datetime, zone: ZoneInfo) -> None:
    for text in _SPELLINGS["refused"][reason]:
        with pytest.raises(WhenError):
            pytest.fail(f"{text!r} was read as {read(text, now=now, zone=zone)}")

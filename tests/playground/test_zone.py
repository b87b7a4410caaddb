from pathlib import Path

import pytest

from bot.discord.playground.zone import machine_zone


@pytest.fixture(autouse=True)
def _no_zone_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TZ", raising=False)


@pytest.fixture
def localtime(tmp_path: Path) -> Path:
    zone_file = tmp_path / "zoneinfo" / "Asia" / "Shanghai"
    zone_file.parent.mkdir(parents=True)
    zone_file.touch()
    link = tmp_path / "localtime"
    link.symlink_to(zone_file)
    return link


def test_the_zone_is_what_the_system_links_to(localtime: Path) -> None:
    assert machine_zone(localtime) == "Asia/Shanghai"


def test_the_environment_comes_first(localtime: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert machine_zone(localtime) == "Europe/Berlin"


@pytest.mark.parametrize("nonsense", ["", "CET-1CEST", "../../etc/passwd"])
def test_what_is_no_zone_is_passed_over(
    localtime: Path, monkeypatch: pytest.MonkeyPatch, nonsense: str
) -> None:
    monkeypatch.setenv("TZ", nonsense)
    assert machine_zone(localtime) == "Asia/Shanghai"


def test_a_machine_without_a_zone_is_in_utc(tmp_path: Path) -> None:
    assert machine_zone(tmp_path / "missing") == "UTC"

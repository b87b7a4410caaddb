"""The time zone of the machine, in which Discord's client would show times."""

import os
from pathlib import Path
from zoneinfo import available_timezones

LOCALTIME = Path("/etc/localtime")  # a link into the zone files, on Linux and macOS


def machine_zone(localtime: Path = LOCALTIME) -> str:
    """Return the machine's IANA zone, from TZ or the system's link; "UTC" where neither says."""
    linked = str(localtime.resolve()).rpartition("/zoneinfo/")[2]
    zones = available_timezones()
    return next((zone for zone in (os.environ.get("TZ", ""), linked) if zone in zones), "UTC")

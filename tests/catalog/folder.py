"""A catalog of one offer in a folder, to be edited and broken."""

from pathlib import Path

from bot.catalog.catalog import Catalog
from bot.catalog.load import load_catalog
from bot.catalog.problems import CatalogError, CatalogProblem

HARDWARE = """\
[sources.datasheet]
url = "https://example.org/t4"
as_of = "2019"

[[hardware]]
id = "t4"
name = "T4"
kind = "gpu"
aliases = ["Tesla T4"]
count = 1
vram_gb = 16
bandwidth_gb_s = 320
sources = ["datasheet"]

[hardware.usable]
device_mib = 14912
usable_mib = 14000

[[hardware.conflicts]]
field = "bandwidth_gb_s"
values = [320, 300]

[[hardware]]
id = "a100-40gb"
name = "A100 40GB"
kind = "gpu"
count = 1
vram_gb = 40

[[hardware]]
id = "a100-80gb"
name = "A100 80GB"
kind = "gpu"
count = 1
vram_gb = 80

[[shared_name]]
names = ["A100"]
may_be = ["a100-80gb", "a100-40gb"]
"""

OFFER = """\
[provider]
id = "acme"
name = "Acme"
operator = "Acme Inc."
aliases = ["顶点"]

[sources.docs]
url = "https://example.org/docs"
as_of = "2026-09-24"
confidence = "high"

[sources.blog]
text = "a blog"
as_of = "unknown"
confidence = "low"

[[offer]]
id = "acme-free"
name = { en = "Acme free", zh = "顶点免费版" }
short = "Acme"
aliases = [
  "acme one",
  "acme two",
]
kind = { value = "notebook", sources = ["docs"] }
status = { value = "active", sources = ["docs"] }

[offer.access]
card = { value = true, sources = ["docs", "blog"] }

[[offer.gpus]]
model = "Tesla T4"
count = 1
assigned = "choice"
sources = ["docs"]

[offer.session]
limit_hours = { value = 12, sources = ["docs"] }
notes.en = \"\"\"
Twelve hours,
"at most".\"\"\"
notes.zh = '最长十二小时'

[offer.quota]
amount = { value = 30, sources = ["docs"] }
unit = "hours"

[offer.quota.rule]
kind = "fixed-weekly"
weekday = "saturday"
time = "00:00"
zone = "UTC"

[offer.credits]
currency = "USD"
rates = [
  { gpu = "T4", price = 0.5, per = "hour" },
]

[[offer.conflicts]]
field = "access.card"
values = [
  { value = true, source = "docs" },
  { value = false, source = "blog" },
]

[[offer.history]]
field = "session.limit_hours"
value = 9
date = "2020"
source = "docs"
"""


class CatalogFolder:
    """`offers/acme.toml` and `hardware/cards.toml` below a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("hardware/cards.toml", HARDWARE)
        self.write("offers/acme.toml", OFFER)

    def write(self, name: str, text: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def replace(self, old: str, new: str, name: str = "offers/acme.toml") -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def line_of(self, part: str, name: str = "offers/acme.toml") -> int:
        lines = (self.root / name).read_text(encoding="utf-8").splitlines()
        [number] = [number for number, line in enumerate(lines, start=1) if part in line]
        return number

    def load(self) -> Catalog:
        return load_catalog(self.root)

    def problems(self) -> tuple[CatalogProblem, ...]:
        try:
            self.load()
        except CatalogError as error:
            return error.problems
        return ()

    def problem(self) -> CatalogProblem:
        """The one problem that there is."""
        found = self.problems()
        assert len(found) == 1, "\n".join(map(str, found)) or "the catalog loads"
        return found[0]

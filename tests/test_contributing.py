"""What CONTRIBUTING.md says works when it is done literally."""

import re
from pathlib import Path

import pytest

from tests.catalog.folder import CatalogFolder

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("data/*/*.md")])


def offer_of_the_page() -> str:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- an offer -->\n```toml\n(.*?)```", page, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_offer_of_the_page_is_taken_as_it_stands(tmp_path: Path) -> None:
    folder = CatalogFolder(tmp_path)
    folder.write("offers/acme.toml", offer_of_the_page())
    offer = folder.load().offer("acme-free")
    assert offer.session.limit_hours.value == 6
    assert offer.access.card.value is False
    assert offer.session.idle_minutes.value is None


def test_a_slip_in_it_is_told_with_file_line_and_field(tmp_path: Path) -> None:
    folder = CatalogFolder(tmp_path)
    folder.write("offers/acme.toml", offer_of_the_page().replace("value = 6", 'value = "six"'))
    problem = folder.problem()
    assert problem.line == folder.line_of("limit_hours =")
    assert problem.field == "offer.session.limit_hours.value"


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_file_that_a_page_links_exists(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []

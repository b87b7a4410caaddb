from collections.abc import Callable
from pathlib import Path

import pytest

from bot.catalog.catalog import Catalog
from bot.catalog.changes import changes, describe
from bot.catalog.load import load_catalog
from bot.catalog.problems import CatalogError
from bot.catalog.shelf import CatalogShelf

Edit = Callable[[str, str, str], Catalog]
ROOT = Path(__file__).parents[2] / "data"


def copy_of_data(folder: Path) -> Path:
    for part in ("offers", "hardware"):
        (folder / part).mkdir()
        for file in (ROOT / part).glob("*.toml"):
            (folder / part / file.name).write_text(file.read_text("utf-8"), "utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return copy_of_data(tmp_path)


def edit(data: Path, file: str, old: str, new: str) -> None:
    path = data / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def told(old: Catalog, new: Catalog) -> list[str]:
    return [describe(each) for each in changes(old, new)]


def test_the_same_files_have_no_difference(catalog: Catalog, data: Path) -> None:
    assert told(catalog, load_catalog(data)) == []


def test_a_value_that_changed_is_told_with_both(catalog: Catalog, data: Path) -> None:
    edit(data, "offers/kaggle.toml", "limit_hours = { value = 12", "limit_hours = { value = 10")
    fresh = load_catalog(data)
    assert told(catalog, fresh) == ["kaggle-notebooks-gpu: session.limit_hours 12 -> 10"]
    assert told(fresh, catalog) == ["kaggle-notebooks-gpu: session.limit_hours 10 -> 12"]


def test_offers_come_and_go(catalog: Catalog, data: Path) -> None:
    (data / "offers/floydhub.toml").unlink()
    assert told(catalog, load_catalog(data)) == ["floydhub: gone"]
    assert told(load_catalog(data), catalog) == ["floydhub: new"]


def test_of_a_list_only_what_came_or_went_is_told(catalog: Catalog, data: Path) -> None:
    edit(data, "offers/kaggle.toml", 'en = "Phone verification"', 'en = "A phone number"')
    lines = told(catalog, load_catalog(data))
    assert len(lines) == 2
    assert all(line.startswith("kaggle-notebooks-gpu: cons ") for line in lines)
    assert any("Phone verification" in line for line in lines)


def test_a_value_that_was_looked_up_again_is_confirmed(catalog: Catalog, data: Path) -> None:
    edit(data, "offers/floydhub.toml", 'as_of = "', 'as_of = "2026-11-20" # "')
    assert any("confirmed 2026-11-20" in line for line in told(catalog, load_catalog(data)))


def test_hardware_is_compared_too(catalog: Catalog, data: Path) -> None:
    t4 = 'id = "t4"'
    row = (data / "hardware/nvidia.toml").read_text("utf-8").partition(t4)[2].partition("year")[0]
    edit(data, "hardware/nvidia.toml", f"{t4}{row}year = 2018", f"{t4}{row}year = 2019")
    assert told(catalog, load_catalog(data)) == ["t4: year 2018 -> 2019"]


def test_a_bad_edit_keeps_the_last_good_catalog(data: Path) -> None:
    shelf = CatalogShelf(lambda: load_catalog(data))
    good = shelf.catalog
    edit(data, "offers/kaggle.toml", "limit_hours = { value = 12", "limit_hours = { value = 10")
    changed = shelf.reload()
    assert [describe(each) for each in changed] == [
        "kaggle-notebooks-gpu: session.limit_hours 12 -> 10"
    ]
    better = shelf.catalog
    edit(data, "offers/kaggle.toml", "limit_hours = { value = 10", "limit_hours = { value = '10'")
    with pytest.raises(CatalogError, match=r"kaggle\.toml:\d+: offer\.session\.limit_hours"):
        shelf.reload()
    assert shelf.catalog is better
    assert better is not good

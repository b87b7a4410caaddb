from bot.catalog.load import load_catalog
from bot.catalog.recent import recent


def test_changes_are_the_newest_first_and_all_dated() -> None:
    found = recent(load_catalog(), limit=20)
    days = [each.day for each in found]
    assert len(found) == 20
    assert days == sorted(days, reverse=True)


def test_one_offer_alone_has_its_own_changes() -> None:
    found = recent(load_catalog(), offer_id="kaggle-notebooks-gpu")
    assert found
    assert {each.offer.id for each in found} == {"kaggle-notebooks-gpu"}

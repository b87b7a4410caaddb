import re

from bot.catalog.catalog import Catalog
from bot.catalog.facts import cited_sources
from bot.catalog.show import show


def test_an_offer_is_shown_with_values_sources_conflicts_history_and_what_is_unknown(
    catalog: Catalog,
) -> None:
    text = show(catalog, catalog.offer("kaggle-notebooks-gpu"))
    assert text.startswith("kaggle-notebooks-gpu: Kaggle Notebooks - free GPU\n")
    assert re.search(r"^  limit_hours +12 \[\d+\]$", text, re.MULTILINE)
    assert re.search(r"^  card +no \[\d+\]$", text, re.MULTILINE)
    assert re.search(r"^  session.idle_minutes +20 \[\d+\]; 60 \[\d+\]$", text, re.MULTILINE)
    assert re.search(r"^  gpus +2020: Tesla P100 for every user \[\d+\]$", text, re.MULTILINE)
    assert re.search(r"^  unknown +.*cooldown_hours", text, re.MULTILINE)
    assert "https://www.kaggle.com/docs/notebooks (2026-09-24, high)" in text


def test_every_offer_is_shown_with_all_its_sources_and_no_other_number(catalog: Catalog) -> None:
    for offer in catalog.offers.values():
        body, _, listed = show(catalog, offer).partition("\nsources\n")
        numbers = {int(number) for number in re.findall(r" \[(\d+)\]", body)}
        assert numbers == set(range(1, len(cited_sources(offer)) + 1))
        assert len(listed.splitlines()) == len(numbers)


def test_an_unknown_value_shows_the_sources_that_were_read_in_vain(catalog: Catalog) -> None:
    text = show(catalog, catalog.offer("google-colab-free"))
    assert re.search(r"^  unknown +.*idle_minutes \[\d+\]", text, re.MULTILINE)

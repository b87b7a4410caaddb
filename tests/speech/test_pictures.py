import re
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.compare import Column, Comparison, compare, compare_offers
from bot.advice.memory import main_card
from bot.catalog.catalog import Catalog
from bot.catalog.facts import UNKNOWN, Fact
from bot.catalog.load import load_catalog
from bot.catalog.offer import Offer, OfferedGpu, Session
from bot.speech.locales import Locale
from bot.speech.phrasebook import Phrasebook, Words
from bot.speech.pictures import (
    ALT_LIMIT,
    DescribedPicture,
    Measures,
    Range,
    comparison_picture,
)

NOW = datetime(2026, 11, 23, tzinfo=UTC)
NOTHING: Range = (0, inf)
MEMORY, SESSION, WEEK, SPEED = range(4)
STARRED: dict[int, Column] = {MEMORY: "memory", SESSION: "session"}

catalog_of_the_project = cache(load_catalog)


@pytest.fixture(params=list(Locale))
def words(request: pytest.FixtureRequest, phrasebook: Phrasebook) -> Words:
    return phrasebook.words(request.param)


@pytest.fixture
def catalog() -> Catalog:
    return catalog_of_the_project()


def measured(
    weekly_hours: Range = NOTHING, speed: Range = NOTHING, *, once: bool = False
) -> Measures:
    return Measures(weekly_hours=weekly_hours, once=once, speed=speed)


def of(
    offers: list[Offer],
    words: Words,
    *measures: Measures,
    oldest: date | None = date(2026, 10, 1),
    old: bool = False,
) -> DescribedPicture:
    catalog = catalog_of_the_project()
    marked = compare_offers(catalog, offers, now=NOW).offers
    comparison = Comparison(tuple(replace(each, oldest=oldest, old=old) for each in marked))
    given = measures or (measured(),) * len(offers)
    return comparison_picture(comparison, given, catalog=catalog, words=words)


def unknown(offer: Offer) -> Offer:
    return offer.model_copy(update={"gpus": (), "tpu": None, "session": Session()})


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", text))


def test_unknown_is_said_and_has_no_value(catalog: Catalog, words: Words) -> None:
    shown = of([unknown(catalog.offer("google-colab-free"))], words)
    for row in shown.picture.rows:
        assert row.cells[0].text == words("unknown")
        assert row.cells[0].value is None
    for measure in ("memory", "session", "week", "speed"):
        assert words(f"picture-alt-{measure}-unknown") in shown.alt


def test_memory_is_usable_gib_or_said_to_be_advertised(catalog: Catalog, words: Words) -> None:
    offers = [catalog.offer("google-colab-free"), catalog.offer("marimo-molab")]
    shown = of(offers, words)
    usable, advertised = shown.picture.rows[MEMORY].cells
    assert (usable.certainty, usable.caption) == ("exact", None)
    assert usable.value is not None
    assert usable.value < 16
    assert (advertised.certainty, advertised.text) == ("advertised", "≤96")
    assert advertised.caption == words("picture-advertised")
    assert words("picture-legend-advertised") in shown.picture.notes[0]
    assert words("picture-alt-memory-advertised", n="96") in shown.alt


def test_memory_of_a_tpu_is_that_of_one_chip(catalog: Catalog, words: Words) -> None:
    cell = of([catalog.offer("kaggle-notebooks-tpu")], words).picture.rows[MEMORY].cells[0]
    assert (cell.value, cell.certainty) == (16, "advertised")


@pytest.mark.parametrize(
    ("bounds", "text", "value"),
    [
        ((30, 30), "30", 30),
        ((30, 168), "≥30", 30),
        ((6.46, 6.46), "6.4", 6.4),
        ((0.589, 0.589), "0.58", 0.58),
        ((28.999999999999996, 28.999999999999996), "29", 29),
        ((2.3, 2.3), "2.3", 2.3),
        ((0.004, 0.004), "<0.01", 0.004),
        ((0, 0), "0", 0),
    ],
)
def test_an_estimate_is_short_rounded_down_and_zero_only_where_it_is(
    bounds: Range, text: str, value: float, catalog: Catalog, words: Words
) -> None:
    shown = of([catalog.offer("google-colab-free")], words, measured(bounds, bounds))
    for row in (WEEK, SPEED):
        cell = shown.picture.rows[row].cells[0]
        assert (cell.text, cell.value) == (text, value)


def test_what_is_given_once_is_said_to_be(catalog: Catalog, words: Words) -> None:
    offer = catalog.offer("google-colab-free")
    shown = of([offer], words, measured((2, 2), once=True))
    assert shown.picture.rows[WEEK].cells[0].caption == words("picture-once")
    assert words("picture-legend-once") in shown.picture.notes[0]
    assert words("picture-alt-week-once", n="2") in shown.alt


def test_what_one_cannot_have_is_said_above_its_figures(catalog: Catalog, words: Words) -> None:
    colab = catalog.offer("google-colab-free")
    gone = colab.model_copy(update={"status": Fact(value="discontinued")})
    paid = colab.model_copy(update={"paid_comparison_only": True})
    unclear = colab.model_copy(update={"status": UNKNOWN})
    shown = of([colab, gone, paid, unclear], words)
    assert [head.warning for head in shown.picture.heads] == [
        None,
        words("status-discontinued"),
        words("picture-paid"),
        words("status-unknown"),
    ]
    assert words("status-discontinued") in shown.alt


def test_the_card_with_the_most_memory_stands_for_an_offer(catalog: Catalog, words: Words) -> None:
    colab = catalog.offer("google-colab-free")
    cards = (OfferedGpu(model="T4", vram_gb=16, count=2), OfferedGpu(model="L4", vram_gb=24))
    offer = colab.model_copy(update={"gpus": cards})
    assert main_card(offer) == cards[1]
    assert of([offer], words).picture.heads[0].about == "L4"
    many = colab.model_copy(update={"gpus": cards[:1]})
    assert of([many], words).picture.heads[0].about == "T4 ×2"
    assert main_card(unknown(colab)) is None


def test_the_foot_tells_the_oldest_date_and_whether_figures_are_old(
    catalog: Catalog, words: Words
) -> None:
    offers = [catalog.offer("google-colab-free")]
    assert of(offers, words).picture.notes[-1] == words("picture-oldest", date="2026-10-01")
    old = of(offers, words, oldest=date(2020, 12, 31), old=True)
    assert old.picture.notes[-1] == words("picture-oldest-old", date="2020-12-31")
    assert old.picture.notes[-1] in old.alt
    undated = of(offers, words, oldest=None, old=True)
    assert words("date-unknown") in undated.picture.notes[-1]


def test_the_legend_has_no_signs_that_the_picture_has_not(catalog: Catalog, words: Words) -> None:
    shown = of([unknown(catalog.offer("google-colab-free"))], words)
    assert len(shown.picture.notes) == 1


def test_the_description_has_every_figure_and_the_best_marked(
    catalog: Catalog, words: Words
) -> None:
    comparison = compare(catalog, [], now=NOW)
    count = len(comparison.offers)
    measures = [measured((10 + n, 10 + n), (n + 0.5, n + 0.5)) for n in range(count)]
    shown = comparison_picture(comparison, measures, catalog=catalog, words=words)
    cells = [cell for row in shown.picture.rows for cell in row.cells if cell.value is not None]
    assert len(cells) > 2 * count
    assert {number for cell in cells for number in numbers(cell.text)} <= numbers(shown.alt)
    assert all(head.name in shown.alt for head in shown.picture.heads)
    marks = sum(len(row.best) for row in shown.picture.rows)
    mark = words("picture-alt-best", figure="").strip()
    assert shown.alt.count(mark) == marks > 0


@given(
    models=st.lists(st.text("WX 0", min_size=1, max_size=200), min_size=5, max_size=5),
    hours=st.floats(0, 9999),
    once=st.booleans(),
    locale=st.sampled_from(Locale),
)
def test_the_description_never_exceeds_what_discord_takes(
    models: list[str], hours: float, once: bool, locale: Locale, phrasebook: Phrasebook
) -> None:
    colab = catalog_of_the_project().offer("google-colab-free")
    offers = [
        colab.model_copy(
            update={
                "short": "W" * 16,
                "gpus": (OfferedGpu(model=model, vram_gb=9999.99, count=99),),
                "session": Session(limit_hours=Fact(value=9999.99)),
                "status": Fact(value="closed_to_new"),
            }
        )
        for model in models
    ]
    measure = measured((hours, 10_000), (9999, 10_000), once=once)
    shown = of(offers, phrasebook.words(locale), *[measure] * 5, old=True)
    assert len(shown.alt) <= ALT_LIMIT


@pytest.mark.parametrize("start", range(0, 65, 5))
def test_a_star_is_where_the_table_of_the_same_offers_has_its_mark(
    catalog: Catalog, words: Words, start: int
) -> None:
    offers = list(catalog.offers.values())[start : start + 5]
    marked = compare_offers(catalog, offers, now=NOW).offers
    rows = of(offers, words).picture.rows
    for row, column in STARRED.items():
        marks = {place for place, each in enumerate(marked) if each.marks[column].best}
        assert rows[row].best == marks


def test_equal_writing_is_equally_good_and_what_is_gone_has_no_star(
    catalog: Catalog, words: Words
) -> None:
    colab = catalog.offer("google-colab-free")
    gone = colab.model_copy(update={"status": Fact(value="discontinued")})
    given = [measured((hours, hours), (hours, hours)) for hours in (6.46, 6.41, 50.0, 1.0)]
    shown = of([colab, colab, gone, colab], words, *given)
    assert shown.picture.rows[WEEK].best == shown.picture.rows[SPEED].best == {0, 1}

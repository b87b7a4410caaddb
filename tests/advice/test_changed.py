from functools import cache

import pytest

from bot.advice.changed import Changed, changed
from bot.catalog.load import load_catalog
from tests.advice.builder import fact, offer

catalog_of_the_project = cache(load_catalog)
SOURCE = {"as_of": "2026-01-01", "url": "https://example.org/then"}


def older(date: object, value: object, **topic: object) -> dict[str, object]:
    return {"date": date, "value": value, "source": SOURCE, **topic}


def text(words: str) -> dict[str, str]:
    return {"en": words, "zh": words}


def of(*history: dict[str, object], **parts: object) -> tuple[Changed, ...]:
    return changed(offer("some", history=history, **parts))


@pytest.mark.parametrize("offer_id", sorted(catalog_of_the_project().offers))
def test_no_older_value_is_lost_or_told_twice(offer_id: str) -> None:
    each = catalog_of_the_project().offer(offer_id)
    told = [value for subject in changed(each) for value in subject.values]
    assert sorted(map(repr, told)) == sorted(map(repr, each.history))


def test_the_values_of_a_subject_stand_together_the_oldest_first() -> None:
    found = of(
        older("2024-05", text("second"), field="gpus"),
        older("2021", 6, field="session.limit_hours"),
        older(text("some day"), text("undated"), field="gpus"),
        older("2020", text("first"), field="gpus"),
        older(text("until 2025-02-01"), text("third"), field="gpus"),
    )
    assert [each.field for each in found] == ["gpus", "session.limit_hours"]
    assert [str(each.value) for each in found[0].values] == ["first", "second", "third", "undated"]


def test_parts_of_a_quota_changed_together_and_topics_in_words_apart() -> None:
    found = of(
        older("2021", 30, field="quota.amount"),
        older("2022", text("by the day"), field="quota.rule"),
        older("2022", text("opened"), about=text("launch")),
        older("2023", text("closed"), about=text("hosting")),
    )
    assert [(each.field, str(each.about)) for each in found] == [
        ("quota", "None"),
        (None, "launch"),
        (None, "hosting"),
    ]
    assert len(found[0].values) == 2


@pytest.mark.parametrize(
    ("then", "now", "same"), [(12, 12, True), (9, 12, False), (9, None, False)]
)
def test_it_is_told_whether_the_oldest_value_holds_today(
    then: float, now: float | None, same: bool
) -> None:
    session = {} if now is None else {"limit_hours": fact(now)}
    (found,) = of(older("2020", then, field="session.limit_hours"), session=session)
    assert found.same is same


def test_gradient_gives_what_it_gave_in_2020_and_kaggle_more_hours_a_session() -> None:
    catalog = catalog_of_the_project()
    gradient = {each.field: each for each in changed(catalog.offer("paperspace-gradient-free"))}
    kaggle = {each.field: each for each in changed(catalog.offer("kaggle-notebooks-gpu"))}
    assert gradient["session.limit_hours"].same
    assert not gradient["gpus"].same
    assert not kaggle["session.limit_hours"].same
    assert kaggle["session.limit_hours"].values[0].value == 9

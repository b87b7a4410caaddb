import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.bounds import UNKNOWN, Bounds, exactly
from bot.catalog.catalog import Catalog
from bot.fit.models import Models
from bot.fit.pace import Range, operations, pace
from bot.fit.reading import read
from bot.fit.timing import HOUR, hours_for, sessions_for, two_digits


@given(st.floats(1, 1e12), st.floats(0.1, 1e6), st.floats(1, 50))
def test_a_time_is_rounded_outwards_and_no_finer_than_it_is_known(
    tokens: float, slow: float, factor: float
) -> None:
    hours = hours_for(tokens, Range(low=slow, high=slow * factor))
    exact = tokens / slow / HOUR
    assert hours.low <= exact / factor + 1 / 60
    assert hours.high >= exact * 0.999999
    assert hours.low <= hours.high


def test_a_run_is_spread_over_sessions_and_weeks() -> None:
    found = sessions_for(Range(low=20, high=50), session=exactly(12), weekly=exactly(30))
    assert found is not None
    assert (found.fewest, found.most) == (2, 5)
    assert found.weeks is not None
    assert found.weeks.high == pytest.approx(50 / 30)
    assert not found.at_most


def test_a_quota_that_is_known_from_below_gives_the_most_weeks() -> None:
    found = sessions_for(Range(low=20, high=50), session=exactly(12), weekly=Bounds(30, 168))
    assert found is not None
    assert found.at_most


def test_of_an_unknown_session_nothing_is_said() -> None:
    assert sessions_for(Range(low=1, high=2), session=UNKNOWN, weekly=UNKNOWN) is None


@pytest.mark.parametrize(("value", "shown"), [(1234, 1200), (0.0678, 0.068), (9.96, 10), (0, 0)])
def test_two_digits_count(value: float, shown: float) -> None:
    assert two_digits(value) == pytest.approx(shown)


def test_what_is_more_work_is_slower(catalog: Catalog, models: Models) -> None:
    def rate(**request: object) -> Range:
        wanted = read({"model": "llama-3.1-8b", **request}, models)
        found = pace(wanted.architecture, wanted.run, catalog.gpu_names.rows("T4")[0])
        assert found is not None
        return found

    assert rate(method="full").high < rate(method="lora").high
    assert rate(method="lora", grad_checkpoint=False).high > rate(method="lora").high
    assert rate(quant="nf4").high > rate().high
    assert rate(batch=4).high > rate().high


def test_a_mixture_works_with_the_experts_of_a_token_alone(models: Models) -> None:
    dense = read({"model": "mistral-7b", "method": "lora"}, models)
    mixture = read({"model": "mixtral-8x7b", "method": "lora"}, models)
    ratio = operations(mixture.architecture, mixture.run) / operations(
        dense.architecture, dense.run
    )
    assert 1.5 < ratio < 2  # 12.9B of 46.7B parameters against 7.2B

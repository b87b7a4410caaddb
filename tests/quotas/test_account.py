from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from bot.catalog.catalog import Catalog
from bot.catalog.load import load_catalog
from bot.catalog.offer import Offer
from bot.quotas.account import account_of, session_end
from bot.quotas.book import Book, Entry, EntryId, Source
from bot.quotas.offers import Personal
from bot.quotas.truth import Reading

HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # a Monday
SATURDAY = datetime(2026, 11, 28, tzinfo=UTC)
KAGGLE = "kaggle-notebooks-gpu"


@cache
def catalog() -> Catalog:
    return load_catalog()


def offer(offer_id: str = KAGGLE) -> Offer:
    return catalog().offer(offer_id)


def book(
    *hours: tuple[float, float],
    of: str = KAGGLE,
    reading: Reading | None = None,
    personal: Personal | None = None,
    gpu: str | None = None,
) -> Book:
    entries = tuple(
        Entry(
            id=EntryId(number),
            offer_id=of,
            start=NOW + start * HOUR,
            end=NOW + end * HOUR,
            source=Source.SESSION,
            reminder_id=number,
            gpu=gpu,
        )
        for number, (start, end) in enumerate(hours, start=1)
    )
    return Book(
        entries={of: entries} if entries else {},
        readings={} if reading is None else {of: reading},
        settings={} if personal is None else {of: personal},
    )


def test_what_was_used_what_is_left_and_when_it_is_renewed() -> None:
    account = account_of(offer(), book((-20, -14), (-2, 3)), now=NOW)
    assert account.reckoned is not None
    standing = account.reckoned.standing
    assert (standing.used, standing.left) == (pytest.approx(8), pytest.approx(22))
    assert account.reckoned.planned == pytest.approx(3)
    assert account.reckoned.renews_at == SATURDAY
    assert account.reckoned.expires_at is None


def test_the_pace_tells_when_it_runs_out() -> None:
    account = account_of(offer(), book((-48, -28)), now=NOW)
    assert account.reckoned is not None
    assert account.reckoned.pace is not None
    assert account.reckoned.pace.runs_out_at is not None
    assert NOW < account.reckoned.pace.runs_out_at < SATURDAY


def test_sessions_that_use_the_rest_say_when_it_is_gone() -> None:
    account = account_of(offer(), book((-30, -5), (-1, 8)), now=NOW)
    assert account.reckoned is not None
    assert account.reckoned.gone_at == NOW + 4 * HOUR
    some_left = account_of(offer(), book((-20, -14), (-2, 3)), now=NOW)
    assert some_left.reckoned is not None
    assert some_left.reckoned.gone_at is None


def test_credits_count_by_the_price_of_the_card_and_without_one_are_not_counted() -> None:
    modal = "modal-starter"
    unknown = account_of(offer(modal), book((-2, -1), of=modal), now=NOW)
    assert unknown.reckoned is not None
    assert (unknown.unpriced, unknown.reckoned.standing.used) == (1, 0)
    usual = book((-2, -1), of=modal, personal=Personal(gpu="T4"))
    known = account_of(offer(modal), usual, now=NOW)
    assert known.reckoned is not None
    assert (known.unpriced, known.reckoned.standing.used) == (0, pytest.approx(0.59, abs=0.01))
    said = account_of(offer(modal), book((-2, -1), of=modal, gpu="L4"), now=NOW)
    assert said.reckoned is not None
    assert said.reckoned.standing.used == pytest.approx(0.8, abs=0.01)


def test_an_unpublished_quota_has_no_numbers() -> None:
    colab = "google-colab-free"
    account = account_of(offer(colab), book((-2, -1), of=colab), now=NOW)
    assert account.reckoned is None
    assert len(account.entries) == 1


def test_credits_given_once_expire() -> None:
    personal = Personal(expires=NOW + 48 * HOUR)
    lightning = "lightning-ai-free"
    account = account_of(offer(lightning), book(of=lightning, personal=personal), now=NOW)
    assert account.reckoned is not None
    assert (account.reckoned.expires_at, account.reckoned.renews_at) == (NOW + 48 * HOUR, None)


def test_the_session_ends_with_the_quota_when_little_is_left() -> None:
    reading = Reading(used=28, remaining=2, total=30, refresh_at=SATURDAY, as_of=NOW - HOUR)
    end = session_end(offer(), book(reading=reading), start=NOW, planned=NOW + 6 * HOUR, now=NOW)
    assert (end.at, end.why) == (NOW + 2 * HOUR, "quota")


def test_a_session_that_the_provider_has_partly_counted_is_not_counted_twice() -> None:
    # It began an hour before the provider was asked, and runs on.
    reading = Reading(used=28, remaining=2, total=30, refresh_at=SATURDAY, as_of=NOW)
    known = book((-1, 6), reading=reading)
    end = session_end(
        offer(), known, start=NOW - HOUR, planned=NOW + 6 * HOUR, reminder_id=1, now=NOW
    )
    assert (end.at, end.why) == (NOW + 2 * HOUR, "quota")


def test_the_limit_counts_from_the_start_of_the_session() -> None:
    reading = Reading(used=1, remaining=29, total=30, refresh_at=SATURDAY, as_of=NOW)
    start = NOW - 10 * HOUR
    end = session_end(offer(), book(reading=reading), start=start, planned=NOW + 6 * HOUR, now=NOW)
    assert (end.at, end.why) == (NOW + 2 * HOUR, "limit")


def test_a_session_over_the_renewal_goes_on_with_new_quota() -> None:
    friday = SATURDAY - 2 * HOUR
    reading = Reading(used=27, remaining=3, total=30, refresh_at=SATURDAY, as_of=NOW)
    end = session_end(
        offer(), book(reading=reading), start=friday, planned=friday + 9 * HOUR, now=NOW
    )
    assert end.why == "planned"


def test_others_that_run_are_counted_as_long_as_their_owner_wants_them() -> None:
    # Promised five hours each when ten were left; now fourteen are.
    reading = Reading(used=16, remaining=14, total=30, refresh_at=SATURDAY, as_of=NOW)
    known = book((0, 5), (0, 5), reading=reading)
    wished = [replace(each, wished_end=NOW + 9 * HOUR) for each in known.entries[KAGGLE]]
    known = replace(known, entries={KAGGLE: tuple(wished)})
    for number in (1, 2):
        end = session_end(
            offer(), known, start=NOW, planned=NOW + 9 * HOUR, now=NOW, reminder_id=number
        )
        assert (end.at, end.why) == (NOW + 7 * HOUR, "quota")

from datetime import timedelta

from bot.quotas.book import Book
from bot.quotas.offers import Personal
from bot.quotas.telling import telling
from bot.quotas.watch import Topic
from tests.quotas.test_account import HOUR, NOW, SATURDAY, book, offer

DAY = timedelta(days=1)


def test_what_is_told_in_time_is_what_was_planned() -> None:
    planned = SATURDAY - DAY
    told = telling(offer(), book((0, 18)), topic=Topic.EXPIRING, planned_for=planned, as_of=planned)
    assert told.topic is Topic.EXPIRING
    assert told.expires_at == SATURDAY
    assert told.reckoned is not None
    assert told.reckoned.standing.left == 12


def test_what_comes_after_the_renewal_tells_that_and_not_what_is_lost() -> None:
    for topic in (Topic.EXPIRING, Topic.LOW):
        told = telling(
            offer(),
            book((0, 25)),
            topic=topic,
            planned_for=SATURDAY - DAY,
            as_of=SATURDAY + HOUR,
        )
        assert told.topic is Topic.RENEWED
        assert told.reckoned is not None
        assert told.reckoned.standing.left == 30
        assert told.expires_at == SATURDAY + 7 * DAY


def test_credits_that_are_void_by_then_are_told_to_be() -> None:
    lightning = offer("lightning-ai-free")
    known = Book(settings={lightning.id: Personal(expires=NOW + DAY)})
    in_time = telling(lightning, known, topic=Topic.EXPIRING, planned_for=NOW, as_of=NOW + HOUR)
    late = telling(lightning, known, topic=Topic.EXPIRING, planned_for=NOW, as_of=NOW + 2 * DAY)
    assert (in_time.over, late.over) == (False, True)


def test_a_nudge_after_the_session_was_cut_says_so() -> None:
    planned = NOW + timedelta(minutes=15)
    in_time, late = (
        telling(offer(), Book(), topic=Topic.IDLE, planned_for=planned, as_of=planned + wait)
        for wait in (timedelta(minutes=4), timedelta(minutes=5))
    )
    assert in_time.idle_minutes == 20
    assert in_time.idle_ends_at == NOW + timedelta(minutes=20)
    assert (in_time.over, late.over) == (False, True)


def test_of_an_offer_that_is_gone_nothing_is_told_but_that() -> None:
    told = telling(None, Book(), topic=Topic.LOW, planned_for=NOW, as_of=NOW)
    assert (told.topic, told.offer, told.reckoned) == (Topic.CHANGED, None, None)

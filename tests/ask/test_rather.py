"""What else a question may mean."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.ask.read import CLOSE, read
from bot.ask.reading import ALIKE, Intent
from tests.ask.conftest import lexicon_of_the_project
from tests.ask.paraphrases import from_the_border, in_the_wild

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ASKED = [each.text for each in (*in_the_wild(held_out=False), *from_the_border())]


@given(st.sampled_from(ASKED) | st.text())
def test_what_else_is_meant_is_another_kind_that_weighs_about_as_much(text: str) -> None:
    reading = read(text, lexicon_of_the_project(), now=NOW)
    rather = reading.rather
    if rather is None:
        return
    kinds = {ALIKE.get(each, each) for each in (reading.intent, rather.intent)}
    assert len(kinds) == 2
    assert rather.intent not in {Intent.REMINDER, Intent.OUT_OF_SCOPE}
    assert reading.weights[reading.intent] - reading.weights[rather.intent] <= CLOSE
    assert rather.rather is None
    assert (rather.providers, rather.amounts) == (reading.providers, reading.amounts)


def test_a_reminder_means_nothing_else() -> None:
    for each in ASKED:
        reading = read(each, lexicon_of_the_project(), now=NOW)
        assert reading.rather is None or reading.intent is not Intent.REMINDER

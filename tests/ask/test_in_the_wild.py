"""How well the questions of strangers are read, in totals: none of them has to be on its own."""

import pytest

from bot.ask.lexicon import Lexicon
from bot.ask.read import read
from bot.ask.reading import Intent
from tests.ask.paraphrases import (
    Labelled,
    from_the_border,
    held_out,
    in_the_wild,
    paraphrases,
)
from tests.ask.test_read import NOW, one, share


def is_of_an_offer(each: Labelled) -> bool:
    return each.intent != "out_of_scope"


@pytest.mark.parametrize(("unseen", "least"), [(False, 0.85), (True, 0.77)])
def test_most_have_their_intent(lexicon: Lexicon, *, unseen: bool, least: float) -> None:
    def right(each: Labelled) -> bool:
        return one(read(each.text, lexicon, now=NOW).intent) == one(each.intent)

    assert share(list(in_the_wild(held_out=unseen)), right) >= least


@pytest.mark.parametrize(("unseen", "least"), [(False, 0.95), (True, 0.85)])
def test_nearly_all_name_the_same_providers(
    lexicon: Lexicon, *, unseen: bool, least: float
) -> None:
    def right(each: Labelled) -> bool:
        found = read(each.text, lexicon, now=NOW).providers
        return {named.name for named in found} == set(each.providers)

    assert share([each for each in in_the_wild(held_out=unseen) if each.providers], right) >= least


@pytest.mark.parametrize(("unseen", "least"), [(False, 0.93), (True, 0.76)])
def test_most_have_their_attribute(lexicon: Lexicon, *, unseen: bool, least: float) -> None:
    def right(each: Labelled) -> bool:
        return each.attribute in read(each.text, lexicon, now=NOW).attributes

    with_one = [each for each in in_the_wild(held_out=unseen) if each.attribute]
    assert share(with_one, right) >= least


@pytest.mark.parametrize(("unseen", "kept", "declined"), [(False, 0.95, 0.76), (True, 0.92, 0.61)])
def test_most_of_what_is_not_of_an_offer_is_declined_and_little_else(
    lexicon: Lexicon, *, unseen: bool, kept: float, declined: float
) -> None:
    def right(each: Labelled) -> bool:
        answered = read(each.text, lexicon, now=NOW).intent is not Intent.OUT_OF_SCOPE
        return answered == is_of_an_offer(each)

    asked = in_the_wild(held_out=unseen)
    assert share([each for each in asked if is_of_an_offer(each)], right) >= kept
    assert share([each for each in asked if not is_of_an_offer(each)], right) >= declined


def test_of_the_border_most_have_their_intent_and_are_kept(lexicon: Lexicon) -> None:
    asked = from_the_border()
    intents = {each: read(each.text, lexicon, now=NOW).intent for each in asked}
    assert share(list(asked), lambda each: one(intents[each]) == one(each.intent)) >= 0.82
    of_offers = list(filter(is_of_an_offer, asked))
    assert share(of_offers, lambda each: intents[each] is not Intent.OUT_OF_SCOPE) >= 0.94


def test_what_the_words_never_saw_is_in_no_other_file() -> None:
    unseen = {each.text for each in in_the_wild(held_out=True)}
    learnt = (
        *in_the_wild(held_out=False),
        *paraphrases(),
        *held_out(),
        *from_the_border(),
    )
    assert len(unseen) == len(in_the_wild(held_out=True))
    # A count: whoever teaches words is not to read them.
    assert len(unseen & {each.text for each in learnt}) == 0

"""What may have been meant as well stands beside the answer, as a button."""

import pytest

from bot.ask.reading import Intent
from bot.speech.locales import written_in
from tests.cogs.town import STRING_SELECT, Town, answer, labels, parts, said


@pytest.mark.parametrize(
    ("question", "meant", "told"),
    [
        ("Saturn Cloud stopped giving free hours?", "status_alive", "Saturn Cloud"),
        ("想在colab上跑，跑完結果直接存到雲端硬碟，有沒有簡單的做法", "recommend", "Colab"),
    ],
)
async def test_the_other_meaning_is_answered_on_a_click_after_a_restart(
    town: Town, question: str, meant: str, told: str
) -> None:
    words = town.words(written_in(question))
    asker = town.sam if question.isascii() else town.lin
    result = await asker.slash(town.square, "gpu ask", question=question)
    await town.restart()
    asker = town.sam if question.isascii() else town.lin
    other = await asker.click(answer(result), label=words(f"ask-rather-{meant}"))
    assert answer(other).ephemeral
    *_, read_as = said(other).split("\n")
    assert words(f"ask-intent-{meant}") in read_as
    assert told in read_as


async def test_the_other_meaning_keeps_what_was_wished_for(town: Town) -> None:
    question = "need 48h straight for a diffusion run, anywhere free that doesn't cut me off"
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    assert town.words()("ask-clarify-provider") in said(result)
    other = await town.sam.click(answer(result), label=town.words()("ask-rather-recommend"))
    assert "48 h" in said(other).split("\n")[-1]


async def test_the_other_meaning_keeps_what_is_to_be_run(town: Town) -> None:
    question = "Friends please how we can use stable_diffusion Free, we don't want to pay any money"
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    other = await town.sam.click(answer(result), label=town.words()("ask-rather-recommend"))
    assert "Stable Diffusion" in said(other)


async def test_who_was_declined_gets_to_the_answer_by_one_click(town: Town) -> None:
    question = "As a hobbyist, how do I get this model running for the least money?"
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    assert said(result).split("\n")[0] == town.words()("ask-out-of-scope")
    fitting = await town.sam.click(answer(result), label=town.words()("ask-rather-recommend"))
    assert town.words()("ask-intent-recommend") in said(fitting).split("\n")[-1]


async def test_what_is_asked_of_no_offer_asks_back_for_the_other_meaning_too(town: Town) -> None:
    result = await town.sam.slash(
        town.square, "gpu ask", question="How long until the service is back?"
    )
    other = await town.sam.click(answer(result), label=town.words()("ask-rather-status_alive"))
    assert town.words()("ask-clarify-provider") in said(other)
    (who,) = (each["custom_id"] for each in parts(answer(other)) if each["type"] == STRING_SELECT)
    chosen = await town.sam.select(answer(other), ["kaggle-notebooks-gpu"], custom_id=who)
    assert town.words()("ask-intent-status_alive") in said(chosen).split("\n")[-1]


@pytest.mark.parametrize("question", ["when does kaggle renew?", "hello", "Kaggle vs Colab?"])
async def test_a_plain_question_has_no_other_meaning(town: Town, question: str) -> None:
    result = await town.sam.slash(town.square, "gpu ask", question=question)
    answered = {*Intent} - {Intent.REMINDER, Intent.OUT_OF_SCOPE}
    others = {town.words()(f"ask-rather-{each}") for each in answered}
    assert others.isdisjoint(labels(answer(result)))

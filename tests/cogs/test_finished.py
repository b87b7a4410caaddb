from discord import ui

from cogs._finished import MOST_KEPT, FinishedAnswers
from cogs.views.layout import card, text


async def test_an_answer_is_made_once_and_sent_as_it_was_made() -> None:
    made: list[ui.LayoutView] = []

    def make() -> ui.LayoutView:
        made.append(card(text("a hundred hours")))
        return made[-1]

    answers = FinishedAnswers()
    first, again = (answers.take(("info", "kaggle"), make) for _ in range(2))
    assert first.to_components() == again.to_components() == made[0].to_components()
    assert first.has_components_v2()
    assert first.is_finished()
    assert len(made) == 1


async def test_what_is_of_another_day_or_revision_is_made_anew() -> None:
    answers = FinishedAnswers()
    for key in (("info", "2026-01-01"), ("info", "2026-01-02")):
        view = answers.take(key, lambda key=key: card(text(key[1])))
        assert view.to_components() == card(text(key[1])).to_components()


async def test_memory_does_not_grow_with_what_users_ask_for() -> None:
    answers = FinishedAnswers()
    made: list[int] = []

    def make(number: int) -> ui.LayoutView:
        made.append(number)
        return card(text(str(number)))

    for number in range(MOST_KEPT + 1):
        answers.take(number, lambda number=number: make(number))
    answers.take(0, lambda: make(0))
    assert made.count(0) == 2

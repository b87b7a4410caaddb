from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.advice.index import OfferIndex
from bot.ask.answer import Answer, answer
from bot.ask.lexicon import Lexicon
from bot.ask.premises import NoSuchCard, WrongFigure
from bot.ask.read import read
from bot.fit.constraint import WorkloadReader

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
Ask = Callable[[str], Answer]


@pytest.fixture
def ask(lexicon: Lexicon, index: OfferIndex) -> Ask:
    workloads = WorkloadReader()
    return lambda text: answer(read(text, lexicon, now=NOW), index, workloads)


def test_who_is_not_wanted_is_not_recommended(ask: Ask) -> None:
    found = ask("recommend a free gpu without a credit card, not Kaggle").found
    assert found is not None
    assert found.query.card is False
    assert found.fits
    assert all(not each.choice.offer.id.startswith("kaggle") for each in found.fits)


def test_an_alternative_is_from_somebody_else(ask: Ask) -> None:
    found = ask("what can I use instead of Colab?").found
    assert found is not None
    assert found.fits
    assert all(not each.choice.offer.id.startswith("google-colab") for each in found.fits)


def test_what_is_gone_is_said_to_be_so_with_what_is_open(ask: Ask) -> None:
    said = ask("is azure notebooks still available?")
    assert [offer.id for offer in said.gone] == ["azure-notebooks"]
    assert said.found is not None
    assert said.found.fits


def test_a_wrong_figure_is_corrected_and_its_history_named(ask: Ask) -> None:
    (premise,) = ask("does a kaggle session last 9 hours?").premises
    assert isinstance(premise, WrongFigure)
    assert (premise.said, premise.true) == (9, 12)
    assert premise.once is not None
    assert premise.once.date == "2020"


def test_a_card_that_is_not_there_is_corrected(ask: Ask) -> None:
    (premise,) = ask("does colab have a K80?").premises
    assert isinstance(premise, NoSuchCard)
    assert premise.once is not None


def test_what_is_true_is_not_corrected(ask: Ask) -> None:
    assert ask("does a kaggle session last 12 hours?").premises == ()
    assert ask("does kaggle have a T4?").premises == ()


@pytest.mark.parametrize(
    "text",
    [
        "can I use two accounts on kaggle to get more hours",
        "keep alive script for colab so it does not disconnect?",
        "用多个账号刷kaggle额度可以吗",
    ],
)
def test_getting_around_a_limit_is_seen(ask: Ask, text: str) -> None:
    assert ask(text).evades


def test_a_stranger_is_named_and_nothing_made_up(ask: Ask) -> None:
    said = ask("how much does AutoDL cost per hour?")
    assert said.strangers == ("AutoDL",)
    assert said.offers == ()


@pytest.mark.parametrize(
    "text",
    [
        "can I use two google accounts for colab?",
        "a second gmail account for more kaggle hours?",
        "开两个谷歌号轮流用colab可以吗",
    ],
)
def test_several_accounts_are_a_way_around_a_limit(ask: Ask, text: str) -> None:
    assert ask(text).evades


@pytest.mark.parametrize(
    ("text", "judged", "verdict"),
    [
        ("can I qlora a 7b on a free T4", "T4", "fits"),
        ("is 6GB enough for sdxl", "6 GB", "does_not_fit"),
        ("can i qlora llama 3 8b on kaggle", "Kaggle GPU (T4)", "fits"),
    ],
)
def test_what_is_named_is_judged_by_the_memory_of_the_run(
    ask: Ask, text: str, judged: str, verdict: str
) -> None:
    said = ask(text)
    assert said.run is not None
    (place,) = said.run.judged
    assert (place.name, place.room.verdict(said.run.total_bytes)) == (judged, verdict)
    assert said.found is not None
    assert said.found.query.min_vram_gib == said.run.need_gib


@pytest.mark.parametrize("text", ["can I run 7b or 13b on a T4?", "微调7B还是13B要多少显存"])
def test_of_several_sizes_none_is_judged_and_nothing_is_searched_for(ask: Ask, text: str) -> None:
    said = ask(text)
    assert said.run is None
    assert said.run_sizes == ("7B", "13B")
    assert said.found is None


def test_cards_that_are_named_together_are_judged_as_so_many(ask: Ask) -> None:
    said = ask("can kaggle's T4 x2 fit a 13B lora")
    assert said.run is not None
    assert [(each.name, each.gpus) for each in said.run.judged] == [
        ("T4", 2),
        ("Kaggle GPU (T4)", 2),
    ]


def test_a_number_is_never_cut_to_another_one(ask: Ask) -> None:
    assert ask("how much vram to train a 999999999999999999999b model").run is None


def test_a_run_without_a_card_asks_for_its_memory(ask: Ask) -> None:
    said = ask("微调7B需要多大显存")
    assert said.run is not None
    assert said.run.judged == ()
    assert said.found is not None
    assert said.found.query.min_vram_gib == said.run.need_gib > 8


@pytest.mark.parametrize(
    ("text", "gpus"),
    [
        ("which offer has an A100 with 40gb", ("A100 40GB",)),
        ("free V100 32GB", ("V100",)),
        ("AMD gpus free", ("MI300X",)),
        ("besides colab where can I get a T4", ("T4",)),
        ("colab only gives me a T4, what else is there?", ()),
    ],
)
def test_a_card_that_is_looked_for_is_searched_by_its_model_and_not_by_its_size_too(
    ask: Ask, text: str, gpus: tuple[str, ...]
) -> None:
    found = ask(text).found
    assert found is not None
    assert (found.query.gpus, found.query.min_vram_gib) == (gpus, None)


def test_who_looks_for_a_card_of_a_maker_gets_one_of_that_maker(ask: Ask) -> None:
    found = ask("AMD gpus free").found
    assert found is not None
    assert [each.choice.offer.id for each in found.fits] == ["amd-developer-cloud"]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("which free tiers don't need a phone number", "phone"),
        ("anything without phone verification?", "phone"),
        ("没有海外手机号还能用哪家的免费gpu", "phone"),
        ("somewhere free that doesn't ask for a cc", "card"),
        ("有没有不用绑卡的免费gpu", "card"),
    ],
)
def test_what_somebody_will_not_give_is_not_asked_by_what_is_found(
    ask: Ask, text: str, field: str
) -> None:
    found = ask(text).found
    assert found is not None
    assert getattr(found.query, field) is False
    assert found.fits
    assert all(getattr(each.choice.offer.access, field).value is False for each in found.fits)


def test_a_model_of_which_nobody_knows_the_memory_is_not_said_to_fit(ask: Ask) -> None:
    said = ask("is 8 gigs of vram enough to finetune bert base")
    assert said.run is None
    assert said.unknown_run
    assert not ask("can i qlora llama 3 8b on kaggle").unknown_run
    assert not ask("recommend a free gpu for bert").unknown_run


def test_students_who_ask_for_the_paid_plan_hear_of_the_one_for_them(ask: Ask) -> None:
    said = ask("is colab pro really free for us students now??")
    assert [offer.id for offer in said.for_students] == ["google-colab-pro-education"]
    assert ask("how much is colab pro?").for_students == ()


@pytest.mark.parametrize(
    "text",
    [
        "qlora 7b on kaggle overnight",
        "lora 7b kaggle",
        "full finetune 7b on colab",
        "Llama-3.1-8B GGUF Q4_K_M on colab",
        "Kaggle vs Colab for a 13B qlora",
        "kaggle跑7b qlora",
    ],
)
def test_a_run_beside_a_provider_is_judged_there(ask: Ask, text: str) -> None:
    run = ask(text).run
    assert run is not None
    assert any("(T4)" in each.name for each in run.judged)


@pytest.mark.parametrize(
    "text",
    ["gpt-oss 20b", "deepseek-r1 distill qwen 14b on T4", "SD 1.5 显存", "deepseek r1 671b vram"],
)
def test_a_run_alone_asks_what_it_takes(ask: Ask, text: str) -> None:
    said = ask(text)
    assert said.run is not None
    assert said.clarify is None


def test_a_pair_of_cards_is_there_where_two_of_the_card_are(ask: Ask) -> None:
    assert ask("T4x2 kaggle free?").premises == ()
    (premise,) = ask("is kaggle's GPU T4x2 or P100?").premises
    assert isinstance(premise, NoSuchCard)
    assert premise.card == "P100"


@pytest.mark.parametrize(
    ("text", "card"), [("free RTX 5090", "RTX 5090"), ("免费的3090", "RTX 3090")]
)
def test_a_card_that_nobody_gives_is_said_to_be_so(ask: Ask, text: str, card: str) -> None:
    assert ask(text).unoffered_cards == (card,)


def test_a_card_that_somebody_gives_is_found(ask: Ask) -> None:
    said = ask("is there a free 4090")
    assert said.unoffered_cards == ()
    assert said.found is not None
    assert [each.choice.cards for each in said.found.fits] == [("RTX 4090",)]


def test_who_is_not_wanted_is_no_way_out_either(ask: Ask) -> None:
    found = ask("not Modal, a free gpu with 140 GB vram for 12 hours, no card").found
    assert found is not None
    assert not found.fits
    named = [each.choice.offer for each in found.may_fit]
    named += [offer for way in found.relaxations for offer in way.unlocks]
    assert named
    assert all(not offer.id.startswith("modal") for offer in named)


def test_a_figure_that_no_source_gives_is_not_confirmed(ask: Ask) -> None:
    (premise,) = ask("Colab不是每周给30小时吗？").premises
    assert isinstance(premise, WrongFigure)
    assert (premise.said, premise.true) == (30, None)


def test_more_than_a_floor_is_not_denied(ask: Ask) -> None:
    assert ask("Kaggle gives 40 hours a week, right?").premises == ()
    (premise,) = ask("Kaggle gives 20 hours a week, right?").premises
    assert isinstance(premise, WrongFigure)
    assert premise.true == 30


def test_minutes_a_day_are_held_against_minutes(ask: Ask) -> None:
    assert ask("zerogpu 5 minutes a day?").premises == ()
    (premise,) = ask("ZeroGPU 25 minutes a day?").premises
    assert isinstance(premise, WrongFigure)
    assert premise.true == 5


def test_the_name_of_a_card_alone_asks_about_the_card(ask: Ask) -> None:
    for text in ("T4", "what is a T4?", "MI300X", "T4是什么"):
        assert ask(text).cards, text


def test_of_a_run_that_nobody_measured_it_is_said(ask: Ask) -> None:
    assert ask("train resnet50 on T4").unknown_run
    assert ask("can kaggle run my CNN").unknown_run
    assert not ask("best free gpu to train yolo").unknown_run
    assert not ask("can I qlora a 7b on kaggle").unknown_run

from collections.abc import Callable
from typing import Any

import pytest

from bot.advice.index import OfferIndex
from bot.catalog.catalog import Catalog
from bot.fit.diffusion import load_diffusion_models
from bot.fit.models import Models
from bot.fit.report import report

PICTURES = load_diffusion_models()


Ask = Callable[[dict[str, Any]], Any]


@pytest.fixture
def ask(catalog: Catalog, models: Models) -> Ask:
    index = OfferIndex(catalog)

    def asked(given: dict[str, Any]) -> Any:
        return report(index, models, PICTURES, lambda: given)

    return asked


def test_the_parts_add_up_to_the_total_and_every_offer_has_a_verdict(ask: Ask) -> None:
    answer = ask({"model": "llama 3.1 8b", "method": "qlora", "gpu": "T4"})
    assert sum(answer["parts"].values()) == answer["total_bytes"]
    assert answer["verdict"] == "fits"
    assert answer["usable_bytes"] == 14_000 * 2**20
    verdicts = {each["verdict"] for each in answer["offers"]}
    assert verdicts <= {"fits", "tight", "does_not_fit"}
    assert len(verdicts) > 1


def test_bf16_is_known_of_the_card_and_of_each_offer(ask: Ask) -> None:
    answer = ask({"model": "7B", "method": "lora", "precision": "bf16", "gpu": "T4"})
    assert answer["bf16_is_native"] is False
    kaggle = next(each for each in answer["offers"] if each["offer"] == "kaggle-notebooks-gpu")
    assert kaggle["bf16"] is False


def test_an_image_model_is_judged_by_its_published_figure(ask: Ask) -> None:
    answer = ask({"model": "SDXL", "gpu": "T4"})
    assert answer["total_bytes"] == 8_961_000_000
    assert answer["verdict"] == "fits"
    assert all(each["source"] for each in answer["figures"])


def test_what_a_published_figure_does_not_depend_on_is_told_to_be_ignored(ask: Ask) -> None:
    assert ask({"model": "SDXL", "method": "lora", "batch": 8})["ignored"] == ["batch"]


def test_a_quantization_is_told_to_be_ignored_where_the_figures_have_their_own(ask: Ask) -> None:
    assert ask({"model": "pixart", "quant": "nf4"})["ignored"] == ["quant"]
    assert ask({"model": "flux dev", "method": "qlora", "quant": "nf4"})["ignored"] == []


def test_the_figure_with_the_quantization_that_was_asked_for_comes_first(ask: Ask) -> None:
    plain, four = ask({"model": "flux dev"}), ask({"model": "flux dev 4bit"})
    assert four["total_bytes"] < plain["total_bytes"] / 2
    assert four["ignored"] == []
    assert sorted(map(str, four["figures"])) == sorted(map(str, plain["figures"]))


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("sdxl turbo", "SDXL 1.0"), ("controlnet sdxl", "SDXL 1.0"), ("wan2.1 14b", "Wan 2.1")],
)
def test_an_unknown_model_for_pictures_gets_the_nearest_of_its_kind(
    ask: Ask, name: str, nearest: str
) -> None:
    answer = ask({"model": name})
    assert answer["error"] == "no-figure-near"
    assert nearest in str(answer["message"])


def test_what_is_done_with_a_model_for_pictures_may_stand_in_its_name(ask: Ask) -> None:
    asked = ask({"model": "SDXL", "method": "lora", "gpu": "T4"})
    assert ask({"model": "SDXL LoRA", "gpu": "T4"}) == asked


def test_a_card_that_is_said_to_be_enough_is_enough_and_a_smaller_one_may_be(ask: Ask) -> None:
    # "Less than 16 GB", and a T4 is such a card.
    judged = {
        card: ask({"model": "sdxl", "method": "lora", "gpu": card})["verdict"]
        for card in ("T4", "16 GB", "15 GB", "12 GB")
    }
    assert judged == {"T4": "fits", "16 GB": "fits", "15 GB": "tight", "12 GB": "does_not_fit"}
    assert ask({"model": "wan 2.2", "gpu": "T4"})["verdict"] == "does_not_fit"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"model": "wan 2.1", "method": "full"}, "no-figure"),
        ({"model": "sdxl", "gpu": "T400"}, "gpu-unknown"),
        ({"model": "sdxl", "method": "dance"}, "choice"),
        ({"model": "sdxxl"}, "no-figure-near"),
        ({}, "model-missing"),
    ],
)
def test_what_is_wrong_is_an_error_with_a_message(
    ask: Ask, given: dict[str, Any], error: str
) -> None:
    answer = ask(given)
    assert answer["error"] == error
    assert answer["message"]


def test_every_figure_has_a_source_that_can_be_opened() -> None:
    for model in PICTURES.rows:
        for figure in model.figure:
            assert figure.source.url, (model.id, figure.setting.en)
            assert 5e8 < figure.bytes < 100e9

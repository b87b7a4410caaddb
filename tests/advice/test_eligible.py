from bot.advice.eligible import is_open
from bot.catalog.facts import UNKNOWN
from bot.catalog.load import load_catalog


def test_closed_and_discontinued_offers_are_not_open() -> None:
    closed = {each.id for each in load_catalog().offers.values() if not is_open(each)}
    assert {"floydhub", "sagemaker-studio-lab"} <= closed
    assert not {"kaggle-notebooks-gpu", "google-colab-free"} & closed


def test_unknown_is_not_open_and_paid_is_not_either() -> None:
    colab = load_catalog().offer("google-colab-free")
    assert is_open(colab)
    assert not is_open(colab.model_copy(update={"paid_comparison_only": True}))
    assert not is_open(colab.model_copy(update={"status": UNKNOWN}))

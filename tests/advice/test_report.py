import json

from bot.advice.index import OfferIndex
from bot.advice.query import Aim, Query
from bot.advice.recommend import recommend
from bot.advice.report import recommendation_as_json, unlocking_as_json
from bot.advice.unlock import unlock
from tests.advice.builder import project_catalog

INDEX = OfferIndex(project_catalog())


def test_a_report_is_json_and_its_queries_can_be_asked_again() -> None:
    query = Query(min_vram_gib=500, optimise=Aim.SESSION, gpus=("H200",), accelerator="any")
    for asked in (Query(min_vram_gib=500, optimise=Aim.SESSION), Query(), query):
        found = recommend(INDEX, asked)
        report = json.loads(json.dumps(recommendation_as_json(found), allow_nan=False))
        assert Query.model_validate(report["query"]) == asked
        again = [Query.model_validate(each["query"]) for each in report["relaxations"]]
        assert again == [each.query for each in found.relaxations]
        assert [each["offer"] for each in report["fits"]] == [
            each.choice.offer.id for each in found.fits
        ]


def test_an_unknown_quantity_is_told_by_its_bounds() -> None:
    report = recommendation_as_json(recommend(INDEX, Query(), limit=100))
    fits = report["fits"]
    assert isinstance(fits, list)
    hours = {each["offer"]: each["hours_per_week"] for each in fits if isinstance(each, dict)}
    assert hours["google-colab-free"] == {"at_least": 0, "at_most": 168}


def test_what_opens_offers_is_json_too() -> None:
    found = unlock(INDEX, Query().empty_handed())
    report = json.loads(json.dumps(unlocking_as_json(found), allow_nan=False))
    assert [each["change"]["wish"] for each in report["keys"]] == [
        key.change.wish for key in found.keys
    ]

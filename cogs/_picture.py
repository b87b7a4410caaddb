"""The picture behind a button of `/gpu compare`."""

from bot.advice.bounds import UNKNOWN
from bot.advice.compare import Comparison
from bot.advice.hours import hours_per_week, is_given_once
from bot.advice.memory import main_card
from bot.advice.speed import speed_of_gpus, speed_of_tpu
from bot.catalog.catalog import Catalog
from bot.catalog.offer import Offer
from bot.speech.phrasebook import Words
from bot.speech.pictures import DescribedPicture, Measures, comparison_picture


def pictured(comparison: Comparison, *, catalog: Catalog, words: Words) -> DescribedPicture:
    """Return what to draw of a comparison, with its text for those who can't see it."""
    measures = [_measures(catalog, each.offer) for each in comparison.offers]
    return comparison_picture(comparison, measures, catalog=catalog, words=words)


def _measures(catalog: Catalog, offer: Offer) -> Measures:
    gpu = main_card(offer)
    if gpu is not None:
        speed = speed_of_gpus(catalog, gpu)
    else:
        speed = UNKNOWN if offer.tpu is None else speed_of_tpu(catalog, offer.tpu)
    return Measures(
        weekly_hours=hours_per_week(catalog, offer, gpu), once=is_given_once(offer), speed=speed
    )

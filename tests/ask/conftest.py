from functools import cache

import pytest

from bot.advice.index import OfferIndex
from bot.ask.lexicon import Lexicon, load_lexicon
from bot.catalog.load import load_catalog


@cache
def lexicon_of_the_project() -> Lexicon:
    return load_lexicon(load_catalog())


@pytest.fixture
def lexicon() -> Lexicon:
    return lexicon_of_the_project()


@pytest.fixture
def index() -> OfferIndex:
    return OfferIndex(lexicon_of_the_project().catalog)

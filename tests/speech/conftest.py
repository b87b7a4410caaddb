from functools import cache

import pytest

from bot.speech.locales import Locale
from bot.speech.phrasebook import Phrasebook, Words

phrasebook_of_the_project = cache(Phrasebook)


@pytest.fixture(scope="session")
def phrasebook() -> Phrasebook:
    return phrasebook_of_the_project()


@pytest.fixture(scope="session")
def english(phrasebook: Phrasebook) -> Words:
    return phrasebook.words(Locale.EN_US)


@pytest.fixture(scope="session")
def chinese(phrasebook: Phrasebook) -> Words:
    return phrasebook.words(Locale.ZH_CN)

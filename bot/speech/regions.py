"""Countries by their names in the reader's language, as CLDR has them."""

from collections.abc import Mapping
from functools import cache
from typing import cast

import babel

from bot.speech.locales import Locale


def region_name(code: str, locale: Locale) -> str:
    """Return the name of a country, such as China of `CN`; the code itself where it has none."""
    return _names(locale).get(code, code)


@cache
def _names(locale: Locale) -> dict[str, str]:
    found = babel.Locale.parse(locale.value, sep="-")
    return dict(cast("Mapping[str, str]", found.territories))

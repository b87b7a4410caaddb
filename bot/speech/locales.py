"""Which of the bot's languages a person gets."""

from enum import StrEnum


class Locale(StrEnum):
    """A language the bot speaks whole."""

    EN_US = "en-US"
    ZH_CN = "zh-CN"


def pick(tag: str | None) -> Locale:
    """Return the locale for a Discord or BCP 47 language tag.

    All of Chinese (zh-TW and zh-HK too) reads Simplified better than English; the rest of the
    world gets English.
    """
    language = (tag or "").split("-")[0].casefold()
    return Locale.ZH_CN if language == "zh" else Locale.EN_US


def written_in(text: str) -> Locale:
    """Return the language of a text: one Chinese character makes it Chinese."""
    return Locale.ZH_CN if any(0x4E00 <= ord(each) <= 0x9FFF for each in text) else Locale.EN_US

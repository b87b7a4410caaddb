import pytest

from bot.speech.locales import Locale
from tests.cogs.town import Town, said


@pytest.mark.parametrize(
    ("own", "servers", "discords", "spoken"),
    [
        ("auto", "auto", "en-US", Locale.EN_US),
        ("auto", "auto", "zh-CN", Locale.ZH_CN),
        ("auto", "auto", "pl", Locale.EN_US),
        ("auto", "zh-CN", "en-US", Locale.ZH_CN),
        ("auto", "en-US", "zh-CN", Locale.EN_US),
        ("en-US", "zh-CN", "zh-CN", Locale.EN_US),
        ("zh-CN", "en-US", "en-US", Locale.ZH_CN),
    ],
)
async def test_ones_own_choice_wins_then_the_servers_then_that_of_discord(
    town: Town, own: str, servers: str, discords: str, spoken: Locale
) -> None:
    town.speaks(town.sam, discords)
    await town.sam.slash(town.square, "settings me", language=own)
    await town.ada.slash(town.square, "settings server", language=servers)
    title = town.words(spoken)("about-title")
    assert said(await town.sam.slash(town.square, "about")).startswith(title)


async def test_in_direct_messages_no_servers_language_holds(town: Town) -> None:
    await town.ada.slash(town.square, "settings server", language="zh-CN")
    title = town.words(Locale.EN_US)("about-title")
    assert said(await town.drew.slash("about")).startswith(title)

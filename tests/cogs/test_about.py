from bot.speech.locales import Locale
from tests.cogs.town import Town, answer, said


async def test_about_names_each_ability_as_a_clickable_command(town: Town) -> None:
    result = await town.sam.slash(town.square, "about")
    assert not answer(result).ephemeral
    for name in (
        "gpu compare", "gpu info", "remind session", "remind me", "remind list", "settings me",
    ):  # fmt: skip
        assert f"</{name}:" in said(result)


async def test_about_tells_version_date_and_size_of_the_catalog(town: Town) -> None:
    services = town.house.services
    text = said(await town.sam.slash(town.square, "about"))
    assert services.version in text
    assert services.shelf.catalog.date.isoformat() in text
    assert f"{len(services.shelf.catalog.offers)} offers" in text


async def test_about_says_what_is_kept_in_the_language_of_the_reader(town: Town) -> None:
    english = said(await town.sam.slash(town.square, "about"))
    chinese = said(await town.lin.slash(town.square, "about"))
    privacy = town.house.services.mentions("privacy show")
    assert privacy.startswith("</privacy show:")
    assert town.words()("about-privacy", days=30, privacy=privacy) in english
    assert town.words(Locale.ZH_CN)("about-privacy", days=30, privacy=privacy) in chinese
    assert english != chinese

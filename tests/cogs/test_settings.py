from datetime import timedelta

import pytest

from bot.reminders.models import ChannelPolicy, DestinationKind
from bot.speech.locales import Locale
from tests.cogs.town import Town, answer, said, told_privately

MINUTE = timedelta(minutes=1)


# ------------------------------------------------------------------------------- one's own


async def test_without_options_the_settings_are_shown(town: Town) -> None:
    result = await town.sam.slash(town.square, "settings me")
    words = town.words()
    assert answer(result).ephemeral
    assert words("settings-zone", zone=words("settings-zone-none")) in said(result)
    assert words("settings-leads", leads="30 min, 10 min") in said(result)
    assert words("settings-delivery", place=words("delivery-dm")) in said(result)


async def test_all_that_was_chosen_is_kept_and_shown(town: Town) -> None:
    await town.sam.slash(
        town.square,
        "settings me",
        zone="shanghai",
        language="zh-CN",
        delivery="here",
        leads="5m, 1h, 5m",
    )
    await town.restart()
    text = said(await town.sam.slash(town.square, "settings me"))
    words = town.words(Locale.ZH_CN)
    assert words("settings-zone", zone="Asia/Shanghai") in text
    assert words("settings-delivery", place=words("delivery-here")) in text
    assert words("settings-leads", leads="1 小时、5 分钟") in text
    await town.sam.slash(town.square, "remind session", duration="6h")
    (kept,) = await town.kept(town.sam)
    assert kept.destination.kind is DestinationKind.CHANNEL
    assert [each.lead for each in kept.occurrences] == [60 * MINUTE, 5 * MINUTE]


async def test_a_chosen_language_wins_until_it_is_automatic_again(town: Town) -> None:
    chinese = said(await town.sam.slash(town.square, "settings me", language="zh-CN"))
    assert chinese.startswith(town.words(Locale.ZH_CN)("settings-me-title"))
    english = said(await town.sam.slash(town.square, "settings me", language="auto"))
    assert english.startswith(town.words()("settings-me-title"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Atlantis"},
        {"zone": "x" * 5000},
        {"zone": "@everyone"},
        {"zone": ""},
        {"leads": "soon"},
        {"leads": "0"},
        {"leads": "-30m"},
        {"leads": "30m,"},
        {"leads": "tomorrow 9:00"},
        {"leads": "8d"},
        {"leads": "1m,2m,3m,4m,5m,6m"},
        {"leads": "9" * 5000},
    ],
)
async def test_a_wrong_option_is_one_sentence_and_changes_nothing(
    town: Town, wrong: dict[str, str]
) -> None:
    before = said(await town.sam.slash(town.square, "settings me"))
    # A good option beside the wrong one isn't taken either.
    result = await town.sam.slash(town.square, "settings me", delivery="here", **wrong)
    assert len(told_privately(result)) < 300
    assert said(await town.sam.slash(town.square, "settings me")) == before


@pytest.mark.parametrize("tag", ["en-US", "zh-CN"])
async def test_a_short_form_of_several_zones_is_asked_about(town: Town, tag: str) -> None:
    town.speaks(town.sam, tag)
    told = told_privately(await town.sam.slash(town.square, "settings me", zone="EST"))
    cities = "New York / Panama"
    assert told == town.words_of(town.sam)("error-zone-several", value="EST", cities=cities)


async def test_popular_zones_come_first_and_typed_ones_are_found(town: Town) -> None:
    popular = await town.lin.autocomplete(town.square, "settings me", "zone", "")
    assert 0 < len(popular) <= 25
    assert all(len(each["name"]) <= 100 for each in popular)
    found = await town.lin.autocomplete(town.square, "settings me", "zone", "kathm")
    assert found[0]["value"] == "Asia/Kathmandu"
    assert "UTC+5:45" in found[0]["name"]
    assert "现在" in found[0]["name"]
    assert await town.sam.autocomplete(town.square, "settings me", "zone", "x" * 500) == []


# ------------------------------------------------------------------------------ the server's


@pytest.mark.parametrize("options", [{}, {"reminders": "off"}, {"language": "zh-CN"}])
async def test_only_who_manages_the_server_may_touch_its_settings(
    town: Town, options: dict[str, str]
) -> None:
    result = await town.sam.slash(town.square, "settings server", **options)
    assert told_privately(result) == town.words()("error-not-allowed")
    chinese = await town.lin.slash(town.square, "settings server", **options)
    assert told_privately(chinese) == town.words(Locale.ZH_CN)("error-not-allowed")
    shown = said(await town.ada.slash(town.square, "settings server"))
    assert town.words()("policy-anywhere") in shown


async def test_with_channels_off_a_reminder_here_comes_by_dm_and_says_why(town: Town) -> None:
    await town.ada.slash(town.square, "settings server", reminders="off")
    result = await town.sam.slash(town.square, "remind session", duration="6h", where="here")
    assert town.words()("remind-here-off") in said(result)
    (kept,) = await town.kept(town.sam)
    assert kept.destination.kind is DestinationKind.DM


async def test_a_listed_channel_is_open_and_the_others_are_not(town: Town) -> None:
    shown = said(await town.ada.slash(town.square, "settings server", channel=town.library))
    assert town.words()("policy-listed") in shown
    assert f"<#{town.library.id}>" in shown
    closed = await town.sam.slash(town.square, "remind session", duration="6h", where="here")
    assert town.words()("remind-here-off") in said(closed)
    await town.sam.slash(town.library, "remind session", duration="7h", where="here")
    kept = await town.kept(town.sam)
    assert [each.destination.channel_id for each in kept] == [None, town.library.id]


async def test_a_channel_that_is_named_again_leaves_the_list(town: Town) -> None:
    await town.ada.slash(town.square, "settings server", channel=town.library)
    shown = said(await town.ada.slash(town.square, "settings server", channel=town.library))
    assert town.words()("settings-listed-none") in shown
    guild = await town.house.services.preferences.guild(town.guild.id)
    assert (guild.policy, guild.channel_ids) == (ChannelPolicy.LISTED, ())


async def test_the_servers_language_holds_for_who_chose_none(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", language="en-US")
    await town.ada.slash(town.square, "settings server", language="zh-CN")
    chinese, english = town.words(Locale.ZH_CN), town.words()
    assert said(await town.ada.slash(town.square, "about")).startswith(chinese("about-title"))
    assert said(await town.sam.slash(town.square, "about")).startswith(english("about-title"))
    await town.ada.slash(town.square, "settings server", language="auto")
    assert said(await town.ada.slash(town.square, "about")).startswith(english("about-title"))

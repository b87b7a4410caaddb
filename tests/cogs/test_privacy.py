import json
from datetime import timedelta

from simcord import MemberActor

from bot.speech.locales import Locale
from cogs.views.privacy import PrivacyViews
from tests.cogs import limits
from tests.cogs.town import Town, answer, labels, said, told_privately

HOUR = timedelta(hours=1)


async def promise(town: Town, actor: MemberActor, about: str) -> None:
    await actor.slash(town.square, "remind me", when="2h", about=about)


# ---------------------------------------------------------------------------------- show


async def test_it_says_what_is_kept_and_how_long_in_ones_own_language(town: Town) -> None:
    for actor in (town.sam, town.lin):
        words = town.words_of(actor)
        nothing = answer(await actor.slash(town.square, "privacy show"))
        assert nothing.ephemeral
        assert words("privacy-nothing") in said(nothing)
        assert labels(nothing) == []
        await promise(town, actor, "tea")
        shown = answer(await actor.slash(town.square, "privacy show"))
        assert words("privacy-amount", coming=1, over=0) in said(shown)
        assert words("privacy-reminders", days=30) in said(shown)
        assert labels(shown) == [words("privacy-export-button"), words("privacy-ask-button")]
        assert limits.of_components(shown.components, v2=True) == []


async def test_the_buttons_below_it_export_and_ask(town: Town) -> None:
    await promise(town, town.sam, "tea")
    words = town.words()
    shown = answer(await town.sam.slash(town.square, "privacy show"))
    await town.restart()
    asked = await town.sam.click(shown, label=words("privacy-ask-button"))
    assert words("privacy-ask", coming=1) in said(asked)
    await town.sam.click(shown, label=words("privacy-export-button"))
    (file,) = town.dm_of(town.sam).history()[-1].attachments
    assert file.filename == "gpu-scout-export.json"


# -------------------------------------------------------------------------------- export


async def test_the_file_comes_by_direct_message_and_the_answer_leads_there(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", zone="Asia/Shanghai")
    await promise(town, town.sam, "喝茶 @everyone")
    result = await town.sam.slash(town.square, "privacy export")
    (message,) = town.dm_of(town.sam).history()
    words = town.words()
    assert message.content == words("privacy-export-file")
    assert answer(result).ephemeral
    assert said(result) == words("privacy-export-sent", message=message.jump_url)
    whole = json.loads(await message.attachments[0].read())
    assert (whole["format"], whole["version"]) == ("gpu-scout-export", 1)
    assert whole["user_id"] == str(town.sam.id)
    assert whole["exported_at"] == "2026-11-23T05:00:00.000Z"
    assert whole["data"]["users"][0]["zone"] == "Asia/Shanghai"
    (reminder,) = whole["data"]["reminders"]
    assert reminder["note"] == "喝茶 @everyone"
    assert reminder["occurrences"][0]["due_at"] == "2026-11-23T07:00:00.000Z"


# -------------------------------------------------------------------------------- delete


async def test_nothing_is_erased_before_the_button_says_so(town: Town) -> None:
    await promise(town, town.sam, "tea")
    asked = answer(await town.sam.slash(town.square, "privacy delete"))
    words = town.words()
    assert words("privacy-ask", coming=1) in said(asked)
    assert labels(asked) == [words("privacy-erase-button"), words("privacy-keep-button")]
    kept = await town.sam.click(asked, label=words("privacy-keep-button"))
    assert said(kept) == words("privacy-kept")
    assert len(await town.kept(town.sam)) == 1


async def test_the_button_erases_everything_and_says_how_much_was_to_come(town: Town) -> None:
    await town.sam.slash(town.square, "settings me", language="zh-CN", delivery="here")
    for about in ("tea", "coffee"):
        await promise(town, town.sam, about)
        await promise(town, town.ada, about)
    asked = answer(await town.sam.slash(town.square, "privacy delete"))
    await town.restart()
    chinese = town.words(Locale.ZH_CN)
    erased = await town.sam.click(asked, label=chinese("privacy-erase-button"))
    # In the language that was chosen until now; from here on it is that of their Discord again.
    assert chinese("privacy-erased", cancelled=2) in said(erased)
    assert labels(answer(erased)) == []
    assert await town.kept(town.sam) == []
    assert len(await town.kept(town.ada)) == 2
    settings = said(await town.sam.slash(town.square, "settings me"))
    assert settings.startswith(town.words()("settings-me-title"))
    again = await town.sam.slash(town.square, "privacy delete")
    assert said(again) == town.words()("privacy-nothing")


async def test_the_button_is_for_the_one_who_was_asked(town: Town) -> None:
    await promise(town, town.sam, "tea")
    await promise(town, town.ada, "tea")
    # Discord shows the question to nobody else; this one is as if it did.
    services = town.house.services
    views = PrivacyViews(words=town.words(), days=30, ledger_days=400)
    question = views.question(
        await services.privacy.held(town.sam.id), town.sam.id, services.mentions
    )
    asked = await town.bot.get_partial_messageable(town.square.id).send(view=question)
    for label in ("privacy-erase-button", "privacy-keep-button"):
        refused = await town.ada.click(asked, label=town.words()(label))
        assert told_privately(refused) == town.words()("error-privacy-not-yours")
    assert len(await town.kept(town.sam)) == len(await town.kept(town.ada)) == 1


async def test_what_was_erased_never_comes(town: Town) -> None:
    await promise(town, town.sam, "tea")
    await promise(town, town.ada, "coffee")
    asked = answer(await town.sam.slash(town.square, "privacy delete"))
    await town.sam.click(asked, label=town.words()("privacy-erase-button"))
    await town.arrives(town.dm_of(town.ada), after=3 * HOUR)
    assert town.dm_of(town.sam).history() == []


async def test_old_buttons_of_what_was_erased_say_that_it_is_gone(town: Town) -> None:
    result = await town.sam.slash(town.square, "remind me", when="2h", about="tea")
    asked = answer(await town.sam.slash(town.square, "privacy delete"))
    await town.sam.click(asked, label=town.words()("privacy-erase-button"))
    mentions = town.house.services.mentions
    cancel = await town.sam.click(answer(result), label=town.words()("remind-cancel-button"))
    gone = town.words()("error-no-such-reminder", list=mentions("remind list"))
    assert told_privately(cancel) == gone


async def test_all_that_can_be_shown_fits(town: Town) -> None:
    await promise(town, town.sam, "tea")
    for command in ("privacy show", "privacy delete"):
        for language in Locale:
            await town.sam.slash(town.square, "settings me", language=language.value)
            shown = answer(await town.sam.slash(town.square, command))
            assert limits.of_components(shown.components, v2=True) == []

"""The Share button, below whatever one person sees alone."""

import re
from typing import Any

import discord
import pytest
from simcord import ChannelHandle, MemberActor
from simcord.results import ResponseMessage

from cogs._share import SHARE, SHARED, Sharing
from cogs.views.comparison import CHOOSE, PICK, PICTURE_FILE
from tests.cogs import limits
from tests.cogs.town import Town, answer, parts, said, told_privately

KAGGLE = "kaggle-notebooks-gpu"


def custom_ids(message: ResponseMessage | discord.Message) -> list[str]:
    return [each["custom_id"] for each in parts(message) if "custom_id" in each]


def starting(message: ResponseMessage, beginning: str) -> str:
    return next(each for each in custom_ids(message) if each.startswith(beginning))


async def page_of(
    town: Town, actor: MemberActor, action: str, channel: ChannelHandle | None = None
) -> ResponseMessage:
    """A page about Kaggle that only `actor` sees."""
    card = await actor.slash(channel or town.square, "gpu info", offer=KAGGLE)
    return answer(await actor.click(answer(card), custom_id=f"gpu:{action}:{KAGGLE}"))


@pytest.mark.parametrize("action", ["details", "sources", "history"])
async def test_a_page_is_posted_as_it_stood_with_the_name_of_who_shared_it(
    town: Town, action: str
) -> None:
    for actor in (town.sam, town.lin):
        page = await page_of(town, actor, action)
        result = await actor.click(page, custom_id=SHARE)
        (posted,) = result.followups
        by, *rest = said(posted).splitlines()
        assert not posted.ephemeral
        assert by == town.words_of(actor)("share-by", name=actor.name)
        assert "\n".join(rest) == said(page)
        assert SHARE not in custom_ids(posted)
        assert limits.of_components(posted.components, v2=True) == []


async def test_what_is_public_from_the_start_has_no_button_to_share(town: Town) -> None:
    for command, options in (("compare", {}), ("info", {"offer": KAGGLE}), ("recommend", {})):
        result = await town.sam.slash(town.square, f"gpu {command}", **options)
        assert SHARE not in custom_ids(answer(result))


async def test_below_what_was_shared_stands_that_it_was(town: Town) -> None:
    page = await page_of(town, town.sam, "details")
    await town.sam.click(page, custom_id=SHARE)
    (after,) = [each for each in parts(page) if each.get("custom_id") in {SHARE, SHARED}]
    assert after["disabled"]
    assert after["label"] == town.words()("share-done")
    # Discord itself refuses a click on it; nothing would listen to one either.
    assert after["custom_id"] == SHARED


async def test_every_private_answer_of_gpu_can_be_shared(town: Town) -> None:
    comparison = answer(await town.sam.slash(town.square, "gpu compare"))
    asked = answer(await town.sam.slash(town.square, "gpu recommend", vram=500.0))
    unlocked = answer(await town.sam.slash(town.square, "gpu unlock"))
    words = town.words()
    for result in (
        await town.sam.select(comparison, [KAGGLE], custom_id=PICK),
        await town.lin.select(comparison, [KAGGLE, "modal-starter"], custom_id=CHOOSE),
        await town.sam.click(comparison, label=words("compare-sources")),
        await town.sam.click(comparison, label=words("compare-changes")),
        await town.sam.click(comparison, label=words("compare-picture")),
        await town.sam.select(asked, ["0"], custom_id=starting(asked, "gpu:ask:memory:")),
        await town.sam.select(unlocked, ["0"], custom_id=starting(unlocked, "gpu:unl:memory:")),
    ):
        assert answer(result).ephemeral
        assert custom_ids(answer(result)).count(SHARE) == 1


async def test_a_shared_picture_is_sent_anew(town: Town) -> None:
    comparison = answer(await town.sam.slash(town.square, "gpu compare"))
    picture = await town.sam.click(comparison, label=town.words()("compare-picture"))
    result = await town.sam.click(answer(picture), custom_id=SHARE)
    (posted,) = result.followups
    (mine,), (theirs,) = answer(picture).attachments, posted.attachments
    assert theirs.filename == PICTURE_FILE
    assert theirs.url != mine.url
    assert await theirs.read() == await mine.read()


async def test_what_was_shared_goes_on_working_for_everybody(town: Town) -> None:
    comparison = answer(await town.sam.slash(town.square, "gpu compare"))
    card = answer(await town.sam.select(comparison, [KAGGLE], custom_id=PICK))
    await town.restart()
    (posted,) = (await town.sam.click(card, custom_id=SHARE)).followups
    page = await town.lin.click(posted, custom_id=f"gpu:details:{KAGGLE}")
    assert answer(page).ephemeral
    assert said(page)


async def test_who_is_muted_does_not_speak_through_the_bot(town: Town) -> None:
    page = await page_of(town, town.mia, "details", town.library)
    before = len(town.library.history())
    result = await town.mia.click(page, custom_id=SHARE)
    assert told_privately(result) == town.words()("share-not-you")
    assert len(town.library.history()) == before
    assert SHARE in custom_ids(page)


async def test_a_name_is_shown_and_pings_nobody(town: Town) -> None:
    prankster = town.guild.add_member(town.env.create_user("@everyone **hi**"))
    page = await page_of(town, prankster, "details")
    (posted,) = (await prankster.click(page, custom_id=SHARE)).followups
    first = said(posted).splitlines()[0]
    assert "@everyone" not in first
    assert "\\*\\*hi" in first


async def test_pressed_twice_at_once_it_is_posted_once(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    # SimCord lets one click end before the next begins, so the second is the first seen again.
    page = await page_of(town, town.sam, "details")
    share, edit = Sharing.share, discord.InteractionResponse[Any].edit_message
    started: list[tuple[Sharing, discord.Interaction[Any], re.Match[str]]] = []
    refused: list[str] = []

    async def noticed(
        sharing: Sharing, interaction: discord.Interaction[Any], match: re.Match[str]
    ) -> None:
        started.append((sharing, interaction, match))
        await share(sharing, interaction, match)

    async def refuse(_: object, content: str, **__: object) -> None:
        refused.append(content)

    async def meanwhile(response: discord.InteractionResponse[Any], **fields: Any) -> object:
        with monkeypatch.context() as patch:
            patch.setattr(discord.InteractionResponse, "send_message", refuse)
            await share(*started[0])
        return await edit(response, **fields)

    monkeypatch.setattr(Sharing, "share", noticed)
    monkeypatch.setattr(discord.InteractionResponse, "edit_message", meanwhile)
    await town.restart()  # handlers are registered at the start
    result = await town.sam.click(page, custom_id=SHARE)
    assert len(result.followups) == 1
    assert refused == [town.words()("share-underway")]


async def test_where_posting_fails_the_button_is_there_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    comparison = answer(await town.sam.slash(town.square, "gpu compare"))
    picture = answer(await town.sam.click(comparison, label=town.words()("compare-picture")))

    async def to_file(_attachment: discord.Attachment) -> discord.File:
        raise TimeoutError

    monkeypatch.setattr(discord.Attachment, "to_file", to_file)
    before = len(town.square.history())
    await town.sam.click(picture, custom_id=SHARE)
    assert len(town.square.history()) == before
    assert SHARE in custom_ids(picture)

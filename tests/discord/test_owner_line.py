from collections.abc import Mapping

import discord
import pytest
from simcord import ChannelHandle

from bot.discord.owner_line import DiscordOwnerLine
from bot.discord.owners import first_owner_of, owners_of
from bot.ops.watch import Alarm, Trouble
from bot.speech.locales import Locale
from tests.cogs.town import START, Town

FULL = Alarm(Trouble.DATABASE, detail="disk is full @everyone **now**")


def line_of(town: Town, *, tag: str = "0123abcd") -> DiscordOwnerLine:
    services = town.house.services
    return DiscordOwnerLine(
        client=town.bot,
        phrasebook=services.phrasebook,
        preferences=services.preferences,
        clock=services.clock,
        tag=tag,
    )


def user(user_id: int) -> dict[str, object]:
    return {"id": str(user_id), "username": "x", "discriminator": "0", "avatar": None}


def belongs(
    town: Town,
    monkeypatch: pytest.MonkeyPatch,
    owner_id: int,
    team: Mapping[str, object] | None = None,
) -> None:
    """Let the application be somebody's: in SimCord each bot is its own owner."""
    payload = {
        "id": str(town.bot.application_id), "name": "x", "description": "", "icon": None,
        "summary": "", "bot_public": True, "bot_require_code_grant": False, "verify_key": "0",
        "flags": 0, "owner": user(owner_id), "team": team,
    }  # fmt: skip
    state = town.bot._connection  # pyright: ignore[reportPrivateUsage] - what the library builds it with
    application = discord.AppInfo(state, payload)  # pyright: ignore[reportArgumentType] - as Discord sends it

    async def ask() -> discord.AppInfo:
        return application

    monkeypatch.setattr(town.bot, "application_info", ask)
    monkeypatch.setattr(town.bot, "_application", application)


@pytest.fixture
def dm(town: Town, monkeypatch: pytest.MonkeyPatch) -> ChannelHandle:
    """The owner's direct messages: they are Sam's."""
    belongs(town, monkeypatch, town.sam.id)
    return town.dm_of(town.sam)


def texts(dm: ChannelHandle) -> list[str]:
    return [message.content for message in dm.history()]


async def test_the_owner_is_told_once_by_however_many_processes(
    town: Town, dm: ChannelHandle
) -> None:
    assert await line_of(town).tell(FULL)
    assert await line_of(town).tell(FULL)
    (text,) = texts(dm)
    assert "Nothing can be stored" in text
    assert "disk is full" in text
    assert "@everyone" not in text
    assert "\\*\\*now" in text


async def test_what_is_over_is_said_in_the_same_message_and_the_next_time_is_another(
    town: Town, dm: ChannelHandle
) -> None:
    await line_of(town).tell(FULL)
    await line_of(town).call_off(Trouble.DISK)
    (text,) = texts(dm)
    assert "Over since" not in text
    await line_of(town).call_off(Trouble.DATABASE)
    (text,) = texts(dm)
    assert text.startswith("~~")
    assert text.endswith("Over since <t:1795410000:F>.")
    assert "0123abcd" not in text

    await line_of(town).tell(Alarm(Trouble.DELIVERY, since=START))
    assert len(texts(dm)) == 2


async def test_two_installations_of_one_application_keep_to_themselves(
    town: Town, dm: ChannelHandle
) -> None:
    await line_of(town, tag="00000001").tell(FULL)
    await line_of(town, tag="00000002").call_off(Trouble.DATABASE)
    (text,) = texts(dm)
    assert "Over since" not in text


async def test_the_owner_reads_their_own_language(town: Town, dm: ChannelHandle) -> None:
    await town.house.services.preferences.set_locale(town.sam.id, Locale.ZH_CN)
    await line_of(town).tell(Alarm(Trouble.DISK, detail="100"))
    (text,) = texts(dm)
    assert "磁盘快满了" in text


async def test_a_closed_dm_is_no_reason_to_try_for_ever_and_an_outage_is(
    town: Town, dm: ChannelHandle
) -> None:
    town.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    assert await line_of(town).tell(FULL)
    town.env.inject_error("POST", "/channels/*/messages", status=404, code=0)
    assert not await line_of(town).tell(FULL)
    assert texts(dm) == []
    assert await line_of(town).tell(FULL)


async def test_a_team_is_its_active_members_and_its_owner_is_told(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def member(user_id: int, *, role: str, state: int = 2) -> dict[str, object]:
        return {"user": user(user_id), "team_id": "9", "membership_state": state, "role": role}

    members = [
        member(1, role="admin"),
        member(2, role="developer"),
        member(3, role="read_only"),
        member(4, role="admin", state=1),  # invited, has not accepted
    ]
    team = {"id": "9", "name": "t", "icon": None, "owner_user_id": "1", "members": members}
    belongs(town, monkeypatch, 9, team)
    assert await owners_of(town.bot) == {1, 2}
    assert first_owner_of(town.bot) == 1


async def test_without_a_team_it_is_the_owner_alone(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    belongs(town, monkeypatch, 7)
    assert await owners_of(town.bot) == {7}
    assert first_owner_of(town.bot) == 7

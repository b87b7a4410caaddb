"""Each command, button and select, by members of both languages and in each kind of place."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Literal

import pytest
import pytest_asyncio

from cogs.views import comparison
from tests.fakes.discord import CallbackType, Channel, Message, User
from tests.process.bot_process import BotProcess
from tests.process.stage import Stage, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")

Language = Literal["en", "zh"]


@dataclass(slots=True, kw_only=True)
class Town:
    stage: Stage
    bot: BotProcess
    thread: Channel

    @property
    def users(self) -> dict[Language, User]:
        return {"en": self.stage.scene.alice, "zh": self.stage.scene.ming}

    def place(self, name: str, user: User) -> Channel:
        match name:
            case "guild":
                return self.stage.scene.channel
            case "thread":
                return self.thread
            case _:
                return self.stage.fake.dm(user)

    async def restart(self) -> None:
        """Stop the bot and start it again: whatever it kept in memory is gone."""
        await self.bot.stop()
        self.bot = await self.stage.run(ready=self.stage.fake.gateway.ready_counts[0] + 1)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    async with staged(folder, f"sqlite:///{folder / 'scout.sqlite3'}") as stage:
        thread = stage.fake.world.add_thread(stage.scene.channel)
        yield Town(stage=stage, bot=await stage.run(), thread=thread)
        stage.fake.assert_clean()


COMMANDS: list[tuple[str, dict[str, object], Mapping[Language, str]]] = [
    ("about", {}, {"en": "I know where to get a GPU", "zh": "我知道哪里有免费的 GPU"}),
    ("gpu compare", {}, {"en": "side by side", "zh": "并排比较"}),
    (
        "gpu compare",
        {"offer1": "modal-starter", "offer2": "Kaggle"},
        {"en": "Modal", "zh": "Modal"},
    ),
    ("gpu info", {"offer": "kaggle-notebooks-gpu"}, {"en": "**Session**", "zh": "**会话**"}),
    ("remind session", {"duration": "6h", "provider": "colab"}, {"en": "Colab", "zh": "Colab"}),
    ("remind me", {"when": "2h", "about": "tea"}, {"en": "I will remind you", "zh": "提醒你"}),
    ("remind list", {}, {"en": "Your reminders", "zh": "我的提醒"}),
    ("settings me", {}, {"en": "Your settings", "zh": "我的设置"}),
    (
        "settings me",
        {"zone": "Asia/Shanghai", "delivery": "dm", "leads": "30m, 10m"},
        {"en": "Shanghai", "zh": "Shanghai"},
    ),
]


@pytest.mark.parametrize("place", ["guild", "thread", "dm"])
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_each_command_answers_in_the_members_language(
    town: Town, language: Language, place: str
) -> None:
    user = town.users[language]
    channel = town.place(place, user)
    for command, options, said in COMMANDS:
        answer = await town.stage.fake.slash(user, channel, command, options)
        assert answer.type is CallbackType.MESSAGE, command
        assert said[language] in answer.text, command
        public = command.startswith(("gpu", "about"))
        assert answer.ephemeral is not public, command


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_server_settings_are_for_its_admins(town: Town, language: Language) -> None:
    fake, scene = town.stage.fake, town.stage.scene
    refused = await fake.slash(town.users[language], scene.channel, "settings server")
    assert {"en": "Only people who may manage", "zh": "只有能管理本服务器"}[
        language
    ] in refused.text
    dm = await fake.slash(town.users[language], fake.dm(town.users[language]), "settings server")
    assert {"en": "server", "zh": "服务器"}[language] in dm.text
    scene.admin.locale = {"en": "en-US", "zh": "zh-CN"}[language]
    shown = await fake.slash(scene.admin, scene.channel, "settings server", reminders="anywhere")
    assert {"en": "This server’s settings", "zh": "本服务器的设置"}[language] in shown.text


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_autocomplete_offers_what_fits(town: Town, language: Language) -> None:
    fake, channel, user = town.stage.fake, town.stage.scene.channel, town.users[language]
    for command, option in (
        ("gpu info", "offer"),
        ("gpu compare", "offer3"),
        ("remind session", "provider"),
    ):
        others = {"duration": "6h"} if command == "remind session" else {}
        offers = await fake.autocomplete(user, channel, command, option, "kag", **others)
        assert "kaggle-notebooks-gpu" in offers.choices.values()
    zones = await fake.autocomplete(user, channel, "settings me", "zone", "shang")
    assert "Asia/Shanghai" in zones.choices.values()
    await town.stage.promise(user, channel, f"water the {language} plant")
    mine = await fake.autocomplete(user, channel, "remind cancel", "reminder", f"{language} plant")
    ((label, reminder),) = mine.choices.items()
    assert f"water the {language} plant" in label
    cancelled = await fake.slash(user, channel, "remind cancel", reminder=reminder)
    assert {"en": "Cancelled", "zh": "已取消"}[language] in cancelled.text


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_clock_time_asks_for_the_zone_once(town: Town, language: Language) -> None:
    stage = town.stage
    user = stage.fake.world.add_user(f"new-{language}", locale=town.users[language].locale)
    stage.fake.world.add_member(stage.scene.guild, user)
    values = {"when": "tomorrow 9:00", "about": "tea"}
    asked = await stage.fake.slash(user, stage.scene.channel, "remind me", values)
    assert {"en": "Which time zone", "zh": "你在哪个时区"}[language] in asked.text
    (menu,) = asked.select_menus
    await stage.fake.select(user, asked.response, menu.custom_id, next(iter(menu.options.values())))
    assert "<t:" in asked.response.text
    again = await stage.fake.slash(user, stage.scene.channel, "remind me", values)
    assert "<t:" in again.text


async def test_buttons_and_selects_live_on_after_a_restart(town: Town) -> None:
    stage, fake = town.stage, town.stage.fake
    alice, ming = stage.scene.alice, stage.scene.ming
    channel = stage.scene.channel
    compared = (await fake.slash(alice, channel, "gpu compare")).response
    info = (await fake.slash(alice, channel, "gpu info", offer="kaggle-notebooks-gpu")).response
    confirmed = await stage.promise(alice, channel, "tea after a restart")
    listed = (await fake.slash(alice, channel, "remind list")).response
    values = {"when": "tomorrow 9:00", "about": "tea"}
    visitor = fake.world.add_user("visitor")
    fake.world.add_member(stage.scene.guild, visitor)
    asked = (await fake.slash(visitor, channel, "remind me", values)).response

    await town.restart()

    shown = await fake.select(ming, compared, comparison.PICK, "Colab")
    assert shown.ephemeral
    assert "**会话**" in shown.text
    own = await fake.select(ming, compared, comparison.CHOOSE, "Modal")
    assert own.ephemeral
    assert "Modal" in own.text
    shared = await fake.click(ming, own.response, next_label(own.response, "分享"))
    posted = await shared.followup()
    assert not posted.ephemeral
    assert "分享" in posted.text
    assert "Modal" in posted.text
    await press(town, ming, compared, "Sources", "来源")
    await press(town, ming, compared, "Since 2020", "2020 年以来")
    for label, said in (("Details", "详情"), ("Sources", "来源"), ("Since 2020", "2020 年以来")):
        await press(town, ming, info, label, said)
    form = await fake.click(ming, info, next_label(info, "Start timer"))
    assert form.type is CallbackType.MODAL
    timer = await fake.submit_modal(form, {form.fields[0].label: "2h"})
    assert "Kaggle" in timer.text

    picked = next(iter(listed.select_menus[0].options))
    one = (await fake.select(alice, listed, None, picked)).response
    await fake.click(alice, one, "Cancel")
    assert "Cancelled" in one.text
    await fake.click(alice, confirmed, "Cancel")
    assert "Cancelled" in confirmed.text
    await fake.click(alice, confirmed, "Undo")
    assert "Back again" in confirmed.text

    (menu,) = asked.select_menus
    await fake.select(visitor, asked, menu.custom_id, next(iter(menu.options.values())))
    assert "send the command once more" in asked.text


async def press(town: Town, user: User, message: Message, label: str, said: str) -> None:
    answer = await town.stage.fake.click(user, message, next_label(message, label))
    assert answer.ephemeral
    assert said in answer.text


def next_label(message: Message, beginning: str) -> str:
    """Return the whole label of the button that begins so; some end in a number."""
    (label,) = (each.label for each in message.buttons if each.label.startswith(beginning))
    return label


@pytest.mark.parametrize(
    "duration", ["-1h", "0", "NaN", "99999999999d", "x" * 5000, "@everyone", "6"]
)
async def test_a_hostile_duration_is_one_clear_sentence(town: Town, duration: str) -> None:
    fake, scene = town.stage.fake, town.stage.scene
    answer = await fake.slash(scene.alice, scene.channel, "remind session", duration=duration)
    assert answer.ephemeral
    assert "<t:" not in answer.text
    assert len(answer.text) < 200


async def test_what_is_not_there_is_said_so(town: Town) -> None:
    fake, scene = town.stage.fake, town.stage.scene
    offer = await fake.slash(scene.alice, scene.channel, "gpu info", offer="an old choice")
    assert offer.ephemeral
    confirmed = await town.stage.promise(scene.alice, scene.channel, "mine alone")
    button = confirmed.buttons[0]
    assert button.custom_id is not None
    number = button.custom_id.split(":")[2]
    of_another = await fake.slash(scene.ming, scene.channel, "remind cancel", reminder=number)
    missing = await fake.slash(scene.ming, scene.channel, "remind cancel", reminder="999999")
    assert of_another.text == missing.text

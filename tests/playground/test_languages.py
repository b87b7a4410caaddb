from bot.discord.playground.languages import in_language
from bot.discord.playground.world import World
from bot.speech.locales import Locale
from tests.playground.standin import StandIn

COMMAND = {
    "name": "settings",
    "description": "Your settings",
    "description_localizations": {"zh-CN": "我的设置"},
    "options": [
        {
            "name": "delivery",
            "description": "Where to",
            "description_localizations": None,
            "choices": [
                {"name": "Message", "name_localizations": {"zh-CN": "私信"}, "value": "dm"},
                {"name": "Here", "value": "here"},
            ],
        }
    ],
}


def test_descriptions_and_choices_are_translated_and_names_are_not() -> None:
    shown = in_language(COMMAND, "zh-CN")
    assert (shown["name"], shown["description"]) == ("settings", "我的设置")
    option = shown["options"][0]
    assert (option["name"], option["description"]) == ("delivery", "Where to")
    assert [choice["name"] for choice in option["choices"]] == ["私信", "Here"]
    assert [choice["value"] for choice in option["choices"]] == ["dm", "here"]


def test_the_command_that_discord_holds_stays_as_it_was() -> None:
    in_language(COMMAND, "zh-CN")
    assert COMMAND["description"] == "Your settings"


async def test_each_member_lists_commands_in_their_language(world: World, bot: StandIn) -> None:
    def described(user_id: int) -> str:
        commands = world.env.backend.visible_commands(user_id=user_id, channel_id=world.channel_id)
        return next(each["description"] for each in commands if each["name"] == "gpu")

    ada, _, lin = world.members
    assert described(ada.id) == bot.book.say(Locale.EN_US, "cmd-gpu")
    assert described(lin.id) == bot.book.say(Locale.ZH_CN, "cmd-gpu")
    assert described(ada.id) != described(lin.id)

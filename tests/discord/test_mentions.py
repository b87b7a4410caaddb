from bot.discord.mentions import CommandMentions


def test_before_the_first_registration_a_name_can_be_read_and_typed() -> None:
    assert CommandMentions()("remind session") == "`/remind session`"


def test_a_known_command_can_be_clicked_down_to_its_subcommand() -> None:
    mentions = CommandMentions()
    mentions.learn({"remind": 12, "about": 13})
    assert mentions("remind session") == "</remind session:12>"
    assert mentions("about") == "</about:13>"
    assert mentions("gpu info") == "`/gpu info`"


def test_what_is_learnt_later_replaces_what_was_known() -> None:
    mentions = CommandMentions()
    mentions.learn({"about": 1})
    mentions.learn({"remind": 2})
    assert mentions("about") == "`/about`"

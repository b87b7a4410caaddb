import pytest

from bot.ask.existing import NoNew, no_new


@pytest.mark.parametrize(
    "text",
    [
        "list my reminders",
        "show me all my reminders",
        "cancel my reminder",
        "please cancel the 6pm reminder",
        "what's my next reminder?",
        "do i have any reminders",
        "change my reminder to 7pm",
        "取消我的提醒",
        "我有哪些提醒",
        "帮我看看我的提醒",
        "下一个提醒是什么时候",
    ],
)
def test_reminders_that_there_are_are_no_new_ones(text: str) -> None:
    assert no_new(text) is NoNew.EXISTING


@pytest.mark.parametrize(
    "text",
    [
        "don't remind me tomorrow at 9",
        "do not ping me at 6pm",
        "please stop reminding me",
        "no need to remind me tomorrow",
        "i don't want you to remind me",
        "明天不用提醒我",
        "别提醒我了",
        "不要明天早上提醒我",
    ],
)
def test_a_reminder_that_is_refused_is_none(text: str) -> None:
    assert no_new(text) is NoNew.REFUSED


@pytest.mark.parametrize(
    "text",
    [
        "remind me to cancel my reminder in 2 hours",
        "set a reminder for 20:30",
        "don't forget to remind me at 6pm",
        "why don't you remind me at 6pm",
        "remind me not to forget the pod in 2 hours",
        "don't remind me at 5pm, remind me at 6pm",
        "2小时后提醒我取消订阅",
        "别忘了提醒我明天早上9点保存",
        "不要忘记提醒我",
        "明天早上9点提醒我",
    ],
)
def test_what_wants_a_reminder_is_not_turned_down(text: str) -> None:
    assert no_new(text) is None

"""Whether a sentence is about reminders that there are, or wants none: it makes no new one."""

import re
from enum import StrEnum
from typing import Final

from bot.ask.verbs import ASK


class NoNew(StrEnum):
    """Why no reminder is made."""

    EXISTING = "existing"
    """Those that there are shall be listed, changed or cancelled."""
    REFUSED = "refused"


_OURS: Final = r"(?:reminders?|alarms?|timers?|alerts?|notifications?)"
_POLITE: Final = (
    r"(?:(?:please|pls|plz|hey|hi|ok|okay|can|could|would|will|you|i|want|wanna|need|like|to|let|me"
    r"|how|do|just|now|help|i'd)\s+){0,6}"
)
_WORDS: Final = r"(?:[\w'.:]+\s+){0,3}?"
_EXISTING: Final = re.compile(
    rf"^\W*{_POLITE}(?:"
    rf"(?:list|show|see|view|check|display|cancel|delete|remove|clear|drop|stop|disable|mute|pause"
    rf"|turn off|kill|edit|change|modify|move|postpone|snooze|reschedule|undo|find)(?: me| off)?\s+"
    rf"(?:(?:all|any|the|my|our|that|this|those|these|every|of|last|next)\s+)+{_WORDS}{_OURS}\b"
    rf"|(?:list|show|view|cancel|delete|clear|edit) {_OURS}\b"
    rf"|(?:what|which|when|where|whats|what's|when's|where's|how many|do i have|did i|have i)\b"
    rf"(?:\s+(?:is|are|was|have|do|i|got|set|any|all|the|of))*"
    rf"\s+(?:(?:my|any|the|our|active|pending|next|upcoming|current|other)\s+)*{_OURS}\b"
    rf"|(?:any|my) (?:(?:active|pending|next|upcoming|current) )?{_OURS}\W*$"
    rf"|{_OURS} (?:list|overview)\b)"
    r"|^[\s,，]*(?:请|帮我|麻烦|我要|我想|想|能不能|可以|怎么|如何|把){0,3}(?:取消|删除|删掉|删|查看|看看|看一下|看下|查一下"
    r"|列出|列一下|显示|修改|更改|改|关掉|关闭|停止|清空|撤销)(?:一下|掉)?(?:我|所有|全部|那个|这个|那条|这条|的|之前|设置|设|已有"
    r"|下一个|上一个){0,4}(?:[^\s，,]{0,8}的)?(?:提醒|闹钟|定时器|倒计时)(?!我)"
    r"|我?(?:的|还)?有?(?:哪些|什么|多少|几个|几条)(?:个|条)?(?:设置的|待办)?(?:提醒|闹钟)(?!我)"
    r"|我(?:设|定|设置)?(?:过|了)?的?(?:所有|全部|下一个|下个|下一条)?(?:提醒|闹钟)(?:有哪些|列表|都?有什么|在哪|是什么|是几点|是哪"
    r"|$|[?？])|(?:下一个|下个|下一条)(?:提醒|闹钟)(?!我)|提醒列表"
    r"|(?:提醒|闹钟)(?:给我)?(?:取消|删掉|关掉|撤销)"
)
_DENIED: Final = re.compile(
    r"(?<!why )(?:\b(?:do ?n[o'’]?t|do not|never|no need (?:to|for you to)|no longer|stop|quit"
    r"|without|needn't|shouldn't|should not|rather not)\s+"
    r"(?:(?:you|ever|please|need to|have to|want you to"
    r"|want to be|be|get|bother|bother to|even|want|wanna|want any|again|me)\s+){0,3})"
    rf"(?:{ASK}|reminding|pinging|reminded|pinged|notified|{_OURS})\b"
    r"|(?:不要|不用|不必|(?<![特区])别|甭|无需|停止|不想|不需要)(?!忘)[^\s，,。；;]{0,8}?"
    r"(?:提醒|通知我|叫我|喊我|戳我)"
)
_ASKED: Final = re.compile(rf"\b{ASK}(?: me| us)\b|提醒|通知我|叫我|喊我")


def no_new(text: str) -> NoNew | None:
    """Return why a text wants no new reminder; None where it does. `text`: in lower case.

    "Don't forget to remind me" and 别忘了提醒我 want one.
    """
    if _EXISTING.search(text):
        return NoNew.EXISTING
    return NoNew.REFUSED if refuses(text) and not _ASKED.search(_DENIED.sub(" ", text)) else None


def refuses(text: str) -> bool:
    """Say whether some reminder is refused: "don't remind me at 5, remind me at 6" does."""
    return _DENIED.search(text) is not None

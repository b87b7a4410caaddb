"""What says of a length of time which one it is: how long, since when, how long before the end."""

import re
from typing import Final, final

_NUMBER: Final = (
    r"(?:\d+(?:\.\d+)?|half an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
_MINUTES: Final = r"(?:\d{1,2}|five|ten|fifteen|twenty|thirty|forty|fifty) ?(?:minutes?|mins?|m)\b"
_LENGTH: Final = (
    rf"(?P<length>(?<![\d.:]){_NUMBER}(?: and a half)?[ -]?(?:hours?|hrs?|h|minutes?|mins?|m)\b"
    rf"(?:,? ?(?:and )?{_MINUTES}| and a half\b)?"
    r"|(?:\d+(?:\.\d+)?|半|[一二两三四五六七八九十]{1,3})个?半?(?:小时|钟头|分钟)半?(?:\d{1,2}分钟?)?)"
)
"""Hours and minutes; whether it is a length is for the grammar of times to say."""
_ENDS: Final = (
    r"(?:ends?|ending|expires?|expiring|dies|die|closes?|over|up|stops?|terminates?|disconnects?"
    r"|(?:times?|runs?) out|shuts? (?:down|off)|gets? (?:killed|cut off))"
)
_IT_ENDS: Final = r"(?:结束|到期|断|关|超时|停|没了)"

_LEADS: Final = (
    rf"\b{_LENGTH} (?:before|b4|ahead|prior|in advance)\b",
    rf"\b(?:when|once) (?:[a-z'’]+ ){{0,6}}?{_LENGTH} (?:are |is )?(?:left|remain)",
    rf"提前 ?{_LENGTH}",
    rf"{_LENGTH}前(?=提醒|通知|叫|告诉)",
    rf"(?<!\d)前 ?{_LENGTH}",
    rf"剩{_LENGTH}的?时候?",
)
_LEFT: Final = (
    rf"\b{_ENDS} in (?:about )?{_LENGTH}",
    rf"\b{_LENGTH} (?:are |is )?(?:left|remaining)\b",
    rf"(?:还有|还剩|再过|只剩|剩下?)(?:大概|大约)? ?{_LENGTH}",
    rf"{_LENGTH}(?:之?后)? ?(?:就|会|要|自动|将){{0,3}}{_IT_ENDS}",
)
_STARTS: Final = (
    rf"\b{_LENGTH} ago\b",
    rf"\b(?:been (?:[a-z]+ ){{1,3}}|running |up )for (?:about )?{_LENGTH}",
    rf"\b{_LENGTH} (?:in(?=[,.]|$)|into|gone|passed|elapsed|old)\b",
    rf"\bused (?:up )?{_LENGTH}",
    rf"(?:开|跑|用|连|启动|开始|运行)了(?:大概|大约)? ?{_LENGTH}",
    rf"{_LENGTH}之?前(?:开始|启动|开)",
)
_DURATIONS: Final = (
    rf"\b(?:session|runtime) (?:(?:of|for|is|lasts?|runs?|about) ){{0,2}}{_LENGTH}",
    # Up to two words between them: the provider's name.
    (
        rf"\b{_LENGTH}[ -](?:(?!(?:after|before|in|into|of|until|for|on)\b)[a-z]+ ){{0,2}}"
        r"(?:session|runtime|limit)\b"
    ),
    rf"\b{_ENDS} after (?:about )?{_LENGTH}",
    rf"(?:会话|时长|最多|最长)(?:是|为|大概|大约)?{_LENGTH}",
    rf"{_LENGTH}的? ?(?:会话|session)",
    # A timer for the length of the session itself; one "to check colab" is a plain reminder.
    (
        rf"\b(?:timer|countdown) (?:(?:for|of|to|at) )?{_LENGTH}"
        r"(?! (?:to|that|about|until|from|before)\b)"
    ),
    rf"\b{_LENGTH}[ -](?:timer|countdown)\b(?! (?:to|that|about)\b)",
    rf"(?:定时器?|计时器?|倒计时) ?{_LENGTH}",
    rf"{_LENGTH}的?(?:定时|计时|倒计时)",
)
_DOUBTS: Final = (
    # Another number before a length: "5-6 hours", "30 and 10 min", "7 of 12 hours".
    rf"\d ?(?:of|out of|to|or|and|,|-|–|~|到|至|或|、) ?{_LENGTH}",
    # Another session than the one that runs now, or one that has not begun.
    (
        r"\b(?:yesterday|tomorrow|last (?:session|time|night)|(?:will|'ll) (?:start|open|begin)"
        r"|(?:died|ended|crashed|stopped|disconnected) (?:\w+ ){0,3}(?:after|ago)"
        r"|(?:start|begin)s? (?:in|at|on))\b|昨天|明天|上次|等会"
    ),
    # By the clock, or by the week.
    r"\d[:：]\d\d|\d ?[ap]\.?m\b|\d ?点|[一二两三四五六七八九十]点",
    r"\b(?:this|per|a|each) week\b|\bweekly\b|本周|这周|每周|一周",
    r"\bidle\b|\binactiv|闲置|空闲|无操作",
    # How far in, and not how long before the end; or at most, or no wish at all.
    rf"\b(?:me|us|when) {_LENGTH} (?:in|into|of)\b",
    rf"\b(?:(?:less|more|fewer) than|under|at (?:most|least)) {_LENGTH}",
    (
        r"\b(?:do ?n[o'’]?t|do not|never|cancel|delete|remove|stop|without) (?:\w+ ){0,2}"
        r"(?:warn|remind|ping|alert|notif|wake|tell)"
    ),
    r"(?:不要|不用|不必|取消|别(?!忘))[^，,]{0,10}(?:提醒|通知|叫)",
    r"^(?:does|do|did|will|would|is|are) (?!you\b)|\b(?:remind|tell) me (?:how|what|which|why)\b",
)


def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


@final
class Lengths:
    """The expressions, each with the length as its group `length`; they take 30 ms to make."""

    def __init__(self) -> None:
        """Compile them."""
        self.any = re.compile(_LENGTH, re.IGNORECASE)
        """A length, of whatever it is."""
        self.leads = _compiled(_LEADS)
        """How long before the end a warning is wanted."""
        self.left = _compiled(_LEFT)
        self.starts = _compiled(_STARTS)
        """How long ago it began."""
        self.durations = _compiled(_DURATIONS)
        """How long it is as a whole."""
        self.doubts = _compiled(_DOUBTS)
        """What says that lengths may not be those of the session that runs: it is asked back."""

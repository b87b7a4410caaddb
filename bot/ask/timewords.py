"""The expressions of time in a sentence, by the vocabulary of the grammar of times.

They are recognised here, and not read: `bot.when` reads one time, and this finds all that look
like one, so that none is overlooked.
"""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import Final, final

from bot.ask.verbs import ASK
from bot.when import words

MARK: Final = "\x1f"
"""At both ends of the time that was read. No text has it: it counts as a space, and those are
joined."""
INSIDE: Final = "\x1e"
"""Over the rest of that time."""
_MOST: Final = 40
"""Expressions looked at; a text of more is a list of times, and unclear by the first of them."""


class Kind(StrEnum):
    """What an expression says."""

    CLOCK = "clock"
    LENGTH = "length"
    DAY = "day"
    PART = "part"
    """Of a day: "in the morning", 晚上."""
    REPEAT = "repeat"
    ZONE = "zone"
    OTHER = "other"
    """That what was said is corrected, denied, or one of several."""


def _ascii(*tables: Iterable[str]) -> str:
    found = {each for table in tables for each in table if each.isascii() and len(each) > 2}
    return "|".join(sorted(map(re.escape, found), key=lambda each: (-len(each), each)))


def _chinese(*tables: Iterable[str]) -> str:
    found = {each for table in tables for each in table if not each.isascii() and len(each) > 1}
    return "|".join(sorted(found, key=lambda each: (-len(each), each)))


_SPELLED: Final = "|".join(sorted({*words.NUMBER_WORDS, *words.TENS} - {"zero"}, key=len))
_NUMBER: Final = rf"(?:\d+(?:\.\d+)?|half an?|(?:a )?couple(?: of)?|(?:a )?few|{_SPELLED})"
_UNIT: Final = (
    r"(?:seconds?|secs?|minutes?|mins?|min|m|hours?|hrs?|h|days?|d|weeks?|wks?|w|fortnights?"
    r"|months?|mos?|years?|yrs?)"
)
_HAN_NUMBER: Final = r"(?:\d+(?:\.\d+)?|半|[一二两三四五六七八九十]{1,3})"
_MONTH: Final = _ascii(words.MONTHS)
# Words that are more often something else, and only beside other words a day.
_RARE: Final = frozenset({"sun", "sat", "wed", "mon", "tom", "tomo", "tomm", "thur"})
_DAY: Final = _ascii(
    (each for each in words.WEEKDAYS if each not in _RARE),
    (each for each in words.DAYS if each not in _RARE),
    words.DAY_PARTS,
    words.ENDS,
)
_HAN_DAY: Final = _chinese(words.DAYS, words.DAY_PARTS, words.ENDS, words.WEEKDAYS)
_ANY_DAY: Final = rf"(?:{_DAY}|{'|'.join(sorted(_RARE))})"
_HAN_PART: Final = _chinese(words.PARTS, words.MIDNIGHT, words.NOON)

_EXPRESSIONS: Final = {
    Kind.REPEAT: (
        r"\b(?:every|each) (?:single |other |second |few |\d+ ?|[a-z]+ )?"
        r"(?:second|minute|min|hour|hr|h|day|week|month|year|morning|afternoon|evening|night"
        rf"|weekday|weekend|time|{_ANY_DAY})s?\b"
        r"|\b(?:everyday|daily|weekly|biweekly|monthly|hourly|nightly|yearly"
        r"|(?:work|week)days|weekends|(?:mon|tues|wednes|thurs|fri|satur|sun)days"
        r"|repeat(?:ing|edly)?|recurring|(?:once|twice|times) (?:a|an|per|each|every)\b"
        r"|(?:per|a) (?:day|week)\b(?= *$))\b"
        r"|每(?:个|隔|逢)?(?=[\d一二两三四五六七八九十天日周月年晚早星礼工小分])|天天|夜夜|工作日|反复|重复|隔天"
    ),
    Kind.DAY: (
        rf"\b(?:{_DAY})\b|\b(?:sat|sun|mon|wed)\b(?![-'])|\bthe day after\b"
        r"|\b(?:next|this|coming|following|last) (?:week|month|weekend|year|morning|afternoon"
        r"|evening|night|day)\b|\bweekend\b"
        rf"|\b(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?\b"
        rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})\b"
        r"|\b(?:in|of|until|till) (?:january|february|march|april|june|july|august|september"
        r"|october|november|december)\b"
        r"|\b(?:on )?the \d{1,2}(?:st|nd|rd|th)\b(?= *(?:$|[,.!?]|at\b|of\b|\x1f))"
        r"|\bon \d{1,2}(?:st|nd|rd|th)\b"
        r"|(?<![\d./-])\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?<![\d./])(?!24/7)\d{1,2}/\d{1,2}"
        r"(?:/\d{2,4})?(?![\d/])"
        rf"|大?后天|(?:下下|下|这|本|上)个?(?:周|星期|礼拜)[一二三四五六日天末]?|周末|{_HAN_DAY}"
        r"|(?:下|这|本)个?月|\d{1,2}月\d{1,2}[日号]?|\d{1,2}[号日](?![\d\w]*[机卡线楼])"
    ),
    Kind.PART: (
        r"\b(?:in the )?(?:morning|afternoon|evening)\b|\bat night\b"
        rf"|\b(?:later|sooner|earlier)\b(?= *(?:$|[,.!?]))|{_HAN_PART}"
    ),
    Kind.CLOCK: (
        r"(?<![\d.:])\d{1,2}:\d\d(?::\d\d)?(?!\d)(?: ?[ap]\.?m\b)?"
        r"|(?<![\d.])\d{1,2}(?:[:.]\d\d)? ?[ap]\.? ?m\b\.?|\b\w+ o ?'?clock\b"
        r"|\b(?:noon|midday|midnight)\b|\b(?:half|quarter) (?:past|to)\b|<t:\d+"
        rf"|\b(?:at|@|around) ?(?:\d{{1,2}}|(?:{_SPELLED})\b)"
        rf"(?= *(?:$|[,.;!?)]|(?:on|or|and|in|to)\b|{MARK}|{_ANY_DAY}\b))"
        r"|(?<![早晚快慢多少好有大小简高低])[\d零一二两三四五六七八九十]{1,3} ?"
        r"(?:点(?![建意要子内])|时(?![间候长常段不]))(?:半|一刻|三刻|整)?"
        r"|(?<!\d)\d{1,2}[:：]\d\d(?!\d)"
    ),
    Kind.LENGTH: (
        rf"(?<![\w.:]){_NUMBER}(?: and a half)?[ -]?{_UNIT}\b"
        rf"(?:(?:,? and|,)? ?{_NUMBER} ?{_UNIT}\b)?"
        rf"|\b(?:in|within|after|or) (?:about )?(?:an?|another) {_UNIT}\b"
        r"|\b(?:in|after) (?:a (?:bit|while|moment)|some time)\b"
        rf"|{_HAN_NUMBER}个?半?(?:小时|钟头|分钟|秒钟?|天|周|星期|礼拜|个月|年)半?(?:之?后|以后)?"
        r"|(?:过)?一会儿?|待会儿?|稍后"
    ),
}
_EXPRESSION: Final = "|".join(f"(?P<{kind}>{each})" for kind, each in _EXPRESSIONS.items())

_CERTAIN_ZONES: Final = (
    r"e[sd]t|c[sd]t|m[sd]t|p[sd]t|ak[sd]t|hst|hadt|utc|gmt|zulu|bst|cest?|cet|eest|eet|aoe|msk|"
    r"trt|pkt|jst|kst|hkt|sgt|wib|pht|ict|a[ecw][sd]t|nz[sd]t|brt|sast|gst|irst|n[sd]t|ist"
)
"""French "est" and the like are not looked for: the questions are English or Chinese."""
_BESIDE_ZONES: Final = r"et|ct|mt|pt|z"
_NOT_OF_ZONE: Final = (
    r"(?!(?:to|for|that|about|and|or|the|this|same|next|first|second|last|one|some|any|no|my|so|"
    r"please|pls|because|but|when|it|is|every|each|on|at|dinner|lunch|bed|tea|play|show|party|game|"
    r"movie|break|study|nap|gym|in time)\b)"
)
_DIRECTIONS: Final = r"eastern|pacific|central|mountain|atlantic|european|standard|daylight|summer"
_HAN_AREAS: Final = (
    r"太平洋|大西洋|格林尼治|格林威治|世界|协调|国际|欧洲|中欧|东欧|西欧|美国|美东|美西|美中|东部|西部|中部|山地|"
    r"东京|日本|当地|本地|那边|服务器|夏令|标准|平台|官方"
)

_NO_PLACES: Final = frozenset({"wake", "oral", "troll", "center", "easter"})
"""Islands and stations whose names are everyday words."""
_JOINED: Final = re.compile(
    r"(?:\b(?:and|or|not|no|but|then|also|instead|actually|rather|maybe|perhaps|plus|either|nor"
    r"|again|wait|sorry|mean)|[/&+]|n't|\bmake (?:it|that)"
    r"|或者?|还是|和|跟|与|以及|不是?|改成|改到|改为|要么|再)"
    r"[\s,，、]{0,3}(?:(?:on|at|in|the|by|for|only|after)\s){0,2}$"
)
_CLAUSE: Final = re.compile(
    r"(?:[,.;:!?，。；：！？]|(?:\b(?:then|so|and|but|please|pls|can you|could you)\s)*"
    rf"\b{ASK})(?=[^,.;:!?，。；：！？]*$)"
)
_TELLS: Final = re.compile(r"(?:[a-z]{3,}|[\u4e00-\u9fff]{2,})")
_TELLS_NOTHING: Final = re.compile(
    r"\b(?:please|pls|plz|hey|hi|hello|can|could|will|would|you|the|and|not|but|for|from|around"
    r"|about|just|then|okay|bot|set|reminder|next|this|coming)\b|请|麻烦|在|你好"
)
_OPENER: Final = re.compile(
    rf"{MARK}[\s,:;，：-]*(?:to|that|about|because|bc|cuz|so|for|when|if|of)\b"
    rf"|\b(?:{ASK}|reminder|alarm|timer)"
    r"(?: me| us)?(?: up)? (?:to|that|about|of)\b"
    r"|(?:提醒|通知|叫|喊|告诉)(?:一下|一声)?(?:我|我们|大家)?(?:一下|一声)?(?=[^\s,，。])"
)
_BINDS: Final = re.compile(
    r"\b(?:before|b4|by|until|till|til|for|from|of|since|due|than|during|past)\s"
    r"(?:the |this |next |my |our |end of )?(?:the )?$|(?:截止到?|直到|关于)$"
)
_POSSESSED: Final = re.compile(r"\b(?:the|my|our|your|his|her|their|its|an?|this|that)\s$")
_NOUN: Final = re.compile(
    r"(?:'s\b|s'|[ -](?!(?:at|on|in|to|and|or|but|not|by|instead|please|so|that|than|before"
    rf"|after)\b)[a-z])(?!{MARK})"
)
_LENGTH_OF: Final = re.compile(
    r"[ -](?:long |straight )?(?:[a-z]+ )?(?:sessions?|runs?|jobs?|limit|runtime|training|timer|"
    r"video|walk|break|nap|meeting|call|window|quota|warning|mark)\b"
)
_HAN_BOUND: Final = re.compile(r"\s*(?:的|之前|以前|前(?!天)|截止|到期)")

_SIGNS: Final = re.compile(
    # A number that the time may be extended to, or be instead of.
    rf"{MARK}[\s,，]*(?:(?:to|or|and|till|til|until|through|no|not|nope|actually|wait|sorry|make it"
    r"|make that|rather|i mean|i meant)\s*[,，]?\s*)+(?:maybe |perhaps |at |in |about )?"
    rf"(?:\d|(?:{_SPELLED})\b(?! of\b)|later\b|earlier\b|an hour\b)"
    rf"|{MARK}\s*(?:[-–~—/&]|到|至|或者?|还是|和|、)\s*[\d一二两三四五六七八九十]"
    rf"|{MARK},? for (?:the )?(?:next |another )?{_NUMBER} ?(?:days?|weeks?|months?)\b"
    r"|\bnever ?mind\b|\bscratch that\b|(?:[,.;!]|^)\s*forget (?:it|that|about it)\b|\bno,? wait\b"
    r"|\bwait,? no\b|\bon second thoughts?\b|\bi meant?\b|\bcorrection\b"
    r"|[,，。;；、\s](?:算了|不对|哦不|不是)(?=[,，。;；!！\s]|$)|(?:改成|改到|改为)(?=[\d一二两三四五六七八九十早晚上下中凌明后周])"
)
_WRONG_BEFORE: Final = re.compile(
    r"(?:\b(?:not|no|never|before|b4|by|until|till|til|since|except|unless|than|between|from|past|"
    r"every|each|last|either|other than|or|anytime|sometime|day after)|n't"
    rf"|\b(?:\d+|quarter|half|{_SPELLED})(?: minutes?| mins?)? (?:to|till)"
    r"|不是|不要|不在|别在|除了|不用|或者?|还是|从|到|至"
    r"|\b(?:change|move|push|reschedule|postpone|switch)\b[^,.;]{0,30}\bto)"
    rf"[\s,，]*(?:(?:on|at|the|in)\s)?{MARK}"
)
_WRONG_BY_CLOCK: Final = re.compile(
    rf"\b(?:after|later than)\s(?:at\s)?{MARK}|{MARK}\s?(?:之后|以后|过后|后|之前|以前|前)(?!天)"
)


@final
class TimeWords:
    """The expressions, compiled; they take some 20 ms to make."""

    def __init__(self) -> None:
        """Compile them."""
        self._expression = re.compile(_EXPRESSION)
        self._zone = re.compile(
            rf"\b(?:{_CERTAIN_ZONES})\b"
            rf"|{MARK}[\s,(]*(?:in )?(?:{_BESIDE_ZONES})\b|\b(?:{_BESIDE_ZONES})\s*{MARK}"
            rf"|{MARK}\s*\(?{_NOT_OF_ZONE}(?:in |by )?{_NOT_OF_ZONE}(?:[a-z']+ ){{1,2}}time\b"
            rf"|\b(?:{_DIRECTIONS})(?: standard| daylight| summer)? time\b"
            rf"|{MARK}[\s,(]*(?:eastern|pacific|central|mountain)\b"
            r"|\b(?:your|his|her|their|server|bot) time\b"
            r"|\b(?:africa|america|asia|atlantic|australia|europe|indian|pacific|etc)/[a-z_]+"
            rf"|{MARK}\s*\(?[+-] ?\d{{1,2}}(?![\d:])"
            rf"|(?:{_HAN_AREAS})时[间区]?|[\u4e00-\u9fff]{{1,8}}时[间区]的?\s*(?={MARK})"
            r"|东[一二三四五六七八九十]{1,2}区|西[一二三四五六七八九十]{1,2}区|时区|\btime ?zone\b"
        )
        self._upper = re.compile(rf"{MARK}\s*\(?[A-Z]{{1,4}}T\b")
        self._place = re.compile(
            rf"{MARK}[\s,(]*(?:in |by |for )?(?P<name>[a-z]{{2,20}}(?: [a-z]{{2,20}}){{0,2}})"
        )
        self._place_time = re.compile(r"\b(?P<name>[a-z]{2,20}(?: [a-z]{2,20}){0,2})(?:'s)? time\b")
        self._han_before = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{2,8}})\s*(?={MARK})")
        self._han_time = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8})时间")

    def expressions(self, lower: str) -> Iterator[re.Match[str]]:
        """Yield what looks like a time, in the order of the text."""
        for count, match in enumerate(self._expression.finditer(lower)):
            if count >= _MOST:
                return
            yield match

    @staticmethod
    def kind_of(match: re.Match[str]) -> Kind:
        """Return what an expression says."""
        return Kind(match.lastgroup or Kind.OTHER)

    @staticmethod
    def signs(lower: str) -> Iterator[re.Match[str]]:
        """Yield what says that the time is corrected, or one of several."""
        yield from _SIGNS.finditer(lower)

    @staticmethod
    def is_bound(lower: str, *, length: bool) -> bool:
        """Say whether what stands beside the time makes another one of it: "not", "by", "5 to"."""
        if _WRONG_BEFORE.search(lower):
            return True
        return not length and _WRONG_BY_CLOCK.search(lower) is not None

    def zones(
        self, text: str, lower: str, *, called: AbstractSet[str]
    ) -> Iterator[tuple[int, int]]:
        """Yield the places of what names a time zone. `called`: what zones are called."""
        for pattern, where in ((self._zone, lower), (self._upper, text)):
            yield from (match.span() for match in pattern.finditer(where))
        for match in self._place.finditer(lower):
            if any(each in called and each not in _NO_PLACES for each in _runs(match["name"])):
                yield match.span()
        for match in self._place_time.finditer(lower):
            if any(each in called for each in _runs(match["name"])):
                yield match.span()
        for pattern in (self._han_before, self._han_time):
            for match in pattern.finditer(lower):
                name = match["name"]
                if any(name[first:] in called for first in range(len(name) - 1)):
                    yield match.span()

    @staticmethod
    def joined(before: str) -> bool:
        """Say whether what stands before an expression makes it one more, or another one."""
        return _JOINED.search(before) is not None

    @staticmethod
    def clause_start(lower: str, place: int) -> int:
        """Return where the clause of a place begins."""
        found = None
        for found in _CLAUSE.finditer(lower[:place]):  # noqa: B007 - the first that reaches the end
            break
        return 0 if found is None else found.start()

    @staticmethod
    def tells(context: str) -> bool:
        """Say whether a text tells something, and is not only how somebody asks."""
        return _TELLS.search(_TELLS_NOTHING.sub(" ", context)) is not None

    @staticmethod
    def purpose_start(lower: str) -> int:
        """Return where a purpose begins; the end of the text where none does."""
        opener = _OPENER.search(lower)
        return len(lower) if opener is None else opener.end()

    @staticmethod
    def attributive(before: str, after: str) -> bool:
        """Say whether a word of repetition says of which kind a thing is: "the weekly quota"."""
        return _POSSESSED.search(before) is not None and _NOUN.match(after) is not None

    @staticmethod
    def of_purpose(before: str, after: str, *, length: bool) -> bool:
        """Say whether an expression in a purpose belongs to it: "before friday", "the 3pm call"."""
        if _BINDS.search(before) or _HAN_BOUND.match(after):
            return True
        if after.startswith(("'s", "’s")):
            return True
        if length and _LENGTH_OF.match(after):
            return True
        return _POSSESSED.search(before) is not None and _NOUN.match(after) is not None


def _runs(name: str) -> Iterator[str]:
    """Yield the beginnings and ends of some words: "new york please" has "new york"."""
    parts = name.split()
    for count in range(len(parts), 0, -1):
        yield " ".join(parts[:count])
    for first in range(1, len(parts)):
        yield " ".join(parts[first:])

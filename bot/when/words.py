"""The vocabulary: every word the grammar knows, in English and simplified Chinese.

Each table has one role. A word may stand in several ("mon" is a day and a month's short form);
the grammar asks for the role that fits where it stands. Text is lower-case, simplified Chinese,
with hyphens between letters written as spaces (``text.tidy`` sees to it).
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import Final

from bot.when import day_parts


class Unit(Enum):
    """A unit of time, from the smallest: seconds of elapsed time, or calendar months."""

    SECOND = ("second", "s", 1, 0)
    MINUTE = ("minute", "min", 60, 0)
    HOUR = ("hour", "h", 3600, 0)
    DAY = ("day", "d", 86_400, 0)
    WEEK = ("week", "wk", 604_800, 0)
    MONTH = ("month", "mo", 0, 1)
    YEAR = ("year", "y", 0, 12)

    def __init__(self, label: str, symbol: str, seconds: int, months: int) -> None:
        self.label = label
        self.symbol = symbol
        self.seconds = seconds
        self.months = months

    def __lt__(self, other: Unit) -> bool:
        return (self.months, self.seconds) < (other.months, other.seconds)

    @property
    def of_days(self) -> bool:
        """Whether it counts whole days, so that a time of day can stand beside it."""
        return not self.seconds or self.seconds >= 86_400


def _phrases(text: str) -> frozenset[str]:
    """Words and phrases, written with a bar between them."""
    return frozenset(text.split("|"))


SECONDS_TO_YEARS: Final = (
    (Unit.SECOND, "s sec secs seco secon second seconds 秒 秒钟"),
    (Unit.MINUTE, "m mi min mins minu minut minute minutes 分 分钟"),
    (Unit.MINUTE, "minuts minites mintues minuites"),
    (Unit.HOUR, "h hr hrs ho hou hour hours 小时 钟头"),
    (Unit.DAY, "d da day days 天"),
    (Unit.WEEK, "w wk wks wee week weeks 周 星期 礼拜"),
    (Unit.MONTH, "mo mos mon mons mth mths mont month months"),
    (Unit.YEAR, "y yr yrs ye yea year years 年"),
)
UNITS: Final = {word: unit for unit, words in SECONDS_TO_YEARS for word in words.split()}
"""A unit after an amount."""
HOURS: Final = frozenset(word for word, unit in UNITS.items() if unit is Unit.HOUR)
CLASSIFIED_UNITS: Final = {"月": Unit.MONTH, "钟": Unit.HOUR}
"""A unit only after 个: 三个月 are three months, 三月 is March."""
MULTIPLES: Final = {
    "fortnight": (14, Unit.DAY),
    "fortnights": (14, Unit.DAY),
    "刻钟": (15, Unit.MINUTE),
    "decade": (10, Unit.YEAR),
    "decades": (10, Unit.YEAR),
}
"""A unit that is a multiple of another one."""
SINGLE_MULTIPLES: Final = {word: of for word, of in MULTIPLES.items() if not word.endswith("s")}

SINGLE_UNITS: Final = {unit.label: unit for unit in Unit}
PLURAL_UNITS: Final = frozenset(f"{unit.label}s" for unit in Unit) | {"hrs", "mins", "secs"}
ARTICLES: Final = frozenset({"a", "an"})
SINGLE: Final = ARTICLES | {"一"}
ZH_FUSED: Final = frozenset({"俩", "仨"})
"""两个 and 三个 in one."""
ZH_WHOLE: Final = frozenset({"天", "年"})
"""Not counted by 个: 两个半天 are two half days, or two and a half."""
COUPLES: Final = frozenset({"couple", "couple of", "a couple", "a couple of"})
HALVES: Final = _phrases("half|half a|half an|half of a|half of an|a half|半")
QUARTERS: Final = {
    word: amount
    for amount, words in (
        (Fraction(1, 4), ("quarter", "a quarter", "one quarter")),
        (Fraction(3, 4), ("three quarter", "three quarters")),
    )
    for word in [f"{w}{of}" for w in words for of in ("", " of a", " of an")]
}
EXTRAS: Final = {
    "and a half": Fraction(1, 2),
    "and an half": Fraction(1, 2),
    "and half": Fraction(1, 2),
    "and a quarter": Fraction(1, 4),
    "and three quarters": Fraction(3, 4),
    "半": Fraction(1, 2),
}
"""What may follow an amount or a unit: an hour *and a half*, 两个*半*小时."""
OF_A: Final = frozenset({"of a", "of an"})
CLASSIFIER: Final = frozenset({"个"})
JOINERS: Final = frozenset({"and", "&", "+", "又"})
ZERO: Final = frozenset({"零"})
"""Joins too (1小时零5分), but stays out of the vocabulary: 零五 is one numeral."""

ANOTHER: Final = frozenset({"another"})
ADDERS: Final = _phrases("another|next|the next|过|再过|再|再等")
"""May stand before an amount, alone or after another opener: for another 5 min."""
LENGTH_OPENERS: Final = ADDERS | _phrases("in|within|for|after|等|还有|还剩|在|now +|now plus|+")
ABOUT: Final = _phrases(
    "about|around|roughly|approximately|approx|exactly|just|like|~|大约|大概|约|差不多|大致"
)
ABOUT_AFTER: Final = _phrases("or so|exactly|左右|上下|的")
FROM_NOW: Final = _phrases("from now|hence")
LENGTH_CLOSERS: Final = FROM_NOW | _phrases(
    "later|out|left|time|后|之后|以后|过后|内|之内|以内|后的"
)
MORE: Final = frozenset({"more"})
NOW: Final = _phrases("now|right now|现在|马上|立刻")

_SMALL_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_ROUND_NUMBERS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER_WORDS: Final = {word: value for value, word in enumerate(_SMALL_NUMBERS.split())}
TENS: Final = {word: 10 * value for value, word in enumerate(_ROUND_NUMBERS.split(), start=2)} | {
    "fourty": 40
}
HUNDRED: Final = frozenset({"hundred"})
AND: Final = frozenset({"and"})

DAYS: Final = {
    "day before yesterday": -2,
    "the day before yesterday": -2,
    "yesterday": -1,
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "today": 0,
    "later today": 0,
    "今天": 0,
    "今日": 0,
    "今儿": 0,
    "tomorrow": 1,
    "tomorow": 1,
    "tommorow": 1,
    "tommorrow": 1,
    "tmrw": 1,
    "tmr": 1,
    "tmw": 1,
    "tmrow": 1,
    "tmmrw": 1,
    "tomrw": 1,
    "tomm": 1,
    "tomo": 1,
    "tom": 1,
    "tomoz": 1,
    "tomorrrow": 1,
    "2 moro": 1,
    "2 morrow": 1,
    "明天": 1,
    "明日": 1,
    "明儿": 1,
    "day after tomorrow": 2,
    "the day after tomorrow": 2,
    "后天": 2,
    "后日": 2,
    "overmorrow": 2,
    "大后天": 3,
}
DAY_PARTS: Final = {
    "last night": (-1, day_parts.NIGHT),
    "昨晚": (-1, day_parts.NIGHT),
    "昨夜": (-1, day_parts.NIGHT),
    "昨晚上": (-1, day_parts.NIGHT),
    "tonight": (0, day_parts.NIGHT),
    "tonite": (0, day_parts.NIGHT),
    "later tonight": (0, day_parts.NIGHT),
    "2 nite": (0, day_parts.NIGHT),
    "this morning": (0, day_parts.MORNING),
    "this afternoon": (0, day_parts.AFTERNOON),
    "this evening": (0, day_parts.EVENING),
    "今早": (0, day_parts.MORNING),
    "今晨": (0, day_parts.MORNING),
    "今晚": (0, day_parts.NIGHT),
    "今夜": (0, day_parts.NIGHT),
    "明早": (1, day_parts.MORNING),
    "明晨": (1, day_parts.MORNING),
    "明晚": (1, day_parts.NIGHT),
    "今早上": (0, day_parts.MORNING),
    "今晚上": (0, day_parts.NIGHT),
    "明早上": (1, day_parts.MORNING),
    "明晚上": (1, day_parts.NIGHT),
}
"""A day and its part in one word."""
PARTS: Final = {
    word: part
    for part, words in (
        (day_parts.DAWN, "凌晨"),
        (day_parts.MORNING, "morning|in the morning|早|早上|早晨|清晨|清早|大清早|一早|一大早"),
        (day_parts.FORENOON, "上午"),
        (day_parts.MIDDAY, "中午"),
        (day_parts.AFTERNOON, "afternoon|in the afternoon|下午|午后"),
        (day_parts.EVENING, "evening|in the evening|傍晚"),
        (day_parts.NIGHT, "night|at night|晚|晚上|晚间"),
        (day_parts.NIGHTTIME, "夜里|夜晚|夜间"),
        (day_parts.LATE_NIGHT, "深夜"),
    )
    for word in words.split("|")
}
COUNTED_PARTS: Final = frozenset({"morning", "afternoon", "evening", "night"})
"""Beside a number they may be counted: one night is a length, and night 2 the second."""
NOON: Final = _phrases("noon|midday|mid day|正午")
TWELVE: Final = frozenset({"12", "twelve"})
MIDNIGHT: Final = _phrases("midnight|午夜|半夜|子夜")

_WEEKDAYS = (
    "monday mon 周一 星期一 礼拜一",
    "tuesday tue tues 周二 星期二 礼拜二",
    "wednesday wed weds 周三 星期三 礼拜三",
    "thursday thu thur thurs 周四 星期四 礼拜四",
    "friday fri 周五 星期五 礼拜五",
    "saturday sat 周六 星期六 礼拜六",
    "sunday sun 周日 周天 星期日 星期天 礼拜日 礼拜天",
)
WEEKDAYS: Final = {word: day for day, words in enumerate(_WEEKDAYS) for word in words.split()}
"""Monday is 0."""
_MONTHS = (
    "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
    "september sep sept|october oct|november nov|december dec"
)
MONTHS: Final = {
    word: month for month, words in enumerate(_MONTHS.split("|"), start=1) for word in words.split()
}
COMING: Final = frozenset({"coming", "upcoming", "this coming", "the coming"})
THIS: Final = frozenset({"this"})
NEXT: Final = frozenset({"next"})
WEEKS_AHEAD: Final = {
    "this week": 0,
    "next week": 1,
    "the week after next": 2,
    "week after next": 2,
}
OF_WEEKS_AHEAD: Final = {"of this week": 0, "of next week": 1}
LAST: Final = frozenset({"last"})
ZH_WEEKS_AHEAD: Final = {
    "上": -1,
    "上个": -1,
    "这": 0,
    "这个": 0,
    "本": 0,
    "下": 1,
    "下个": 1,
    "下下": 2,
    "下下个": 2,
}
"""Before a weekday: 下周五 is the Friday of next week."""
ZH_MONTHS_AHEAD: Final = {"本月": 0, "这个月": 0, "当月": 0, "下月": 1, "下个月": 1, "下下个月": 2}
MONTHS_AHEAD: Final = {"of this month": 0, "of next month": 1}
ZH_YEARS_AHEAD: Final = {"今年": 0, "明年": 1, "后年": 2}
ORDINALS: Final = frozenset({"st", "nd", "rd", "th"})
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINAL_WORDS: Final = {
    word: day
    for day, word in enumerate(_ORDINALS.split(), start=1)
    if word != "second"  # the unit
} | {"thirtieth": 30}
OF: Final = frozenset({"of", "of the"})
ON: Final = frozenset({"on"})
DE: Final = frozenset({"的"})
ZH_YEAR: Final = frozenset({"年"})
ZH_MONTH: Final = frozenset({"月"})
ZH_DAY: Final = frozenset({"日", "号"})
ZH_DAYS_COUNTED: Final = frozenset({"日"})
"""A day of the month, but a unit before 后 or 内: 5日后 is in five days."""
ZH_COUNTING: Final = frozenset("两俩仨")
"""Numerals that only count: 两日 are two days, never the 2nd."""


class End(Enum):
    """The end of the running day, month or year."""

    DAY = "day"
    MONTH = "month"
    NEXT_MONTH = "next month"
    YEAR = "year"


ENDS: Final = {
    word: end
    for end, words in (
        (
            End.DAY,
            "eod|end of day|end of the day|end of today|cob|close of business|end of business",
        ),
        (
            End.MONTH,
            "eom|end of month|end of the month|end of this month|月底|月末|本月底|这个月底",
        ),
        (End.NEXT_MONTH, "end of next month|下月底|下个月底"),
        (End.YEAR, "eoy|end of year|end of the year|end of this year|年底|年末|今年年底"),
    )
    for word in words.split("|")
}

END_OF: Final = frozenset({"end of"})
ZH_MONTH_END: Final = frozenset({"月底", "月末"})

UNTIL: Final = _phrases("until|till|til|到|直到")
AT: Final = frozenset({"at", "@"})
CONNECTORS: Final = frozenset({"on", "on the", "the", "at", "@", ",", "的", "在"})
CLOCK_MARKS: Final = frozenset({"点", "时"})
CLOCK_ENDS: Final = frozenset({"整", "正", "钟"})
ZH_MINUTE: Final = frozenset({"分"})
ZH_CLOCK: Final = frozenset({"钟"})
ZH_SECOND: Final = frozenset({"秒"})
ZH_HALF: Final = frozenset({"半"})
ZH_POINT: Final = frozenset({"点"})
ZH_ONE: Final = frozenset({"一"})
ZH_EARLY_LATE: Final = ("早", "晚")
"""Before 一点 a comparison: 晚一点 is "a bit later"."""
ZH_QUARTER: Final = frozenset({"刻"})
SAME_TIME: Final = _phrases(
    "this time|same time|the same time|这个时候|这个时间|这时候|此时|同一时间|同样时间"
)
EXACTLY: Final = _phrases("sharp|exactly|on the dot|准时")
OCLOCK: Final = frozenset({"o'clock", "oclock"})
MERIDIEMS: Final = {"am": 0, "a": 0, "pm": 12, "p": 12}
ONE_LETTER_MERIDIEMS: Final = frozenset({"a", "p"})
PAST_HOUR: Final = {
    "half past": 30,
    "quarter past": 15,
    "a quarter past": 15,
    "quarter after": 15,
    "a quarter after": 15,
}
PAST_THE_HOUR: Final = frozenset({"past"})
TO_HOUR: Final = {"quarter to": 15, "a quarter to": 15}
H: Final = frozenset({"h"})
T: Final = frozenset({"t"})
BEFORE: Final = frozenset({"before"})
AFTER: Final = frozenset({"after", "from"})
BEFORE_STAMPS: Final = UNTIL | AT | ON
UTC_NAMES: Final = frozenset({"utc", "gmt", "z"})
BEIJING_TIME: Final = _phrases("北京时间|beijing time")
PLUS: Final = frozenset({"+"})
MINUS: Final = frozenset({"-"})
COMMA: Final = frozenset({","})
ZONE_NAMES: Final = {"jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "msk": 3}
"""Short names with one meaning all the year, in hours; EST, CST or IST have several."""
FILLERS: Final = _phrases(
    "remind me|please|pls|plz|ping me|tell me|提醒|提醒我|叫我|喊我|通知我|请"
)
"""Around a time they add nothing; other words would be the note, and belong elsewhere."""

PASSING: Final = frozenset({"过"})
ZH_TWO: Final = frozenset({"两", "俩"})

AGO: Final = _phrases("ago|back|earlier|before now|前|之前|以前")
JUST_NOW: Final = _phrases("just now|just|now|right now|现在|刚|刚刚|刚才")
STARTED: Final = _phrases("started|it started|since|start|开始于|从|自|开始|开始的|开始了|已经|了")
"""Around the start of something that runs: "started 20 min ago", 从14:05开始."""

# What the grammar never takes of a time ahead. These words only choose the sentence of the refusal.
RECURRING: Final = _phrases(
    "every|each|everyday|daily|weekly|monthly|hourly|yearly|nightly|weekdays|mondays|tuesdays|"
    "wednesdays|thursdays|fridays|saturdays|sundays|每|每天|每日|每周|每月|每年|每隔|每个|天天|"
    "工作日"
)
PAST: Final = _phrases(
    "yesterday|ago|last|earlier|previous|past|昨|昨天|昨晚|昨日|前天|大前天|上|上个|前|之前|以前|"
    "去年|刚才|刚刚"
)
ENUMERATION: Final = frozenset({"、"})
"""Parts the items of a list: 1、2小时 is one or two hours, never 1.2."""
RANGE: Final = _phrases("to|between|or|until|till|through|到|至|或|或者|~") | ENUMERATION
NEGATIVE: Final = _phrases("minus|negative|负")
VAGUE: Final = _phrases(
    "few|a few|several|some|many|soon|later|while|a while|a bit|sometime|eventually|asap|weekend|"
    "the weekend|next|next month|next year|this month|this year|eow|end of week|end of the week|"
    "几|几个|下个月|下月|本月|这个月|数|多|一会|一会儿|待会|待会儿|稍后|晚点|过会儿|周末|月初|年初|改天|最近|来|下|下下|"
    "下个|这|这个|本|近"
) | frozenset(WEEKS_AHEAD)

VOCABULARY: Final = frozenset[str]().union(
    UNITS, CLASSIFIED_UNITS, MULTIPLES, ARTICLES, COUPLES, HALVES, QUARTERS, EXTRAS, OF_A,
    CLASSIFIER, JOINERS, LENGTH_OPENERS, ABOUT, ABOUT_AFTER, LENGTH_CLOSERS, MORE, NOW,
    NUMBER_WORDS, TENS, HUNDRED, DAYS, DAY_PARTS, PARTS, NOON, MIDNIGHT, WEEKDAYS, MONTHS, COMING,
    THIS, NEXT, LAST, WEEKS_AHEAD, OF_WEEKS_AHEAD, ZH_WEEKS_AHEAD, ZH_MONTHS_AHEAD, MONTHS_AHEAD,
    ZH_YEARS_AHEAD, ORDINALS, ORDINAL_WORDS, OF, ZH_DAY, ENDS, END_OF, UNTIL, CONNECTORS,
    CLOCK_MARKS, CLOCK_ENDS, ZH_QUARTER, SAME_TIME, EXACTLY, OCLOCK, MERIDIEMS, PAST_HOUR, TO_HOUR,
    T, BEFORE, AFTER, UTC_NAMES, BEIJING_TIME, ZONE_NAMES, FILLERS, AGO, JUST_NOW, STARTED,
    RECURRING, PAST, RANGE, NEGATIVE, VAGUE,
)  # fmt: skip

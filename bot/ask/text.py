"""From what was typed to tokens: one form for each character, and no more of them than needed."""

import re
import unicodedata
from typing import Final

MOST_CHARACTERS: Final = 2000
"""What is looked at of a question; Discord sends no longer message without Nitro."""
MOST_TOKENS: Final = 240
"""A question of more words has said what it is about before."""

_TRADITIONAL: Final = str.maketrans(
    "時間鐘顯訓練費額個麼還嗎開關機買錢國際學號碼連線斷網記憶體務會員級別樣讓應該軟與區數據這裡嘗試報錯幫問題長週點後說話為無選擇對於從",
    "时间钟显训练费额个么还吗开关机买钱国际学号码连线断网记忆体务会员级别样让应该软与区数据这里尝试报错帮问题长周点后说话为无选择对于从",
)
_TOKEN: Final = re.compile(
    r"[^\W\d_\u3400-\u9fff](?:[^\W_\u3400-\u9fff]|(?<=\w)'(?=[a-z]))*"  # a word, or t4
    r"|\d+(?:[.,]\d+)*(?:[a-z]+\d*)?"  # a number, with what is written to it: 16gb, 3070ti
    r"|[\u3400-\u9fff]"  # Chinese is read a character a token
    r"|[+$¥€£%?!.,;:/*]"
)
_TIMES: Final = re.compile(r"(?<=[a-z0-9])\s?[x×*]\s?(\d)(?![\w.])")
_TIMES_BEFORE: Final = re.compile(r"(?<![\w.])(\d)\s?[x×*]\s?(?=[a-z])")
_BY: Final = frozenset("x×*")
_POSSESSIVE: Final = re.compile(r"'s\b")
_RUN: Final = re.compile(r"(\D)\1{7,}")
_SHORT_FORMS: Final = {
    "whats": "what", "wheres": "where", "hows": "how", "whos": "who", "thats": "that", "u": "you",
    "ur": "your", "hrs": "hours", "hr": "hour", "wanna": "want to", "gonna": "going to",
    "gimme": "give me", "dont": "do not", "doesnt": "does not", "didnt": "did not",
    "cant": "cannot", "wont": "will not", "isnt": "is not", "im": "i am", "ive": "i have",
    "pls": "please", "plz": "please", "rly": "really", "thru": "through", "ppl": "people",
    "gotta": "have to", "lemme": "let me", "tmrw": "tomorrow", "tmr": "tomorrow", "abt": "about",
    "creds": "credits", "sesh": "session", "nbs": "notebooks", "b4": "before", "req": "required",
    "poss": "possible", "mo": "month", "wk": "week",
    "rn": "right now", "atm": "at the moment", "bc": "because", "cuz": "because",
}  # fmt: skip
"""As one writes in a hurry; the phrases of the data are read the same way."""
_SHORT_FORM: Final = re.compile(rf"\b(?:{'|'.join(_SHORT_FORMS)})\b")
_CONTRACTED: Final = (
    ("can't", "cannot"), ("won't", "will not"), ("n't", " not"), (" w/o ", " without "),
    (" w/ ", " with "), ("啥", "什么"), ("咋", "怎么"), ("木有", "没有"),
)  # fmt: skip


def normalise(text: str) -> str:
    """Return `text` in lower case, half width and simplified Chinese, without invisible characters.

    Work is bounded: no more than `MOST_CHARACTERS` are looked at, before and after NFKC (which
    makes eighteen characters of one).
    """
    text = text[:MOST_CHARACTERS]
    plain = text.lower() if text.isascii() and text.isprintable() else _plain(text)
    for short, whole in _CONTRACTED:
        plain = plain.replace(short, whole)
    if "'s" in plain:
        plain = _POSSESSIVE.sub("", plain)
    plain = _SHORT_FORM.sub(lambda match: _SHORT_FORMS[match[0]], plain)
    plain = _RUN.sub(r"\1\1\1", plain)
    if _BY.isdisjoint(plain):
        return plain
    plain = _TIMES_BEFORE.sub(r"\1 x ", plain)
    return _TIMES.sub(r" x \1", plain)


def _plain(text: str) -> str:
    seen = "".join(
        " " if character in "\n\r\t" else character
        for character in text
        if character in "\n\r\t" or unicodedata.category(character) not in _INVISIBLE
    )
    plain = unicodedata.normalize("NFKC", seen).casefold()[:MOST_CHARACTERS]
    plain = plain.translate(_TRADITIONAL).replace("\u2019", "'").replace("。", ".")
    return plain.replace("、", ",").replace("×", "x")


_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Mn"})


def tokens_of(plain: str) -> tuple[str, ...]:
    """Return the words, numbers, Chinese characters and marks of a normalised text, in order."""
    return tuple(_TOKEN.findall(plain)[:MOST_TOKENS])

"""Ideas that no phrase can tell, for something stands between its words: regular expressions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, final

_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")


@final
class Patterns:
    """Expressions by what they mean.

    One that has Chinese in it is about Chinese: no other text is searched for it.
    """

    def __init__(self, patterns: Mapping[str, Iterable[str]]) -> None:
        """Compile the expressions.

        Raises:
            re.error: one of them is none.
        """
        self._any: list[tuple[str, re.Pattern[str]]] = []
        self._chinese: list[tuple[str, re.Pattern[str]]] = []
        for idea, written in patterns.items():
            for each in written:
                group = self._chinese if _CHINESE.search(each) else self._any
                group.append((idea, re.compile(each)))

    def ideas_of(self, plain: str) -> Iterator[str]:
        """Yield what a normalised text tells."""
        groups = (self._any, self._chinese) if _CHINESE.search(plain) else (self._any,)
        for group in groups:
            for idea, pattern in group:
                if pattern.search(plain):
                    yield idea

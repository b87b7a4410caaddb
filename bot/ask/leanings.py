"""What the words of a text lean to, counted over questions that people asked.

Rules weigh what a text says outright (`bot.ask.evidence`). Of much that people write no word is an
idea, and yet who begins with "would it be possible to add" asks no value of an offer. How often
each word and each two neighbours stand in questions of each kind (of an intent, of an attribute)
was counted, and is data; where rules are sure it moves nothing.

Naive Bayes with additive smoothing, as in Manning, Raghavan and Schütze, Introduction to
Information Retrieval, 13.2: a phrase speaks for a kind by the logarithm of its share of all that
was counted there, less the mean over the kinds.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from math import log, sqrt
from typing import Final, final

LEAST_SEEN: Final = 2
"""Questions that a phrase stands in; once may be by chance."""
SMOOTHING: Final = 0.1
DOUBT: Final = 20
"""Phrases of which nothing is known that each text is taken to have: a short one leans little."""
_BEGIN: Final = "<"
_END: Final = ">"
_ALL: Final = "(all)"
"""No token has such characters."""
_HEADING: Final = "phrase"


class LeaningsError(ValueError):
    """A table of counts that cannot be read."""


@final
class Leanings:
    """How often phrases were seen in questions of each kind."""

    def __init__(self, kinds: Sequence[str], counts: Mapping[str, str]) -> None:
        """Take the columns and, for each phrase and for all together, its counts with tabs between.

        They are made numbers when a text has the phrase: there are thousands, and a text has few.

        Raises:
            LeaningsError: nothing says what was counted in all.
        """
        if _ALL not in counts:
            raise LeaningsError(f"no line begins with {_ALL}")
        self.kinds: Final = tuple(kinds)
        self._counts: Final = counts
        smoothed = SMOOTHING * len(counts)  # one more than phrases: for what was never seen
        self._looked_up: dict[str, Sequence[float]] = {}
        self._of_all: Final = [log(seen + smoothed) for seen in self._seen(_ALL)]
        self._at_first: Final = _centred(self._of_all)
        """Which kinds are asked more often, whatever the words."""

    @classmethod
    def parse(cls, table: str) -> "Leanings":
        """Read what `written` wrote.

        Raises:
            LeaningsError: it has no heading, or no line for all together.
        """
        heading, _, rest = table.partition("\n")
        name, *kinds = heading.split("\t")
        if name != _HEADING or not kinds:
            raise LeaningsError(f"the table begins with {heading!r}")
        return cls(kinds, dict(map(_halves, rest.splitlines())))

    @classmethod
    def counted(
        cls, asked: Iterable[tuple[Sequence[str], str]], *, kinds: Sequence[str]
    ) -> "Leanings":
        """Count the phrases of questions, each given as its tokens and its kind."""
        seen = {kind: Counter[str]() for kind in kinds}
        for tokens, kind in asked:
            seen[kind].update(phrases_of(tokens))
        ever = sum(seen.values(), start=Counter[str]())
        kept = sorted(phrase for phrase, times in ever.items() if times >= LEAST_SEEN)
        columns = [seen[kind] for kind in kinds]
        rows = {phrase: [column[phrase] for column in columns] for phrase in kept}
        totals = [sum(column[phrase] for phrase in kept) for column in columns]
        return cls(
            kinds,
            {phrase: "\t".join(map(str, row)) for phrase, row in {_ALL: totals, **rows}.items()},
        )

    def written(self) -> str:
        """Return the table as text, a line for each phrase."""
        heading = "\t".join((_HEADING, *self.kinds))
        lines = (f"{phrase}\t{counts}" for phrase, counts in self._counts.items())
        return "\n".join((heading, *lines, ""))

    def weigh(self, tokens: Sequence[str]) -> dict[str, float]:
        """Return how much the words of a text speak for each kind, and against it.

        The sum over its phrases, and over how often each kind is asked at all, by the root of their
        number: neighbours share their words, and so twice as many tell less than twice as much.
        """
        known = [self._shares(phrase) for phrase in phrases_of(tokens) if phrase in self._counts]
        known.append(self._at_first)
        root = sqrt(len(known) + DOUBT)
        sums = map(sum, zip(*known, strict=True))
        return {kind: total / root for kind, total in zip(self.kinds, sums, strict=True)}

    def _shares(self, phrase: str) -> Sequence[float]:
        """Return the logarithms of its share of each kind, less their mean."""
        if (shares := self._looked_up.get(phrase)) is None:
            logs = [
                log(seen + SMOOTHING) - of_all
                for seen, of_all in zip(self._seen(phrase), self._of_all, strict=True)
            ]
            shares = self._looked_up[phrase] = _centred(logs)
        return shares

    def _seen(self, phrase: str) -> list[int]:
        return [int(count) for count in self._counts[phrase].split("\t")]


def phrases_of(tokens: Sequence[str]) -> Sequence[str]:
    """Return the words of a text and each two neighbours, once each; its ends count as words."""
    pairs = (f"{word} {following}" for word, following in pairwise((_BEGIN, *tokens, _END)))
    return tuple(dict.fromkeys(chain(tokens, pairs)))


def _centred(logs: Sequence[float]) -> Sequence[float]:
    mean = sum(logs) / len(logs)
    return [each - mean for each in logs]


def _halves(line: str) -> tuple[str, str]:
    phrase, _, counts = line.partition("\t")
    return phrase, counts

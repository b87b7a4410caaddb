"""Weighted evidence: rules over the ideas of a text, each of which can be shown.

A rule reads "2.2: reset, when|waiting, !clock": it adds 2.2 where the text has a reset, an instant
or a waiting, and no clock time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import final


class EvidenceError(ValueError):
    """A rule that cannot be read, or that speaks of an idea that there is not."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; it counts where each of `all_of` has one idea of the text and `none_of` none."""

    weight: float
    all_of: tuple[frozenset[str], ...]
    none_of: frozenset[str]

    @classmethod
    def parse(cls, written: str, *, known: AbstractSet[str]) -> "Rule":
        """Read a rule.

        Raises:
            EvidenceError: it has another form, or an idea that is not in `known`.
        """
        weight, colon, rest = written.partition(":")
        terms = [term.strip() for term in rest.split(",") if term.strip()]
        try:
            number = float(weight)
        except ValueError:
            raise EvidenceError(f"no weight in {written!r}") from None
        if not colon:
            raise EvidenceError(f"no colon in {written!r}")
        all_of = [frozenset(term.split("|")) for term in terms if not term.startswith("!")]
        none_of = frozenset(term[1:] for term in terms if term.startswith("!"))
        unknown = none_of.union(*all_of) - known
        if unknown:
            raise EvidenceError(f"unknown ideas {sorted(unknown)} in {written!r}")
        return cls(number, tuple(all_of), none_of)

    def holds(self, ideas: AbstractSet[str]) -> bool:
        """Say whether the rule counts for a text with these ideas."""
        return self.none_of.isdisjoint(ideas) and not any(map(ideas.isdisjoint, self.all_of))


@final
class Scale:
    """The rules for each of several names."""

    def __init__(self, table: Mapping[str, Iterable[Rule]]) -> None:
        """Sort the rules by an idea that each of them needs: a text has few of all ideas."""
        self._names = tuple(table)
        self._rules: list[tuple[str, Rule]] = []
        """Of each only what is left to be looked at, once the term that it is sorted by holds."""
        self._always: list[int] = []
        self._needing: defaultdict[str, list[int]] = defaultdict(list)
        written = ((name, rule) for name, rules in table.items() for rule in rules)
        for place, (name, rule) in enumerate(written):
            # Of a rule's terms the one with the fewest ideas is the rarest, as a rule.
            needed = min(rule.all_of, key=len, default=None)
            if needed is None:
                self._always.append(place)
            for idea in needed or ():
                self._needing[idea].append(place)
            rest = tuple(term for term in rule.all_of if term is not needed)
            self._rules.append((name, replace(rule, all_of=rest)))

    @classmethod
    def parse(cls, table: Mapping[str, Iterable[str]], *, known: AbstractSet[str]) -> "Scale":
        """Read a table of rules.

        Raises:
            EvidenceError: one of them cannot be read.
        """
        return cls(
            {
                name: [Rule.parse(written, known=known) for written in rules]
                for name, rules in table.items()
            }
        )

    def weigh(self, ideas: AbstractSet[str]) -> dict[str, float]:
        """Return each name's weight, the heaviest first; equal ones in the order of the table."""
        needing = self._needing
        possible = set(self._always).union(*(needing[idea] for idea in needing.keys() & ideas))
        weights = dict.fromkeys(self._names, 0.0)
        for place in sorted(possible):  # in one order, for sums of fractions depend on it
            name, rule = self._rules[place]
            if rule.holds(ideas):
                weights[name] += rule.weight
        return dict(sorted(weights.items(), key=itemgetter(1), reverse=True))

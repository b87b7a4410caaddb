"""How long a question takes to read and to answer, and how well labelled questions are read."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.figures import Figure
from bot.advice.index import OfferIndex
from bot.ask.answer import answer
from bot.ask.lexicon import Lexicon, load_lexicon
from bot.ask.read import read
from bot.ask.text import MOST_CHARACTERS
from bot.catalog.load import load_catalog
from bot.fit.constraint import WorkloadReader
from tests.ask.paraphrases import Labelled, held_out, in_the_wild, paraphrases

NOW: Final = datetime(2026, 11, 23, 9, tzinfo=UTC)
SAME: Final = {"quota_when": "fact", "filter_list": "recommend"}
"""Intents that count as one: people take them for each other."""
HOSTILE: Final = (
    "colab ",
    "16 gb x 2 ",
    "can you show time ",
    "remind me in 5 ",
    "warn me, my session ends in 5 ",
    "没有",
    "😀",
    "ﷺ",
    "a.",
    "-_a/",
    "can i run qlora 7b ",
    "微调7b",
    "at least ",
)
_MS: Final = 1e3
_REPEAT: Final = 5


async def ask() -> list[Figure]:
    """Read and answer questions: labelled paraphrases, and 2,000 hostile characters."""
    catalog = load_catalog()
    lexicon, index, workloads = load_lexicon(catalog), OfferIndex(catalog), WorkloadReader()

    def whole(text: str) -> None:
        answer(read(text, lexicon, now=NOW), index, workloads)

    usual = [each.text for each in paraphrases()]
    hostile = [(each * MOST_CHARACTERS)[:MOST_CHARACTERS] for each in HOSTILE]
    whole(usual[0])
    return [
        Figure(
            name="a question, median",
            floor_name="one search for each of ten words",
            ours=median(_times(whole, usual)),
            floor=median(_times(_ten_words, usual)),
            unit="ms",
            most=2,
        ),
        Figure(
            name="2,000 hostile characters, the slowest of several",
            floor_name="one search for each of ten words",
            ours=max(min(_times(whole, [text] * _REPEAT)) for text in hostile),
            floor=max(min(_times(_ten_words, [text] * _REPEAT)) for text in hostile),
            unit="ms",
            most=10,
        ),
    ]


def _times(work: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    taken: list[float] = []
    for text in texts:
        start = time.perf_counter()
        work(text)
        taken.append((time.perf_counter() - start) * _MS)
    return taken


def _ten_words(text: str) -> int:
    """Do what no reading can do without: look for some words."""
    words = ("colab", "kaggle", "quota", "gpu", "when", "how", "remind", "card", "free", "vram")
    return sum(word in text.casefold() for word in words)


def scores(questions: Iterable[Mapping[str, Any]], lexicon: Lexicon) -> dict[str, str]:
    """Return how many of labelled questions are read as labelled, by what is scored."""
    counts: dict[str, list[bool]] = {}

    def count(name: str, *, right: bool) -> None:
        counts.setdefault(name, []).append(right)

    for each in questions:
        found = read(each["text"], lexicon, now=NOW)
        meant = SAME.get(each["intent"], each["intent"])
        said = [each for each in (found, found.rather) if each is not None]
        intents = [SAME.get(each.intent, str(each.intent)) for each in said]
        count("intent", right=intents[0] == meant)
        count("intent, at once or by the button beside it", right=meant in intents)
        declined = found.intent == "out_of_scope"
        if meant == "out_of_scope":
            count("out of scope declined", right=declined)
            continue
        count("in scope kept", right=not declined)
        if each.get("providers"):
            names = {named.name for named in found.providers}
            count("provider", right=names == set(each["providers"]))
        if each["attribute"]:
            count("attribute", right=each["attribute"] in found.attributes)
    return {
        name: f"{sum(right)} of {len(right)} ({sum(right) / len(right):.0%})"
        for name, right in counts.items()
    }


def questions() -> str:
    """Return how labelled questions are read: those the words stand on, and those held out."""
    sets = {
        "written while the words were made": paraphrases(),
        "held out": held_out(),
        "of strangers, learnt from": in_the_wild(held_out=False),
        "of strangers, held out": in_the_wild(held_out=True),
    }
    return _told({name: [_labels(each) for each in asked] for name, asked in sets.items()})


def _labels(each: Labelled) -> Mapping[str, Any]:
    return {
        "text": each.text,
        "intent": each.intent,
        "attribute": each.attribute,
        "providers": each.providers,
    }


def _told(sets: Mapping[str, list[Mapping[str, Any]]]) -> str:
    lexicon = load_lexicon(load_catalog())
    lines: list[str] = []
    for name, asked in sets.items():
        lines.append(f"{name}: {len(asked)} questions")
        lines += [f"  {what}: {share}" for what, share in scores(asked, lexicon).items()]
    return "\n".join(lines)


def main() -> None:
    """Score files of labelled questions (JSON lines), as `questions` scores our own."""
    print(
        _told(
            {
                name: [json.loads(each) for each in Path(name).read_text("utf-8").splitlines()]
                for name in sys.argv[1:]
            }
        )
    )


if __name__ == "__main__":
    main()

"""The questions whose words are counted; `python -m tests.ask.counted` writes the tables anew."""

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.ask.leanings import Leanings
from bot.ask.reading import Intent
from bot.ask.text import normalise, tokens_of
from tests.ask.paraphrases import Labelled, from_the_border, in_the_wild, paraphrases

DATA = Path(__file__).parents[2] / "data" / "ask"


def tables() -> dict[Path, Leanings]:
    """Count the questions that words are learnt from: what is held out stays uncounted."""
    learnt = (*paraphrases(), *in_the_wild(held_out=False), *from_the_border())
    asked = [(each, each.attribute) for each in learnt if each.intent != Intent.OUT_OF_SCOPE]
    attributes = tomllib.loads((DATA / "evidence.toml").read_text(encoding="utf-8"))["attribute"]
    return {
        DATA / "intents.tsv": _counted(((each, each.intent) for each in learnt), list(Intent)),
        DATA / "attributes.tsv": _counted(
            ((each, attribute) for each, attribute in asked if attribute), list(attributes)
        ),
    }


def _counted(asked: Iterable[tuple[Labelled, str]], kinds: Sequence[str]) -> Leanings:
    return Leanings.counted(
        ((tokens_of(normalise(each.text)), kind) for each, kind in asked), kinds=kinds
    )


if __name__ == "__main__":
    for path, leanings in tables().items():
        path.write_text(leanings.written(), encoding="utf-8")

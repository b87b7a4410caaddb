"""The questions whose words are counted; `python -m tests.ask.counted` writes the table anew."""

from pathlib import Path

from bot.ask.leanings import Leanings
from bot.ask.reading import Intent
from bot.ask.text import normalise, tokens_of
from tests.ask.paraphrases import from_the_border, in_the_wild, paraphrases

TABLE = Path(__file__).parents[2] / "data" / "ask" / "leanings.tsv"


def counted() -> Leanings:
    """Count the questions that words are learnt from: what is held out stays uncounted."""
    learnt = (*paraphrases(), *in_the_wild(held_out=False), *from_the_border())
    return Leanings.counted(
        ((tokens_of(normalise(each.text)), each.intent) for each in learnt), intents=list(Intent)
    )


if __name__ == "__main__":
    TABLE.write_text(counted().written(), encoding="utf-8")

"""What a card itself can do, in one line with its date."""

from collections.abc import Iterator

from bot.catalog.hardware import Hardware
from bot.speech.figures import gib, plain
from bot.speech.offers import JOIN, OfferSpeech
from bot.speech.phrasebook import Words


def card_said(card: Hardware, *, speech: OfferSpeech, words: Words) -> str:
    """Return `T4: 16 GB · no native bf16 · 65 TFLOPS on tensor cores · 320 GB/s`."""
    line = words("ask-card", name=card.name, figures=JOIN.join(_figures(card, words)))
    return speech.dated(line, card.sources)


def _figures(card: Hardware, words: Words) -> Iterator[str]:
    if card.vram_gb is not None:
        memory = words("fact-gb", n=plain(card.vram_gb))
        if card.usable_mib is not None:
            usable = words("fact-gib", n=gib(card.usable_mib))
            memory += words("ask-card-usable", memory=usable)
        yield memory
    if card.bf16 is not None:
        yield words("ask-card-bf16" if card.bf16 else "ask-card-no-bf16")
    if card.tensor_tflops is not None:
        yield words("ask-card-tensor", n=plain(card.tensor_tflops))
    elif card.fp16_tflops is not None:
        yield words("ask-card-fp16", n=plain(card.fp16_tflops))
    elif card.fp32_tflops is not None:
        yield words("ask-card-fp32", n=plain(card.fp32_tflops))
    if card.bandwidth_gb_s is not None:
        yield words("ask-card-bandwidth", n=plain(card.bandwidth_gb_s))
    if card.compute_capability is not None:
        yield words("ask-card-capability", n=plain(card.compute_capability))
    elif card.architecture is not None:
        yield card.architecture

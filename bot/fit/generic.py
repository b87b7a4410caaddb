"""A model of which only the size is known, in the shape that models of that size have today."""

from typing import Final
from unicodedata import normalize

from bot.fit.architecture import FEWEST_PARAMETERS, MOST_PARAMETERS, Architecture
from bot.fit.errors import FitError
from bot.fit.words import workload_words

# Llama 3: its vocabulary is among the large ones, which is the careful guess.
_VOCABULARY: Final = 128_256
_HEAD_DIM: Final = 128
_HEADS_A_GROUP: Final = 4
_ASPECT: Final = 128
"""Width over depth: 4096 over 32 in a Llama of 8B."""
_MOST_DIGITS: Final = 20
_TIED_BELOW: Final = 4_000_000_000


def parameters(text: str) -> int | None:
    """Return the number of parameters that a size such as `7B`, `350M` or `7000000000` means.

    Raises:
        FitError: there is no model of that size.
    """
    size = workload_words().size
    written = normalize("NFKC", text).strip()
    match = size.whole.fullmatch(written)
    if match is not None:
        params = round(float(match["number"]) * size.units[match["unit"][0].lower()])
    elif written.isdecimal() and len(written) <= _MOST_DIGITS:
        params = int(written)
    else:
        return None
    if not FEWEST_PARAMETERS <= params <= MOST_PARAMETERS:
        raise FitError("size", value=text.strip(), least="1M", most="5000B")
    return params


def shaped(params: int) -> Architecture:
    """Return a Llama-shaped architecture with so many parameters."""
    tied = params < _TIED_BELOW
    embeddings = _VOCABULARY * (1 if tied else 2)

    def rest(width: int) -> float:
        """Return what is left of the parameters for one feed-forward block, in widths."""
        layers = max(1, width // _ASPECT)
        each = (params - embeddings * width) / layers
        attention = 2 * width * (width + max(_HEAD_DIM, width // _HEADS_A_GROUP))
        return (each - attention) / (3 * width * width)

    widths = range(_HEAD_DIM, 32_768, _HEAD_DIM)
    width = min(widths, key=lambda width: abs(rest(width) - 3.5))
    return Architecture(
        num_params=params,
        hidden_size=width,
        num_layers=max(1, width // _ASPECT),
        num_attention_heads=width // _HEAD_DIM,
        num_kv_heads=max(1, width // _HEAD_DIM // _HEADS_A_GROUP),
        head_dim=_HEAD_DIM,
        intermediate_size=max(1, round(rest(width) * width)),
        vocab_size=_VOCABULARY,
        tie_word_embeddings=tied,
    )

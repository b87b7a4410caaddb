"""What inference takes: the weights, the cache of keys and values, and a little beside them."""

from typing import Final

from bot.fit.architecture import Architecture
from bot.fit.request import Precision, Run
from bot.fit.training import CONTEXT_BYTES, Peak
from bot.fit.weights import HALF, SINGLE, weight_bytes

ROUNDING: Final = 0.03
"""Of all that is allocated: nothing is freed and taken again, so that little is stranded."""


def inference(architecture: Architecture, run: Run) -> Peak:
    """Return what it takes to answer `batch` prompts of `seq_len` tokens, answers included."""
    each = SINGLE if run.precision is Precision.FP32 else HALF
    weights = weight_bytes(architecture, quant=run.quant, double_quant=run.double_quant, kept=each)
    cache = each * run.tokens * cached_values(architecture)
    # One layer at a time, and the logits of the last token of each prompt alone.
    working = (
        each * run.tokens * (2 * architecture.hidden_size + 2 * architecture.active_intermediate)
    )
    logits = SINGLE * run.batch * architecture.vocab_size
    # A quantized matrix is unpacked to be multiplied; the widest one counts.
    unpacked = 0.0
    if run.quant != "none":
        unpacked = each * architecture.hidden_size * architecture.intermediate_size
    activations = working + unpacked
    allocated = weights + cache + activations + logits
    return Peak(
        weights=weights,
        activations=activations,
        logits=logits,
        cache=cache,
        overhead=ROUNDING * allocated + CONTEXT_BYTES,
    )


def cached_values(architecture: Architecture) -> int:
    """Return the values that the cache keeps of one token.

    Keys and values of each layer: `2 * layers * kv_heads * head_dim`, by Pope et al., "Efficiently
    scaling transformer inference" (arXiv 2211.05102), with the groups of grouped-query attention.
    """
    if architecture.cached_values is not None:
        return architecture.cached_values
    return 2 * architecture.num_layers * architecture.key_width

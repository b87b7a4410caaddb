"""What inference takes: the weights, the cache of keys and values, and a little beside them.

Of a file for llama.cpp see `bot.fit.llama_cpp`.
"""

from dataclasses import replace
from typing import Final

from bot.fit.architecture import Architecture
from bot.fit.request import Attention, Precision, Run
from bot.fit.training import CONTEXT_BYTES, Peak
from bot.fit.verdict import SESSIONS
from bot.fit.weights import HALF, SINGLE, weight_bytes

ROUNDING: Final = 0.03
"""Of all that is allocated: nothing is freed and taken again, so that little is stranded."""

UNPACKED: Final = frozenset({"nf4", "fp4", "gptq", "awq"})


def inference(architecture: Architecture, run: Run) -> Peak:
    """Return what it takes to answer `batch` prompts of `seq_len` tokens, answers included.

    The weights are the same in all programs, and all else is estimated for a frugal one, of which
    others take twice as much: a cache that grows by concatenation is there twice while it does, and
    leaves blocks too small for the next; the models' own code of 2023 and 2024 scores the whole
    prompt, as did Transformers before 4.45 (huggingface/transformers#31292). In measured runs where
    it is a sixth of the whole or more, it was at most twice what is estimated (GLM-4 at 128,000
    tokens), but for one of TinyLlama in AutoAWQ 0.1.6. So much has to be free to fit for certain.
    """
    each = SINGLE if run.precision is Precision.FP32 else HALF
    weights = weight_bytes(architecture, quant=run.quant, double_quant=run.double_quant, kept=each)
    cache = each * run.batch * cached_values(architecture, run.seq_len)
    # One layer at a time, and the logits of the last token of each prompt alone.
    working = each * run.tokens * _layer_values(architecture)
    if run.attn is Attention.EAGER:
        # The scores of one layer, in 16 bits and once more for the softmax in 32.
        scores = run.batch * architecture.num_attention_heads * run.seq_len**2
        working += (each + SINGLE) * scores
    logits = SINGLE * run.batch * architecture.vocab_size
    # A matrix packed in 4 bits is unpacked to be multiplied; the widest one counts.
    unpacked = 0.0
    if run.quant in UNPACKED:
        unpacked = each * architecture.hidden_size * architecture.intermediate_size
    activations = working + unpacked
    beyond = cache + activations + logits
    allocated = weights + beyond
    peak = Peak(
        weights=weights,
        activations=activations,
        logits=logits,
        cache=cache,
        overhead=ROUNDING * allocated + CONTEXT_BYTES,
    )
    return replace(peak, margin=max(SESSIONS, spare(peak.total, beyond)))


def spare(total: float, more: float) -> float:
    """Return the share of usable memory to leave free for what may come on top of the whole."""
    return more / (total + more)


def _layer_values(architecture: Architecture) -> int:
    """Return the values of one token that a layer holds at most while a prompt is read.

    In the feed-forward block: the stream, its norm in 32 bits and what that gives, and of the
    block's width the activated gate, the other half and their product, or without a gate the inner
    layer before and after its activation.
    """
    inner = 3 if architecture.gated else 2
    return 4 * architecture.hidden_size + inner * architecture.active_intermediate


def cached_values(architecture: Architecture, tokens: int) -> int:
    """Return the values that the cache keeps of one sequence.

    Keys and values of each layer: `2 * layers * kv_heads * head_dim` a token, by Pope et al.,
    "Efficiently scaling transformer inference" (arXiv 2211.05102), with the groups of grouped-query
    attention; of a layer with a sliding window those of the window alone.
    """
    if architecture.cached_values is not None:
        return architecture.cached_values * tokens
    windowed = architecture.windowed_layers if architecture.window is not None else 0
    kept = (architecture.num_layers - windowed) * tokens
    kept += windowed * min(tokens, architecture.window or tokens)
    return 2 * architecture.key_width * kept

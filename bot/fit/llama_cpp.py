"""What inference takes in llama.cpp, which allocates all of it at the start."""

from dataclasses import replace
from typing import Final

from bot.fit.architecture import Architecture
from bot.fit.gguf import gguf_bytes_on_card
from bot.fit.inference import ROUNDING, cached_values, spare
from bot.fit.request import Attention, Run
from bot.fit.training import CONTEXT_BYTES, Peak
from bot.fit.verdict import SESSIONS
from bot.fit.weights import HALF, SINGLE

MICRO_BATCH: Final = 512
"""Tokens of a prompt that llama.cpp reads at a time (`n_ubatch`)."""


def llama_cpp(architecture: Architecture, run: Run) -> Peak:
    """Return what a GGUF file takes in llama.cpp, all of it allocated before the first token.

    The cache of the whole context in 16 bits, and one buffer for what is computed, in 32, that a
    micro-batch with all its outputs decides (`graph_reserve` in src/llama-context.cpp): at its end
    the stream and the scores over the vocabulary, or in a layer six widths of the stream and, but
    for FlashAttention, the attention scores over the context. For Llama 3 8B it prints 258.5 MiB
    with 512 tokens and 560 with 8,192, as this gives; for Pythia 2.8B 162 with 2,048 (here 158).
    FlashAttention is its default of late (`-fa auto`) and was not before: where the run doesn't
    say, there has to be room for the scores.
    """
    weights = gguf_bytes_on_card(architecture, run.quant)
    cache = HALF * run.batch * cached_values(architecture, run.seq_len)
    rows = min(MICRO_BATCH, run.tokens)
    plain = SINGLE * rows * 6 * architecture.hidden_size
    scored = plain + SINGLE * rows * architecture.num_attention_heads * run.tokens
    working = scored if run.attn is Attention.EAGER else plain
    logits = SINGLE * rows * (architecture.vocab_size + architecture.hidden_size)
    by_logits = logits > working
    computed = max(working, logits)
    allocated = weights + cache + computed
    peak = Peak(
        weights=weights,
        activations=0.0 if by_logits else working,
        logits=logits if by_logits else 0.0,
        cache=cache,
        overhead=ROUNDING * allocated + CONTEXT_BYTES,
    )
    unsure = max(0.0, scored - computed) if run.attn is Attention.SDPA else 0.0
    return replace(peak, margin=max(SESSIONS, spare(peak.total, unsure)))

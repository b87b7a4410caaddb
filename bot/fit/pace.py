"""How long it takes: a range, from the arithmetic of the run and what cards reach of their peak.

A token takes 2 operations a parameter forward, and 4 backward where all parameters are trained (2
for the activations alone, with an adapter), and 2 more where the layers are computed again
(Kaplan et al., "Scaling laws for neural language models", arXiv 2001.08361, section 2.1; Chen et
al., arXiv 1604.06174). Attention adds `4 * layers * query_width * sequence` a token forward, halved
where what comes later is masked.

What share of its peak a card reaches was calibrated on measured runs: step times on a T4 (fitcheck)
and tokens a second on an A100 (fms-acceleration). The range covers those rows, and nothing
narrower is honest.
"""

from dataclasses import dataclass
from typing import Final

from bot.catalog.hardware import Hardware
from bot.fit.architecture import Architecture
from bot.fit.gguf import GGUF_BITS
from bot.fit.inference import cached_values
from bot.fit.request import Attention, Method, Precision, Run
from bot.fit.weights import HALF, SINGLE, weight_bytes

TERA: Final = 1e12
GIGA: Final = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """From the slow to the fast end."""

    low: float
    high: float

    def over(self, amount: float) -> "Range":
        """Return how long `amount` takes at this rate: the fast end first."""
        return Range(low=amount / self.high, high=amount / self.low)


# Shares of the peak, the low and the high end of the measured rows with a billion parameters or
# more. A T4's arithmetic is without bfloat16 and its 16-bit products are accumulated slowly; cards
# with bfloat16 are those from Ampere on.
_OLD: Final = {
    Method.QLORA: Range(low=0.075, high=0.19),
    Method.LORA: Range(low=0.10, high=0.26),
    Method.FULL: Range(low=0.10, high=0.26),
}
_NEW: Final = {
    Method.QLORA: Range(low=0.32, high=0.74),
    Method.LORA: Range(low=0.38, high=0.67),
    Method.FULL: Range(low=0.50, high=0.76),
}
_SMALL: Final = 10**9
_SMALL_SHARE: Final = 0.3
"""Below a billion parameters a card waits for its host: 135M reach a third of the low end."""

# Of the bandwidth, when answers are written token by token; programs made for it reach so much.
_READING: Final = Range(low=0.60, high=0.80)
_UNPACKING: Final = Range(low=0.20, high=0.50)
# Seconds that each layer of each token waits for the host in programs that are not: LitGPT's tables
# of an A100 give 0.6 to 0.9 ms, and 0.8 to 2.5 where bitsandbytes unpacks.
_WAITING: Final = 1.2e-3
_WAITING_UNPACKED: Final = 3.0e-3


def pace(architecture: Architecture, run: Run, card: Hardware) -> Range | None:
    """Return the tokens a second on one card; None where its figures are not known.

    Training: tokens of the data set. Inference: tokens of the answers, of all prompts of a batch
    together.
    """
    cards = card.count or 1
    if run.method is Method.INFERENCE:
        if card.bandwidth_gb_s is None:
            return None
        return _written(architecture, run, card.bandwidth_gb_s / cards * GIGA)
    peak = card.tensor_tflops if card.tensor_tflops is not None else card.fp32_tflops
    if peak is None or run.precision is Precision.FP32:
        peak = card.fp32_tflops
    if peak is None:
        return None
    share = (_NEW if card.bf16 else _OLD)[run.method]
    low = share.low * (_SMALL_SHARE if architecture.num_params < _SMALL else 1.0)
    per_token = operations(architecture, run)
    speed = peak / cards * TERA
    return Range(low=low * speed / per_token, high=share.high * speed / per_token)


def operations(architecture: Architecture, run: Run) -> float:
    """Return the floating-point operations of training on one token."""
    again = 1 if run.grad_checkpoint else 0
    # With an adapter, no gradients of the weights that stay as they are.
    passes = 1 + again + (2 if run.method is Method.FULL else 1)
    table = architecture.vocab_size * architecture.hidden_size
    params = architecture.num_params - (0 if architecture.tie_word_embeddings else table)
    # At least the active half of a layer is left, whatever a configuration made up by hand says.
    linear = 2 * max(params - architecture.idle_params, params / architecture.experts) * passes
    scores = 4 * architecture.num_layers * architecture.query_width * run.seq_len
    masked = 1.0 if run.attn is Attention.EAGER else 0.5
    return linear + scores * masked * (1 + again + 2)


def _written(architecture: Architecture, run: Run, bandwidth: float) -> Range:
    """Return how fast answers are written: each token reads all weights, and the cache so far.

    Of a mixture those that the tokens go through: a batch of one wakes few experts, a large one
    all.
    """
    each = SINGLE if run.precision is Precision.FP32 else HALF
    weights = weight_bytes(architecture, quant=run.quant, double_quant=run.double_quant, kept=each)
    cache = each * run.batch * cached_values(architecture, run.seq_len) / 2
    awake = 1 - architecture.idle_params / architecture.num_params
    weights *= min(1.0, max(awake, 0.0) * run.batch) if architecture.experts > 1 else 1.0
    alone = run.quant == "none" or run.quant in GGUF_BITS
    share = _READING if alone else _UNPACKING
    # llama.cpp, which reads GGUF files, queues a whole token at once.
    waiting = 0.0 if run.quant in GGUF_BITS else _WAITING if alone else _WAITING_UNPACKED
    seconds = (weights + cache) / bandwidth
    return Range(
        low=run.batch / (seconds / share.low + waiting * architecture.num_layers),
        high=run.batch * share.high / seconds,
    )

"""How much memory a run needs, and of what."""

from bot.fit.architecture import Architecture
from bot.fit.gguf import GGUF_BITS
from bot.fit.inference import inference
from bot.fit.llama_cpp import llama_cpp
from bot.fit.request import Method, Run
from bot.fit.training import Peak, training


def estimate(architecture: Architecture, run: Run) -> Peak:
    """Return what a run needs on one card at its peak, in bytes."""
    if run.method is not Method.INFERENCE:
        return training(architecture, run)
    return (llama_cpp if run.quant in GGUF_BITS else inference)(architecture, run)

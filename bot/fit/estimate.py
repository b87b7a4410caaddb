"""How much memory a run needs, and of what."""

from bot.fit.architecture import Architecture
from bot.fit.inference import inference
from bot.fit.request import Method, Run
from bot.fit.training import Peak, training


def estimate(architecture: Architecture, run: Run) -> Peak:
    """Return what a run needs on one card at its peak, in bytes."""
    if run.method is Method.INFERENCE:
        return inference(architecture, run)
    return training(architecture, run)

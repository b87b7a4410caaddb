"""What each training program does differently, as far as memory goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bot.fit.request import Stack


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One way to train; the defaults are plain Transformers with PEFT."""

    upcasts: bool = True
    """Whether training on quantized weights takes what is not quantized, and the stream between
    the layers, to 32 bits, as PEFT's `prepare_model_for_kbit_training` does (but for GPTQ)."""
    logits_share: float = 1.0
    """Of the scores of all tokens over the vocabulary, what is held at once."""
    chunked_loss: bool = False
    """Whether the loss goes through the tokens in so many chunks as the vocabulary has widths of
    the model, so that one chunk's scores take about what the stream does (Hsu et al., "Liger
    Kernel", arXiv 2410.10989, section 3.2)."""
    layer_share: float = 1.0
    """Of what a layer's backward pass holds in Transformers; less with kernels that work in place.
    """
    holds_checkpoints: bool = True
    """Whether the checkpoints between the layers stay on the card; or in the host's memory."""


PROFILES: Final[Mapping[Stack, Profile]] = MappingProxyType(
    {
        Stack.TRANSFORMERS: Profile(),
        # Its README's table (rank 32, all matrices, batch 1) grows by 227.5 kB a token for Llama
        # 3.1 8B: the layer alone, without logits and checkpoints.
        Stack.UNSLOTH: Profile(
            upcasts=False, logits_share=0.0, holds_checkpoints=False, layer_share=0.84
        ),
        Stack.LIGER: Profile(upcasts=False, chunked_loss=True),
        Stack.LLAMAFACTORY: Profile(upcasts=False),
        Stack.AXOLOTL: Profile(upcasts=False),
        Stack.LITGPT: Profile(upcasts=False),
    }
)

"""How many bytes the weights take, by the kind of quantization.

Sources: bitsandbytes keeps one 32-bit scale for 64 weights, and with double quantization one of 8
bits for 64 and one of 32 bits for 256 of those (Dettmers et al., "QLoRA", arXiv 2305.14314, section
3). GPTQ and AWQ in groups of 128 keep a 16-bit scale and a 4-bit zero. MXFP4 keeps one 8-bit scale
for 32 values, and is used for the experts of a mixture alone (gpt-oss; Open Compute Project,
"Microscaling formats", 2023). Of GGUF files `bot/fit/gguf.py` tells.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.fit.architecture import Architecture
from bot.fit.gguf import GGUF_BITS, gguf_bytes

HALF: Final = 2.0
SINGLE: Final = 4.0

NF4: Final = 0.5 + 4 / 64
NF4_DOUBLE: Final = 0.5 + 1 / 64 + 4 / (64 * 256)
GROUPED_4BIT: Final = 0.5 + 2.5 / 128
MXFP4: Final = 0.5 + 1 / 32

BYTES: Final[Mapping[str, float]] = MappingProxyType(
    {"nf4": NF4, "fp4": NF4, "int8": 1.0, "gptq": GROUPED_4BIT, "awq": GROUPED_4BIT}
)
"""A parameter of a matrix; the embedding and the head stay as they are."""

QUANTS: Final = ("none", *BYTES, "mxfp4", *GGUF_BITS)


def weight_bytes(
    architecture: Architecture, *, quant: str, double_quant: bool, kept: float
) -> float:
    """Return the bytes of the weights.

    Args:
        architecture: the model.
        quant: one of `QUANTS`.
        double_quant: whether the scales of `nf4` are quantized as well.
        kept: bytes of a parameter that is not quantized.
    """
    if quant in GGUF_BITS:
        return gguf_bytes(architecture, quant)
    if quant == "none":
        return architecture.num_params * kept
    if quant == "mxfp4":
        packed = architecture.expert_params
        return packed * MXFP4 + (architecture.num_params - packed) * kept
    each = NF4_DOUBLE if double_quant and BYTES[quant] == NF4 else BYTES[quant]
    plain = architecture.embedding_params
    return (architecture.num_params - plain) * each + plain * kept

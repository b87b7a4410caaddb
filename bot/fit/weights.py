"""How many bytes the weights take, by the kind of quantization.

Sources: bitsandbytes keeps one 32-bit scale for 64 weights, and with double quantization one of 8
bits for 64 and one of 32 bits for 256 of those (Dettmers et al., "QLoRA", arXiv 2305.14314, section
3). GPTQ and AWQ in groups of 128 keep a 16-bit scale and a 4-bit zero. The bits of the GGUF kinds
are llama.cpp's own, measured over a whole Llama 3.1 8B (tools/quantize/README.md); those of the
older kinds (q4_0 to q5_1) over LLaMA 7B. MXFP4 keeps one 8-bit scale for 32 values, and is used for
the experts of a mixture alone (gpt-oss; Open Compute Project, "Microscaling formats", 2023).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.fit.architecture import Architecture

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

GGUF_BITS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "iq1_s": 2.0042,
        "iq1_m": 2.1460,
        "iq2_xxs": 2.3824,
        "iq2_xs": 2.5882,
        "iq2_s": 2.7403,
        "iq2_m": 2.9294,
        "iq3_xxs": 3.2548,
        "iq3_xs": 3.4977,
        "iq3_s": 3.6606,
        "iq3_m": 3.7628,
        "iq4_xs": 4.4597,
        "iq4_nl": 4.6818,
        "q2_k_s": 2.9697,
        "q2_k": 3.1593,
        "q3_k_s": 3.6429,
        "q3_k_m": 3.9960,
        "q3_k_l": 4.2979,
        "q4_k_s": 4.6672,
        "q4_k_m": 4.8944,
        "q4_0": 4.54,
        "q4_1": 4.97,
        "q5_0": 5.52,
        "q5_1": 5.99,
        "q5_k_s": 5.5704,
        "q5_k_m": 5.7036,
        "q6_k": 6.5633,
        "q8_0": 8.5008,
    }
)
"""Over all parameters, the embedding and the head among them."""

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
        return architecture.num_params * GGUF_BITS[quant] / 8
    if quant == "none":
        return architecture.num_params * kept
    if quant == "mxfp4":
        packed = architecture.expert_params
        return packed * MXFP4 + (architecture.num_params - packed) * kept
    each = NF4_DOUBLE if double_quant and BYTES[quant] == NF4 else BYTES[quant]
    plain = architecture.embedding_params
    return (architecture.num_params - plain) * each + plain * kept

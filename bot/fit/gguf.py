"""How many bytes a GGUF file takes, by the kind of quantization.

A kind is a mix. The head has more bits than the layers, and the embedding its own; a tied model's
embedding is its head, so that a small model with many words takes more a parameter (llama.cpp,
`llama_tensor_get_type` in src/llama-quant.cpp). What is left for the layers follows from the bits
over a whole model, which llama.cpp measured on Llama 3.1 8B (tools/quantize/README.md), and those
of the older kinds (q4_0 to q5_1) on LLaMA 7B.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.fit.architecture import Architecture

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
"""Over all parameters of the model that was measured, the embedding and the head among them."""

_OLDER_KINDS: Final = frozenset({"q4_0", "q4_1", "q5_0", "q5_1"})
_LLAMA_8B: Final = (8_030_261_248, 128_256 * 4096)
_LLAMA_7B: Final = (6_738_415_616, 32_000 * 4096)
"""Parameters of the models that were measured, and of their embeddings, which are no heads."""

_Q2_K: Final = 2.625
_IQ3_S: Final = 3.4375
_Q5_K: Final = 5.5
_Q6_K: Final = 6.5625
_Q8_0: Final = 8.5
_EMBEDDING_BITS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "iq1": _Q2_K,
        "iq2_x": _Q2_K,
        "iq2": _IQ3_S,
        "iq3": _IQ3_S,
        "iq4_xs": 4.25,
        "q2": _Q2_K,
        "q3": 3.4375,
        "q4_1": 5.0,
        "q5_1": 6.0,
        "q5": _Q5_K,
        "q6": _Q6_K,
        "q8": _Q8_0,
        "": 4.5,
    }
)
"""By how a kind begins, the first that does: those of its plain tensors."""
_COARSE: Final = ("iq1", "iq2", "iq3_xxs")
"""Kinds with a head of Q5_K; all others but Q8_0 have one of Q6_K."""


def gguf_bytes(architecture: Architecture, quant: str) -> float:
    """Return the bytes of a GGUF file: of the layers, the head and an embedding of its own."""
    head = _Q8_0 if quant == "q8_0" else _Q5_K if quant.startswith(_COARSE) else _Q6_K
    embedding = _embedding_bits(quant)
    params, table = _LLAMA_7B if quant in _OLDER_KINDS else _LLAMA_8B
    layer = (params * GGUF_BITS[quant] - table * (head + embedding)) / (params - 2 * table)
    plain = architecture.embedding_params
    ends = head if architecture.tie_word_embeddings else (head + embedding) / 2
    return (plain * ends + (architecture.num_params - plain) * layer) / 8


def gguf_bytes_on_card(architecture: Architecture, quant: str) -> float:
    """Return what of the file llama.cpp puts on a card when it puts all layers there.

    The embedding stays in the host's memory, from where a row is looked up for each token
    (llama.cpp, `load_tensors` in src/llama-model.cpp); one that is the head too is there as such.
    """
    whole = gguf_bytes(architecture, quant)
    if architecture.tie_word_embeddings:
        return whole
    return whole - architecture.embedding_params / 2 * _embedding_bits(quant) / 8


def _embedding_bits(quant: str) -> float:
    return next(bits for kind, bits in _EMBEDDING_BITS.items() if quant.startswith(kind))

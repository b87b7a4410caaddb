"""What somebody wants to run: the method and its options, each with a stated default."""

from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

TARGETS: Final = (
    "q_proj",
    "k_proj",
    "v_proj",
    "o_proj",
    "gate_proj",
    "up_proj",
    "down_proj",
)
"""The matrices of a layer that an adapter can be put on, by their names in Llama."""


class Method(StrEnum):
    """What is done with the model."""

    INFERENCE = "inference"
    LORA = "lora"
    QLORA = "qlora"
    FULL = "full"


class Optimizer(StrEnum):
    """What keeps a state for each trained parameter."""

    ADAMW = "adamw"
    ADAMW_8BIT = "adamw_8bit"
    PAGED_ADAMW_8BIT = "paged_adamw_8bit"
    ADAFACTOR = "adafactor"
    LION = "lion"
    SGD = "sgd"


class Precision(StrEnum):
    """What the arithmetic is done in.

    Full fine-tuning in `bf16` keeps everything in 16 bits, in `fp16` it keeps a master copy in 32
    bits: 16-bit floats of the older kind are too coarse for the update.
    """

    FP32 = "fp32"
    FP16 = "fp16"
    BF16 = "bf16"


class Attention(StrEnum):
    """Whether the scores of a layer are ever held as a whole."""

    EAGER = "eager"
    SDPA = "sdpa"
    FLASH = "flash"


class Stack(StrEnum):
    """What the training program is made of; `bot/fit/stacks.py` says what that changes."""

    TRANSFORMERS = "transformers"
    UNSLOTH = "unsloth"
    UNSLOTH_2024 = "unsloth_2024"
    LIGER = "liger"
    LLAMAFACTORY = "llamafactory"
    AXOLOTL = "axolotl"
    LITGPT = "litgpt"
    TORCHTUNE = "torchtune"


class Run(BaseModel):
    """One run of a model, whole: `bot/fit/reading.py` fills in the defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    method: Method
    quant: str = "none"
    """A key of `bot.fit.weights.QUANTS`."""
    double_quant: bool = False
    batch: Annotated[int, Field(ge=1, le=65_536)] = 1
    seq_len: Annotated[int, Field(ge=1, le=10_000_000)] = 1024
    """Tokens; for inference those of the prompt and of the answer together."""
    lora_r: Annotated[int, Field(ge=1, le=65_536)] = 16
    lora_targets: Annotated[tuple[str, ...], Field(min_length=1)] = TARGETS
    optimizer: Optimizer = Optimizer.ADAMW
    precision: Precision = Precision.FP16
    grad_checkpoint: bool = True
    grad_accum: Annotated[int, Field(ge=1, le=65_536)] = 1
    """Batches whose gradients are added up before a step."""
    attn: Attention = Attention.SDPA
    stack: Stack = Stack.TRANSFORMERS

    @property
    def tokens(self) -> int:
        """The tokens of one step on one card."""
        return self.batch * self.seq_len

    @property
    def trains_adapter(self) -> bool:
        """Whether only an adapter is trained."""
        return self.method in {Method.LORA, Method.QLORA}

    @model_validator(mode="after")
    def _no_contradiction(self) -> Self:
        if self.method is Method.QLORA and self.quant == "none":
            raise ValueError("qlora needs a quantized model; plain lora is the one without")
        if self.method is Method.FULL and self.quant != "none":
            raise ValueError("full fine-tuning can't train quantized weights")
        unknown = set(self.lora_targets) - set(TARGETS)
        if unknown:
            raise ValueError(f"unknown lora_targets: {', '.join(sorted(unknown))}")
        return self

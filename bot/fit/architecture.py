"""The numbers of a transformer that decide how much memory it takes."""

from collections.abc import Mapping
from typing import Annotated, Final, Self, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator

Size = Annotated[int, Field(ge=1, le=10_000_000)]

FEWEST_PARAMETERS: Final = 1_000_000
MOST_PARAMETERS: Final = 5_000_000_000_000

_OTHER_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "num_params": ("num_parameters", "parameters", "params", "n_params"),
    "hidden_size": ("n_embd", "d_model", "dim"),
    "num_layers": ("num_hidden_layers", "n_layer", "n_layers"),
    "num_attention_heads": ("n_head", "n_heads", "num_heads"),
    "num_kv_heads": ("num_key_value_heads", "n_query_groups", "n_kv_heads"),
    "head_dim": ("head_size",),
    "intermediate_size": ("n_inner", "ffn_hidden_size", "ffn_dim", "d_ff"),
    "vocab_size": ("padded_vocab_size", "n_vocab"),
    "max_position_embeddings": ("n_positions", "n_ctx", "block_size"),
    "experts": ("num_local_experts", "num_experts", "n_routed_experts"),
    "experts_per_token": ("num_experts_per_tok",),
    "window": ("sliding_window",),
}
"""What other libraries call the same numbers."""


class Architecture(BaseModel):
    """A decoder-only transformer; the names are those of its `config.json`.

    `head_dim` is not always the width over the heads, so that it is asked for and never derived
    where a configuration states it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    num_params: Annotated[int, Field(ge=FEWEST_PARAMETERS, le=MOST_PARAMETERS)]
    hidden_size: Size
    num_layers: Annotated[int, Field(ge=1, le=1000)]
    num_attention_heads: Annotated[int, Field(ge=1, le=4096)]
    num_kv_heads: Annotated[int, Field(ge=1, le=4096)]
    """As many as there are heads, or fewer with grouped-query attention."""
    head_dim: Annotated[int, Field(ge=1, le=4096)]
    intermediate_size: Size
    """The width between the two halves of the feed-forward block; of one expert in a mixture."""
    vocab_size: Size
    tie_word_embeddings: bool = False
    max_position_embeddings: Annotated[int, Field(ge=1)] | None = None
    """The longest sequence; None where it is not known."""
    experts: Annotated[int, Field(ge=1, le=4096)] = 1
    """In each layer of a mixture; a dense model is a mixture of one."""
    experts_per_token: Annotated[int, Field(ge=1, le=4096)] = 1
    cached_values: Annotated[int, Field(ge=1)] | None = None
    """What the cache keeps of one token over all layers, in values, where it isn't keys and values
    of each layer: with latent attention, or layers without attention."""
    released_as: str | None = None
    """The quantization that the weights are published in, where it isn't 16 bits."""
    window: Annotated[int, Field(ge=1)] | None = None
    """Tokens that a layer with a sliding window looks back at, and that its cache keeps."""
    windowed_layers: Annotated[int, Field(ge=0, le=1000)] = 0
    """How many layers have the window; `sliding_window` alone in a configuration doesn't say."""

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, given: object) -> object:
        """Take what a configuration leaves out as its library does."""
        if not isinstance(given, dict):
            return given
        named = cast("dict[str, object]", given)
        filled = {name: value for name, value in named.items() if value is not None}
        for name, others in _OTHER_NAMES.items():
            for other in others:
                if other in filled:
                    filled.setdefault(name, filled[other])
        heads, width = filled.get("num_attention_heads"), filled.get("hidden_size")
        if "num_kv_heads" not in filled and heads is not None:
            filled["num_kv_heads"] = heads
        if "head_dim" not in filled and isinstance(heads, int) and isinstance(width, int) and heads:
            filled["head_dim"] = width // heads
        if "num_params" not in filled:
            counted = _counted(filled)
            if counted is not None:
                filled["num_params"] = counted
        return filled

    @model_validator(mode="after")
    def _heads_divide(self) -> Self:
        if self.num_kv_heads > self.num_attention_heads:
            raise ValueError("num_kv_heads must not be more than num_attention_heads")
        if self.experts_per_token > self.experts:
            raise ValueError("experts_per_token must not be more than experts")
        if self.windowed_layers > self.num_layers:
            raise ValueError("windowed_layers must not be more than num_layers")
        return self

    @property
    def query_width(self) -> int:
        """The width of all queries of one token."""
        return self.num_attention_heads * self.head_dim

    @property
    def key_width(self) -> int:
        """The width of all keys of one token, and of all values."""
        return self.num_kv_heads * self.head_dim

    @property
    def embedding_params(self) -> int:
        """The parameters of the embedding and of the head, which k-bit quantization leaves out."""
        tables = 1 if self.tie_word_embeddings else 2
        return min(self.num_params, tables * self.vocab_size * self.hidden_size)

    @property
    def gated(self) -> bool:
        """Whether the feed-forward block has three matrices (SwiGLU) rather than two.

        No field of a configuration says so, the number of parameters does: the nearer one holds.
        """
        attention = 2 * self.hidden_size * (self.query_width + self.key_width)
        block = self.hidden_size * self.intermediate_size * self.experts
        rest = (self.num_params - self.embedding_params) / self.num_layers - attention
        return rest > 2.5 * block

    @property
    def active_intermediate(self) -> int:
        """The feed-forward width that one token goes through."""
        return self.intermediate_size * self.experts_per_token

    @property
    def idle_params(self) -> int:
        """The parameters that one token doesn't go through: those of the experts left out."""
        block = (3 if self.gated else 2) * self.hidden_size * self.intermediate_size
        return (self.experts - self.experts_per_token) * block * self.num_layers

    @property
    def expert_params(self) -> int:
        """The parameters of all experts; none in a dense model."""
        if self.experts == 1:
            return 0
        block = (3 if self.gated else 2) * self.hidden_size * self.intermediate_size
        most = self.num_params - self.embedding_params
        return min(most, self.experts * block * self.num_layers)


def _counted(config: Mapping[str, object]) -> int | None:
    """Return the parameters of a configuration without them: Llama's layout, which most have."""
    names = (
        "hidden_size",
        "num_layers",
        "num_attention_heads",
        "num_kv_heads",
        "head_dim",
        "intermediate_size",
        "vocab_size",
    )
    numbers = [config.get(name) for name in names]
    if not all(isinstance(number, int) for number in numbers):
        return None
    h, layers, heads, groups, size, f, vocabulary = cast("list[int]", numbers)
    experts = config.get("experts", 1)
    feed_forward = 3 * h * f * (experts if isinstance(experts, int) else 1)
    attention = 2 * h * size * (heads + groups)
    tables = 1 if config.get("tie_word_embeddings") is True else 2
    return layers * (attention + feed_forward + 2 * h) + (tables * vocabulary + 1) * h

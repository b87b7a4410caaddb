"""The numbers of a transformer that decide how much memory it takes."""

from typing import Annotated, Final, Self, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.fit.configuration import filled_in

Size = Annotated[int, Field(ge=1, le=10_000_000)]

FEWEST_PARAMETERS: Final = 1_000_000
MOST_PARAMETERS: Final = 5_000_000_000_000


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
        return filled_in(cast("dict[str, object]", given))

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

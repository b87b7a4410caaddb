"""What is wrong with a request, as a key and its arguments: each language says it in its own words.

The keys are those of the sentences `fit-error-...`; the command line says them in English.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

ENGLISH: Final[Mapping[str, str]] = MappingProxyType(
    {
        "model-missing": "say which model: a name, a size such as 7B, or its numbers in config",
        "model-unknown": "no model is called {value}; a size such as {size} does too",
        "model-near": "no model is called {value}; near it are {nearest}; a size such as {size} "
        "does too",
        "no-figure-near": "there are no figures of {value}; near it are {nearest}",
        "model-other": "{value} is for speech, vision, retrieval or translation: there are figures "
        "only for language models and for those that make images and videos",
        "size": "a model of {value} parameters: it must have between {least} and {most}",
        "config": "config: {field}: {problem}",
        "choice": "{field}: {value} is none of {allowed}",
        "number": "{field}: {value} is no whole number between {least} and {most}",
        "text": "{field} must be one name",
        "rank": "a rank of {rank} is more than the model's width of {width}",
        "sequence": "a sequence of {tokens} tokens is longer than the {most} that the model reads",
        "full-quantized": "full fine-tuning can't train {quant} weights: take qlora, or no quant",
        "qlora-plain": "qlora stands on a quantized model: leave quant out, or take lora",
        "gguf-training": "{quant} files are for inference: train with nf4, and convert afterwards",
        "inference-training": "inference trains nothing: leave {field} out",
        "full-adapter": "full fine-tuning has no adapter: leave {field} out, or take lora",
        "contradiction": "{one} and {other} contradict each other",
        "gpu-unknown": "no card is called {value}; its memory does too, such as 24 GB",
        "gpu-unmeasured": "the memory of {value} is not known",
        "no-figure": "nobody published what {value} takes for {method}; there is {methods}",
        "object": "a request is one JSON object with the fields of a run",
    }
)


class FitError(ValueError):
    """A request that can't be answered, and why."""

    def __init__(self, key: str, **arguments: str) -> None:
        self.key = key
        self.arguments = arguments
        super().__init__(ENGLISH[key].format(**arguments))


class NoWorkloadError(ValueError):
    """A text that names nothing to run, several sizes, or something that nobody measured."""

    def __init__(self, text: str, *, measured: bool, sizes: Sequence[str] = ()) -> None:
        self.text = text
        self.measured = measured
        self.sizes = sizes
        shown = repr(text[:60])
        if len(sizes) > 1:
            said = f"{shown} names several sizes, {', '.join(sizes)}: which of them?"
        elif measured:
            said = f"{shown} names no model or size that is known"
        else:
            said = f"nobody published what {shown} takes"
        super().__init__(said)

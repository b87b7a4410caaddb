"""`gpu-scout fit --json`: the engine of `/gpu fit`, with the same options."""

import argparse
from collections.abc import Mapping
from typing import Final

from bot.fit.request import Attention, Method, Optimizer, Precision, Stack

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "method": tuple(Method),
    "optimizer": tuple(Optimizer),
    "precision": tuple(Precision),
    "attn": tuple(Attention),
    "stack": tuple(Stack),
}
NUMBERS: Final = ("batch", "seq-len", "lora-r")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command; the fields of a JSON request have the same names."""
    parser.add_argument("--json", action="store_true", required=True, help="print JSON")
    parser.add_argument(
        "request",
        nargs="?",
        metavar="JSON",
        help="a request as a JSON object; - reads one a line; options fill in what it leaves out",
    )
    parser.add_argument("--model", help="a name of the table, or a size such as 7B")
    parser.add_argument("--quant", help="none, nf4, int8, gptq, awq, or a GGUF kind such as q4_k_m")
    parser.add_argument("--gpu", help="a card to give one verdict for")
    parser.add_argument("--double-quant", action="store_true", default=None)
    parser.add_argument("--grad-checkpoint", action=argparse.BooleanOptionalAction, default=None)
    parser.add_argument("--lora-targets", nargs="+", metavar="MATRIX")
    for name, words in WORDS.items():
        parser.add_argument(f"--{name}", help=", ".join(words))
    for name in NUMBERS:
        parser.add_argument(f"--{name}", type=int, metavar="N")


def request_of(arguments: argparse.Namespace) -> dict[str, object]:
    """Return the request that the options make."""
    return {
        name: value
        for name, value in vars(arguments).items()
        if name not in {"json", "request", "command"} and value is not None
    }

"""The shape of every `--json` command: one input a line in, one ASCII JSON object a line out."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Final

REFUSED: Final = 1
"""The exit code where the only request was refused."""

Report = Callable[[str], Mapping[str, object]]


def answer(argument: str, report: Report, *, refusal_fails: bool = True) -> None:
    """Print the report on `argument`, or with `-` one for each line of standard input.

    Blank lines are inputs too, so that the n-th object out belongs to the n-th line in.

    Args:
        argument: the one input, or `-`.
        report: makes the object.
        refusal_fails: end with exit code 1 where the one input is refused; see `show_one`.
    """
    if argument == "-":
        for text in _lines():
            show(report(text))
    elif refusal_fails:
        show_one(report(argument))
    else:
        show(report(argument))


def show_one(answer: Mapping[str, object]) -> None:
    """Print the answer to a single request; where it is an `error`, end with exit code 1.

    Of many lines each can be refused by itself, and the run as a whole succeeds.
    """
    show(answer)
    if "error" in answer:
        sys.exit(REFUSED)


def show(answer: Mapping[str, object]) -> None:
    """Print one object as a line of ASCII."""
    print(json.dumps(answer, ensure_ascii=True), flush=True)  # noqa: T201


def _lines() -> Iterable[str]:
    # Bytes, cut at \n only: str.splitlines would also cut at U+2028, \x0b and others, which are
    # part of what someone typed. Bytes that are no UTF-8 become U+FFFD and are refused as text.
    for raw in sys.stdin.buffer:
        yield raw.removesuffix(b"\n").decode("utf-8", errors="replace")

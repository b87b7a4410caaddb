"""The shape of every `--json` command: one input a line in, one ASCII JSON object a line out."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping

Report = Callable[[str], Mapping[str, object]]


def answer(argument: str, report: Report) -> None:
    """Print the report on `argument`, or with `-` one for each non-blank line of standard input."""
    texts = _lines() if argument == "-" else [argument]
    for text in texts:
        show(report(text))


def show(answer: Mapping[str, object]) -> None:
    """Print one object as a line of ASCII."""
    print(json.dumps(answer, ensure_ascii=True), flush=True)  # noqa: T201


def _lines() -> Iterable[str]:
    # Bytes, cut at \n only: str.splitlines would also cut at U+2028, \x0b and others, which are
    # part of what someone typed. Bytes that are no UTF-8 become U+FFFD and are refused as text.
    for raw in sys.stdin.buffer:
        text = raw.removesuffix(b"\n").decode("utf-8", errors="replace")
        if text.strip():
            yield text

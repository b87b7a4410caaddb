import io
import json
from collections.abc import Mapping

import pytest

from bot import json_lines


class StandardInput:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def answered(
    data: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    """The texts that were taken for one input each."""
    monkeypatch.setattr("sys.stdin", StandardInput(data))
    json_lines.answer("-", echo)
    output = capsys.readouterr().out
    assert output.isascii()
    return [json.loads(line)["text"] for line in output.splitlines()]


def echo(text: str) -> Mapping[str, object]:
    return {"text": text}


def test_an_argument_is_one_input(capsys: pytest.CaptureFixture[str]) -> None:
    json_lines.answer("半小时\n6h", echo)
    (line,) = capsys.readouterr().out.splitlines()
    assert line.isascii()
    assert json.loads(line) == {"text": "半小时\n6h"}


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"6h\n7h\n", ["6h", "7h"]),
        (b"6h\n7h", ["6h", "7h"]),
        (b"\n \n\t\n6h\n\n", ["", " ", "\t", "6h", ""]),
        (b"", []),
        (b"6h\r\n7h\r\n", ["6h\r", "7h\r"]),
        ("6\u2028h\n7\u2029h\x0b\x0c\x1c\x85\n".encode(), ["6\u2028h", "7\u2029h\x0b\x0c\x1c\x85"]),
        (b"\xff\xfe6h\nok\n", ["\ufffd\ufffd6h", "ok"]),
        (b"-\n--json\n", ["-", "--json"]),
    ],
)
def test_a_line_ends_at_a_line_feed_only_and_a_blank_one_is_one_too(
    data: bytes,
    texts: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert answered(data, monkeypatch, capsys) == texts


def test_a_refused_request_fails_and_a_refused_line_does_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(text: str) -> Mapping[str, object]:
        return {"error": "no", "text": text}

    with pytest.raises(SystemExit) as ended:
        json_lines.answer("6h", refused)
    assert ended.value.code == json_lines.REFUSED == 1
    json_lines.answer("6h", refused, refusal_fails=False)
    monkeypatch.setattr("sys.stdin", StandardInput(b"6h\n\n"))
    json_lines.answer("-", refused)
    found = [json.loads(line)["text"] for line in capsys.readouterr().out.splitlines()]
    assert found == ["6h", "6h", "6h", ""]

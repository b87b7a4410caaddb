import io
import json
from typing import Any

import pytest

from bot.cli import main


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_requests_of_a_file_are_answered_line_by_line_whatever_they_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ['{"model": "7B", "method": "qlora", "gpu": "T4"}', "nonsense", '{"model": "sdxl"}']
    stdin = io.TextIOWrapper(io.BytesIO("\n".join(lines).encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    main(["fit", "--json", "-"])
    run, wrong, picture = printed(capsys)
    assert run["verdict"] == "fits"
    assert sum(run["parts"].values()) == run["total_bytes"]
    assert wrong["error"] == "object"
    assert picture["makes"] == "image"


def test_a_request_can_be_made_of_options(capsys: pytest.CaptureFixture[str]) -> None:
    main(["fit", "--json", "--model", "7B", "--method", "lora", "--seq-len", "512", "--gpu", "L4"])
    [answer] = printed(capsys)
    assert answer["run"]["seq_len"] == 512
    assert answer["verdict"] == "fits"


def test_options_fill_in_what_a_request_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    line = '{"model": "7B", "method": "lora", "batch": 2}'
    main(["fit", "--json", line, "--gpu", "T4", "--batch", "4"])
    [answer] = printed(capsys)
    assert answer["verdict"] == "does_not_fit"
    assert answer["run"]["batch"] == 2


def test_a_workload_becomes_a_wish_with_its_derivation(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["recommend", "--json", "--workload", "微调7B", "--no-card"])
    [answer] = printed(capsys)
    workload = answer["workload"]
    assert workload["run"]["method"] == "qlora"
    assert answer["query"]["min_vram_gib"] == workload["min_vram_gib"]
    assert workload["total_bytes"] < workload["min_vram_gib"] * 2**30
    assert not answer["query"]["card"]


@pytest.mark.parametrize(
    "request_text", ['{"workload": "hello"}', '{"workload": "ltx video"}', '{"workload": ["7b"]}']
)
def test_a_text_without_a_workload_is_refused(
    request_text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="1"):
        main(["recommend", "--json", request_text])
    [answer] = printed(capsys)
    assert (answer["error"], answer["field"]) == ("invalid", "workload")


@pytest.mark.parametrize("command", ["fit", "recommend"])
def test_brackets_without_end_are_no_request(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="1"):
        main([command, "--json", "[" * 100_000])
    [answer] = printed(capsys)
    assert answer["error"]

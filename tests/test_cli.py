import asyncio
import io
import json
import logging
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import cli, cli_catalog
from bot.advice.index import OfferIndex
from bot.advice.query import Query
from bot.advice.report import unlocking_as_json
from bot.advice.unlock import unlock
from bot.catalog.load import load_catalog
from bot.catalog.problems import CatalogError
from bot.settings import Settings
from bot.store.migrate import HEAD

NOW = "2026-11-23T05:00:00+00:00"


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An empty environment and folder, and the log as it was."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The one friendly line of a command that ends with exit code 1."""
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 1
    output = capsys.readouterr()
    assert output.out == ""
    (line,) = output.err.splitlines()
    assert line.startswith("gpu-scout: ")
    assert "Traceback" not in line
    return line


def misused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    return capsys.readouterr().err


# ------------------------------------------------------------------- what can't start


@pytest.mark.parametrize("command", ["worker", "sync"])
def test_without_a_token_only_the_playground_runs(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "DISCORD_TOKEN" in refused([command], capsys)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHARD_IDS", "a,b"),
        ("LOG_LEVEL", "loud"),
        ("DELIVER", "perhaps"),
        ("SCOUT_PLAYGROUND_PORT", "port"),
        ("DISCORD_API_BASE", "http://elsewhere.example/api"),
        ("DISCORD_API_BASE", "nonsense"),
        ("SHARD_IDS", "1"),
    ],
)
@pytest.mark.parametrize("command", [["run"], ["db", "upgrade"]])
def test_a_wrong_setting_is_named_in_one_line(
    name: str,
    value: str,
    command: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "token-of-a-test")
    monkeypatch.setenv(name, value)
    line = refused(command, capsys)
    assert name in line
    assert "token-of-a-test" not in line


@pytest.mark.parametrize("command", [["run"], ["db", "upgrade"]])
@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://u:hunter2@h/n",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://u:hunter2@h/n?what=1",
        "sqlite:////proc/hunter2/x.sqlite3",
        "postgresql://u:hunter2@127.0.0.1:1/n",
    ],
)
def test_a_database_that_cannot_be_had_is_one_line_without_its_password(
    url: str,
    command: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "token-of-a-test")
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("LOG_LEVEL", "ERROR")  # a server may be restarting: it is asked again
    line = refused(command, capsys)
    assert "u:hunter2" not in line
    assert "DATABASE_URL" in line or "can't be reached" in line


@pytest.mark.parametrize("command", [["run"], ["worker"], ["sync"], ["db", "upgrade"]])
def test_a_database_newer_than_the_code_is_left_alone(
    command: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "newer.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")
    database.close()
    monkeypatch.setenv("DISCORD_TOKEN", "token-of-a-test")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    line = refused(command, capsys)
    assert "9999" in line
    assert HEAD in line


@pytest.mark.parametrize(
    "command", [["run"], ["catalog", "check"], ["catalog", "show", "colab"]], ids=" ".join
)
def test_a_broken_catalog_file_is_told_with_file_line_and_field(
    command: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    broken = catalog_with(tmp_path, "marimo.toml", 'name = "', 'nome = "')
    with pytest.raises(CatalogError):
        load_catalog(broken)
    monkeypatch.setenv("DISCORD_TOKEN", "token-of-a-test")

    def files(_package: str) -> Path:
        return broken

    monkeypatch.setattr("bot.catalog.load.files", files)
    with pytest.raises(SystemExit) as ended:
        cli.main(command)
    assert ended.value.code == 1
    error = capsys.readouterr().err
    assert error.startswith("gpu-scout: ")
    assert "marimo.toml" in error
    assert "nome" in error
    assert "Traceback" not in error


def test_discord_that_cannot_be_reached_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "token-of-a-test")
    monkeypatch.setenv("DISCORD_API_BASE", "http://127.0.0.1:1/api/v10")
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    line = refused(["sync"], capsys)
    assert "can't be reached" in line
    assert "token-of-a-test" not in line


# ------------------------------------------------------------------------ the database


def test_an_upgrade_makes_the_database_and_may_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new" / "scout.sqlite3"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    for _ in range(2):
        cli.main(["db", "upgrade"])
        assert HEAD in capsys.readouterr().out
    assert path.exists()


# ------------------------------------------------------------------------- the catalog


def test_the_catalog_of_the_project_is_valid(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["catalog", "check"])
    count = len(load_catalog().offers)
    assert count >= 68
    assert f"{count} offers" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["google-colab-free", "谷歌 Colab", "COLAB"])
def test_an_offer_is_shown_by_id_name_or_alias(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["catalog", "show", name])
    assert "google-colab-free" in capsys.readouterr().out


def test_an_unknown_offer_is_refused_with_what_is_near(capsys: pytest.CaptureFixture[str]) -> None:
    assert "kaggle-notebooks-gpu" in refused(["catalog", "show", "kagle gpuu"], capsys)
    assert "'qqqq'" in refused(["catalog", "show", "qqqq"], capsys)


# --------------------------------------------------------------------------------- when


def when(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    cli.main(["when", "--json", "--now", NOW, *arguments])
    output = capsys.readouterr().out
    assert output.isascii()
    return [json.loads(line) for line in output.splitlines()]


def test_when_tells_how_a_time_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    (read,) = when(capsys, "6h")
    assert read["seconds"] == 21_600
    assert read["at"] == "2026-11-23T11:00:00+00:00"
    assert read["ambiguous"] is False
    assert isinstance(read["reading"], str)


def test_when_reads_in_the_zone_that_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    (read,) = when(capsys, "--tz", "Asia/Shanghai", "明天早上9点")
    assert read["at"] == "2026-11-24T09:00:00+08:00"


@pytest.mark.parametrize("text", ["-32m", "-1", "- 5m", "-PT6H"])
def test_when_refuses_a_negative_text_and_takes_it_for_no_option(
    capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (read,) = when(capsys, text)
    assert "error" in read


def test_when_says_why_a_text_is_no_time(capsys: pytest.CaptureFixture[str]) -> None:
    (read,) = when(capsys, "every day")
    assert read.keys() == {"error", "message"}


def test_when_answers_each_line_of_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class StandardInput:
        buffer = io.BytesIO("6h\n\n  \n6\u2028h\n半小时\n".encode() + b"\xff\xfe\n7h")

    monkeypatch.setattr("sys.stdin", StandardInput())
    six, empty, blank, split, half, bytes_, seven = when(capsys, "-")
    assert (six["seconds"], half["seconds"], seven["seconds"]) == (21_600, 1800, 25_200)
    assert split.keys() == bytes_.keys() == {"error", "message"}
    assert empty["error"] == blank["error"] == "empty"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--now", "2026-11-23T05:00:00", "6h"],
        ["--now", "yesterday", "6h"],
        ["--tz", "Mars/Base", "6h"],
        ["--tz", "../../etc/passwd", "6h"],
        [],
    ],
)
def test_when_refuses_what_it_cannot_count_from(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    error = misused(["when", "--json", *arguments], capsys)
    assert "usage: gpu-scout when" in error
    assert "Traceback" not in error


def test_without_a_command_the_usage_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert "usage: gpu-scout" in misused([], capsys)


def test_ctrl_c_ends_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(asyncio, "run", interrupted)
    monkeypatch.setattr(cli_catalog, "_check", interrupted)
    with pytest.raises(SystemExit) as ended:
        cli.main(["catalog", "check"])
    assert ended.value.code == 130
    assert capsys.readouterr().err == ""


def catalog_with(folder: Path, name: str, old: str, new: str) -> Path:
    """A copy of the project's data with one file changed."""
    data = folder / "data"
    shutil.copytree(Path(cli.__file__).parents[1] / "data", data)
    file = data / "offers" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return data


def test_recommend_takes_the_options_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["recommend", "--json", "--vram", "13", "--session", "9", "--no-card", "--bf16"])
    found = json.loads(capsys.readouterr().out)
    assert found["query"] == {
        "min_vram_gib": 13.0,
        "min_session_hours": 9.0,
        "card": False,
        "bf16": True,
    }
    assert found["fitting"] or found["relaxations"] or found["open"]


def test_unlock_takes_the_same_requests_and_assumes_that_a_newcomer_has_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    index = OfferIndex(load_catalog())
    cli.main(["recommend", "--json", "--unlock", "--vram", "13", "--phone", "--no-identity"])
    wanted = Query(min_vram_gib=13, phone=True, id_check=False).empty_handed()
    assert json.loads(capsys.readouterr().out) == unlocking_as_json(unlock(index, wanted))
    cli.main(["recommend", "--json", "--unlock", '{"waitlist": true, "application": false}'])
    found = json.loads(capsys.readouterr().out)
    wanted = Query(waitlist=True, application=False).empty_handed()
    assert found == unlocking_as_json(unlock(index, wanted))
    assert found["query"] == dict.fromkeys(
        ("card", "phone", "academic_email", "application"), False
    )
    assert found["keys"][0]["opens"]


def test_a_way_out_of_recommend_can_be_asked_for_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cli.main(["recommend", "--json", "--vram=60", "--session=20", "--weekly=100", "--no-card"])
    ways = json.loads(capsys.readouterr().out)["relaxations"]
    assert ways
    for way in ways:
        cli.main(["recommend", "--json", json.dumps(way["query"])])
        again = json.loads(capsys.readouterr().out)
        assert again["fitting"] or way["checks"]


@pytest.mark.parametrize(
    ("line", "field"),
    [("nonsense", "request"), ('{"vram": 1}', "vram"), ('{"min_vram_gib": -1}', "min_vram_gib")],
)
def test_recommend_says_what_is_wrong_with_a_request(
    line: str, field: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="1"):
        cli.main(["recommend", "--json", line])
    assert json.loads(capsys.readouterr().out)["field"] == field

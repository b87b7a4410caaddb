"""What the container, the unit and the forms promise, as far as it is seen without starting one."""

import re
import shlex
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
OURS = [name for name in SERVICES if name != "postgres"]
SETTINGS = {name.upper() for name in Settings.model_fields}
FOR_THE_IMAGE = {"PATH", "PYTHONUNBUFFERED"}
STAGE_THAT_RUNS = DOCKERFILE.rpartition("\nFROM ")[2]


# ----------------------------------------------------------------------- the image


def test_only_the_run_time_lock_goes_into_the_image() -> None:
    installs = re.findall(r"^(?:RUN| &&) (pip [^\\\n]*)", DOCKERFILE, re.MULTILINE)
    assert len(installs) == 3
    locked, build, own = installs
    assert "--require-hashes -r requirements.lock" in locked
    assert build.startswith("pip wheel")
    assert "--no-deps" in build
    assert own.rstrip().endswith("/wheel/*.whl")
    assert "--no-deps" in own
    assert "pip" not in STAGE_THAT_RUNS
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert ignored[0] == "*"
    assert {line.lstrip("!") for line in ignored if line.endswith(".lock")} == {"requirements.lock"}


def test_the_image_runs_as_a_numbered_user_that_is_not_root() -> None:
    [user] = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert user == "10001:10001"
    assert STAGE_THAT_RUNS.index("USER ") < STAGE_THAT_RUNS.index("ENTRYPOINT")


def test_the_process_gets_the_signal_itself() -> None:
    assert re.search(r'^ENTRYPOINT \["gpu-scout"\]$', DOCKERFILE, re.MULTILINE)
    assert re.search(r'^CMD \["run"\]$', DOCKERFILE, re.MULTILINE)
    assert "STOPSIGNAL SIGTERM" in DOCKERFILE


def test_the_health_check_is_python_that_compiles_and_asks_the_loopback() -> None:
    found = re.search(r"^HEALTHCHECK .*\\\n +CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    assert found is not None
    command: list[str] = yaml.safe_load(found[1])
    assert command[:2] == ["python", "-c"]
    compile(command[2], "HEALTHCHECK", "exec")
    assert "http://127.0.0.1:" in command[2]
    assert "/healthz" in command[2]


def test_no_port_is_opened_to_anybody() -> None:
    assert "EXPOSE" not in DOCKERFILE
    assert [name for name, each in SERVICES.items() if {"ports", "expose"} & each.keys()] == []
    assert yaml.safe_load(COMPOSE)["networks"]["database"]["internal"] is True
    assert SERVICES["postgres"]["networks"] == ["database"]


# --------------------------------------------------------------------- the services


@pytest.mark.parametrize("name", OURS)
def test_a_container_can_do_little(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "user" not in service  # it would replace the image's
    assert "privileged" not in service


@pytest.mark.parametrize("name", OURS)
def test_a_container_has_time_to_end(name: str) -> None:
    assert SERVICES[name]["init"] is True
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) > 10


def test_one_bot_with_its_data_on_a_volume_is_all_that_runs_without_a_profile() -> None:
    assert [name for name, each in SERVICES.items() if "profiles" not in each] == ["bot"]
    assert {each["profiles"][0] for each in SERVICES.values() if "profiles" in each} == {"scale"}
    [volume] = SERVICES["bot"]["volumes"]
    name, _, place = volume.partition(":")
    assert name in yaml.safe_load(COMPOSE)["volumes"]
    assert f":-sqlite:///{place}/" in SERVICES["bot"]["environment"]["DATABASE_URL"]


def test_no_password_has_a_default() -> None:
    passwords = re.findall(r"\$\{\w*(?:PASSWORD|TOKEN)\w*([^}]*)\}", COMPOSE)
    assert passwords
    for default in passwords:
        assert default == ":-" or default.startswith(":?"), default
    assert SERVICES["postgres"]["environment"]["POSTGRES_PASSWORD"] == "${POSTGRES_PASSWORD:-}"
    assert "trust" not in COMPOSE


def test_no_shard_runs_twice() -> None:
    shards = {
        name: each["environment"]["SHARD_IDS"]
        for name, each in SERVICES.items()
        if "SHARD_IDS" in each.get("environment", {})
    }
    assert shards == {"bot": "${SHARD_IDS:-0}", "gateway-1": "1"}
    # Where SHARD_COUNT is forgotten, gateway-1 refuses to start, which is seen.
    for name in shards:
        assert SERVICES[name]["environment"]["SHARD_COUNT"] == "${SHARD_COUNT:-1}"
    with pytest.raises(ValueError, match="between 0 and 0"):
        Settings(shard_ids=(1,), shard_count=1)


def test_every_setting_that_is_named_exists() -> None:
    in_image = set(re.findall(r"^(?:ENV|   ) ?([A-Z_]+)=", DOCKERFILE, re.MULTILINE))
    named = {key for name in OURS for key in SERVICES[name].get("environment", {})}
    guide = (ROOT / "docs/deploying.md").read_text(encoding="utf-8")
    described = set(re.findall(r"\b([A-Z]+_[A-Z_]+)=", guide))
    beside = {"COMPOSE_PROFILES", "POSTGRES_PASSWORD"}
    assert in_image >= {"DATABASE_URL", "HTTP_PORT"}
    assert (in_image | named | described) <= SETTINGS | FOR_THE_IMAGE | beside


# ------------------------------------------------------------------------- the unit


def unit() -> RawConfigParser:
    parser = RawConfigParser(strict=False, allow_no_value=True)
    parser.optionxform = str  # pyright: ignore[reportAttributeAccessIssue]  # keeps the case
    parser.read(ROOT / "deploy/gpu-scout.service", encoding="utf-8")
    return parser


def test_the_unit_holds_no_secret_and_writes_to_its_state_alone() -> None:
    service = unit()["Service"]
    assert service["EnvironmentFile"] == "/etc/gpu-scout.env"
    assert service["User"] == "gpu-scout"
    assert service["ProtectSystem"] == "strict"
    assert service["StateDirectory"] == "gpu-scout"
    assert "ReadWritePaths" not in service
    name, _, value = service["Environment"].partition("=")
    assert name in SETTINGS
    assert value.startswith("sqlite:////var/lib/gpu-scout/")


def test_the_unit_reloads_restarts_and_ends_in_time() -> None:
    service = unit()["Service"]
    assert shlex.split(service["ExecReload"]) == ["/bin/kill", "-HUP", "$MAINPID"]
    assert service["ExecStart"].endswith("/gpu-scout run")
    assert service["Restart"] == "always"
    assert int(service["TimeoutStopSec"]) > 10


# ------------------------------------------------------------ what a public host reads


@pytest.mark.parametrize("form", ["fact", "offer"])
def test_the_forms_have_what_a_host_asks_of_one(form: str) -> None:
    path = ROOT / f".github/ISSUE_TEMPLATE/{form}.yml"
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= found.keys()
    asked = [part for part in found["body"] if part["type"] != "markdown"]
    ids = [part["id"] for part in asked]
    assert len(ids) == len(set(ids)) >= 4
    assert all(part["attributes"]["label"] for part in asked)
    assert all(
        type(option["label"]) is str
        for part in asked
        for option in part["attributes"].get("options", [])
    )


def test_the_workflow_calls_the_same_checks_as_everywhere() -> None:
    path = ROOT / ".github/workflows/ci.yml"
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    test = workflow["jobs"]["test"]
    assert [step["run"] for step in test["steps"] if "run" in step] == [".ci/run"]
    assert test["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_each_hook_runs_from_the_venv_and_downloads_nothing() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    [repo] = config["repos"]
    assert repo["repo"] == "local"
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for hook in repo["hooks"]:
        program = hook["entry"].split()[0]
        assert hook["language"] == "system"
        assert program.startswith(".venv/bin/")
        tool = program.removeprefix(".venv/bin/")
        assert tool == "gpu-scout" or f"$(BIN)/{tool}" in makefile

import tomllib
from pathlib import Path

import jsonschema_rs
import pytest

from bot.catalog.schema import FileKind, json_schema

ROOT = Path(__file__).parents[2] / "data"


@pytest.mark.parametrize("kind", ["offers", "hardware"])
def test_every_file_of_the_project_fits_its_schema(kind: FileKind) -> None:
    validator = jsonschema_rs.validator_for(json_schema(kind))
    for file in sorted((ROOT / kind).glob("*.toml")):
        content = tomllib.loads(file.read_text("utf-8"))
        problems = [each.message for each in validator.iter_errors(content)]
        assert problems == [], file.name


def test_the_schema_refuses_what_the_loader_refuses() -> None:
    content = tomllib.loads((ROOT / "offers/kaggle.toml").read_text("utf-8"))
    validator = jsonschema_rs.validator_for(json_schema("offers"))
    content["offer"][0]["session"]["limit_hours"]["value"] = "twelve"
    assert not validator.is_valid(content)
    del content["offer"][0]["session"]
    content["offer"][0]["sesion"] = {}
    assert not validator.is_valid(content)

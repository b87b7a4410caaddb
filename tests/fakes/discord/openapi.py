"""Request bodies against Discord's OpenAPI document, read the way Discord behaves.

`oneOf` is read as `anyOf` (the document's unions overlap), and numeric strings stand for integers
and the other way round. Each operation's schema is compiled once, when it is first asked for, from
just the component schemas that it reaches.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

from tests.fakes.discord.errors import Problem
from tests.fakes.discord.wire import Payload, is_list, is_object

ENVIRONMENT_VARIABLE: Final = "DISCORD_OPENAPI"
_DEFAULT_PATH: Final = Path(__file__).parents[4] / "shared" / "discord" / "openapi.json"
_COMPONENTS: Final = "#/components/schemas/"
_NUMERIC: Final = {"type": "string", "pattern": "^-?[0-9]+$"}
# Keywords below which a schema says *which* variant this is; a relaxed one would match them all.
_DISCRIMINATING: Final = frozenset({"const", "enum", "oneOf", "anyOf", "allOf"})
_WRONG_TYPE: Final = jsonschema_rs.ValidationErrorKind.Type
_CODES: Final = {
    "Required": "BASE_TYPE_REQUIRED",
    "MaxLength": "BASE_TYPE_BAD_LENGTH",
    "MinLength": "BASE_TYPE_BAD_LENGTH",
    "MaxItems": "BASE_TYPE_BAD_LENGTH",
    "MinItems": "BASE_TYPE_BAD_LENGTH",
    "Maximum": "NUMBER_TYPE_MAX",
    "Minimum": "NUMBER_TYPE_MIN",
    "Enum": "BASE_TYPE_CHOICES",
    "Constant": "BASE_TYPE_CHOICES",
    "UniqueItems": "SET_TYPE_CONTAINS_DUPLICATES",
    "Pattern": "STRING_TYPE_REGEX",
    "Type": "BASE_TYPE_BAD_TYPE",
}


class RequestSchemas:
    """Validators for request bodies, by method and path template as the document writes them."""

    def __init__(self, path: Path | None = None) -> None:
        """Take `path`, else the environment's DISCORD_OPENAPI, else the copy beside the project."""
        self.path = path or Path(os.environ.get(ENVIRONMENT_VARIABLE) or _DEFAULT_PATH)
        self.available = self.path.is_file()
        self._document: Payload | None = None
        self._validators: dict[tuple[str, str], jsonschema_rs.Draft202012Validator | None] = {}

    @property
    def status(self) -> str:
        """One line for a person: checked against which file, or why not."""
        if self.available:
            return f"request bodies are checked against {self.path}"
        return f"request bodies are NOT checked: {self.path} is absent; set {ENVIRONMENT_VARIABLE}"

    def problems(self, method: str, template: str, body: object) -> list[Problem]:
        """Return what the document holds against a body; empty where it says nothing about it."""
        validator = self._validator(method, template)
        if validator is None or validator.is_valid(body):
            return []
        return [
            Problem(
                path=tuple(error.instance_path),
                code=_CODES.get(type(error.kind).__name__.rpartition("_")[2], "BASE_TYPE_INVALID"),
                message=_message(error),
            )
            for error in _leaves(validator.iter_errors(body))
        ]

    def _validator(self, method: str, template: str) -> jsonschema_rs.Draft202012Validator | None:
        if not self.available:
            return None
        key = (method, template)
        if key not in self._validators:
            schema = self._schema(method, template)
            self._validators[key] = (
                None
                if schema is None
                else jsonschema_rs.Draft202012Validator(
                    schema, validate_formats=False, mask="the value"
                )
            )
        return self._validators[key]

    def _schema(self, method: str, template: str) -> Payload | None:
        if self._document is None:
            self._document = json.loads(self.path.read_bytes())
        document: Payload = self._document or {}
        operation: Payload = document["paths"].get(template, {}).get(method.lower(), {})
        content: Payload = operation.get("requestBody", {}).get("content", {})
        body = content.get("application/json", {}).get("schema")
        if body is None:
            return None
        everything: Payload = document["components"]["schemas"]
        reached: Payload = {}
        frontier = set(_references(body))
        while frontier:
            name = frontier.pop()
            if name not in reached:
                reached[name] = _relaxed(everything[name])
                frontier.update(_references(everything[name]))
        root: Payload = _relaxed(body)
        return {"allOf": [root], "components": {"schemas": reached}}


def _references(schema: object) -> Iterator[str]:
    if is_object(schema):
        reference = schema.get("$ref")
        if isinstance(reference, str) and reference.startswith(_COMPONENTS):
            yield reference.removeprefix(_COMPONENTS)
        for value in schema.values():
            yield from _references(value)
    elif is_list(schema):
        for value in schema:
            yield from _references(value)


def _relaxed(schema: object) -> Any:
    if is_list(schema):
        return [_relaxed(item) for item in schema]
    if not is_object(schema):
        return schema
    relaxed: Payload = {}
    for key, value in schema.items():
        if key == "$ref":
            relaxed[key] = value.replace("{", "%7B").replace("}", "%7D")
        else:
            relaxed["anyOf" if key == "oneOf" else key] = _relaxed(value)
    kinds = relaxed.get("type")
    kinds_of: list[str] = [kinds] if isinstance(kinds, str) else list(kinds or ())
    if relaxed.get("format") == "snowflake" and "string" in kinds_of:
        return relaxed | {"type": [*kinds_of, "integer"]}
    if "integer" in kinds_of and not _DISCRIMINATING & relaxed.keys():
        return {"anyOf": [relaxed, _NUMERIC]}
    return relaxed


def _message(error: jsonschema_rs.ValidationError) -> str:
    if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Constant):
        # One alternative of many: naming it alone would mislead.
        return f"{error.instance!r} is none of the allowed values"
    return error.message


def _leaves(
    errors: Iterator[jsonschema_rs.ValidationError],
) -> Iterator[jsonschema_rs.ValidationError]:
    """Follow each failed union into the variant that was meant, so that the path is the culprit."""
    for error in errors:
        kind = error.kind
        if not isinstance(kind, jsonschema_rs.ValidationErrorKind.AnyOf):
            yield error
            continue
        meant = min(
            (list(_leaves(iter(branch))) for branch in kind.context if branch),
            key=lambda branch: (_is_other_variant(branch, error), len(branch)),
            default=[error],
        )
        yield from meant


def _is_other_variant(
    branch: list[jsonschema_rs.ValidationError], union: jsonschema_rs.ValidationError
) -> bool:
    depth = len(union.instance_path)
    return any(
        (
            len(e.instance_path) == depth
            and isinstance(e.kind, jsonschema_rs.ValidationErrorKind.Type)
        )
        or (len(e.instance_path) == depth + 1 and e.instance_path[-1] == "type")
        for e in branch
    )

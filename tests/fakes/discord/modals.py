"""Filling in a modal as Discord's client does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.fakes.discord import components
from tests.fakes.discord.components import Field
from tests.fakes.discord.wire import ComponentType, Payload

_TEXT_LIMIT = 4000


def submission(modal: Payload, values: Mapping[str, object]) -> Payload:
    """Write the data of a submitted modal; inputs are named by custom id or label.

    What is not named keeps its preset. Raises ValueError for what the client refuses.
    """
    fields = components.fields(modal["components"])
    named = {f.label for f in fields} | {f.custom_id for f in fields}
    if unknown := values.keys() - named:
        raise ValueError(f"the modal has no input {sorted(unknown)}; there are {sorted(named)}")
    by_component = {id(f.component): f for f in fields}
    written: list[Payload] = []
    for top in modal["components"]:
        one: Payload = {"type": top["type"], "id": top.get("id", 0)}
        match top["type"]:
            case ComponentType.ACTION_ROW:
                one["components"] = [
                    _input(by_component[id(child)], values) for child in top["components"]
                ]
            case ComponentType.LABEL:
                one["component"] = _input(by_component[id(top["component"])], values)
            case _:
                pass
        written.append(one)
    return {"custom_id": modal["custom_id"], "components": written}


def _input(field: Field, values: Mapping[str, object]) -> Payload:
    component = field.component
    written: Payload = {
        "type": component["type"],
        "id": component.get("id", 0),
        "custom_id": field.custom_id,
    }
    given: Any = values.get(field.custom_id, values.get(field.label))
    match field.type:
        case ComponentType.TEXT_INPUT:
            written["value"] = _text(field, given)
        case ComponentType.CHECKBOX:
            written["value"] = bool(given)
        case ComponentType.RADIO_GROUP:
            written["value"] = given
        case _:
            written["values"] = _picked(field, given)
    return written


def _text(field: Field, given: object) -> str:
    text = str(field.component.get("value") or "" if given is None else given)
    shortest = field.component.get("min_length") or 0
    longest = field.component.get("max_length") or _TEXT_LIMIT
    if not text and field.component.get("required", True):
        raise ValueError(f"{field.label!r} must be filled in")
    if text and not shortest <= len(text) <= longest:
        raise ValueError(f"{field.label!r} takes {shortest} to {longest} characters")
    return text


def _picked(field: Field, given: Any) -> list[str]:
    options: list[Payload] = field.component.get("options") or []
    if given is None:
        return [option["value"] for option in options if option.get("default")]
    asked: list[str] = [given] if isinstance(given, str) else list(given)
    by_label = {option["label"]: option["value"] for option in options}
    return [str(by_label.get(one, one)) for one in asked]

"""Message and modal components: walking them, and reading them as a person does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from tests.fakes.discord.wire import (
    SELECTS,
    ComponentType,
    Payload,
    child,
    children,
    is_list,
    is_object,
)

Path: TypeAlias = tuple[str | int, ...]
Located: TypeAlias = tuple[Path, Payload]


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a user sees it."""

    label: str
    custom_id: str | None
    url: str | None
    style: int
    disabled: bool
    emoji: str | None = None


@dataclass(frozen=True, slots=True)
class SelectMenu:
    """A select menu as a user sees it; `options` maps label to value (string selects only)."""

    custom_id: str
    type: ComponentType
    placeholder: str
    options: dict[str, str]
    selected: tuple[str, ...]
    min_values: int
    max_values: int
    disabled: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One input of a modal: `label` is what stands above it."""

    label: str
    custom_id: str
    type: ComponentType
    component: Payload
    in_row: bool
    """Wrapped in an action row, the old form, instead of a label."""


def walk(components: object, path: Path = ("components",)) -> list[Located]:
    """Return each component with its path, in the order in which it is shown."""
    found: list[Located] = []
    _walk_list(components, path, found)
    return found


# Lists instead of generators: each message is walked several times, a thousand times a second.
def _walk_list(components: object, path: Path, found: list[Located]) -> None:
    if is_list(components):
        for index, item in enumerate(components):
            _walk_one(item, (*path, index), found)


def _walk_one(component: object, path: Path, found: list[Located]) -> None:
    if is_object(component):
        found.append((path, component))
        if "components" in component:
            _walk_list(component["components"], (*path, "components"), found)
        for key in ("accessory", "component"):
            if key in component:
                _walk_one(component[key], (*path, key), found)


def numbered(components: list[Payload]) -> list[Payload]:
    """Return a copy where each component without an `id` has the next free number."""
    copied = [_copy(component) for component in components]
    found = [component for _, component in walk(copied)]
    taken = {component["id"] for component in found if component.get("id")}
    free = 1
    for component in found:
        if not component.get("id"):
            while free in taken:
                free += 1
            component["id"] = free
            taken.add(free)
    return copied


def _copy(component: Payload) -> Payload:
    copied = dict(component)
    if "components" in copied:
        copied["components"] = [_copy(below) for below in children(copied, "components")]
    for key in ("accessory", "component"):
        if copied.get(key):
            copied[key] = _copy(child(copied, key))
    return copied


def buttons(components: object) -> list[Button]:
    """Return all buttons, those beside sections included."""
    return [
        Button(
            label=component.get("label") or "",
            custom_id=component.get("custom_id"),
            url=component.get("url"),
            style=component.get("style", 0),
            disabled=bool(component.get("disabled")),
            emoji=child(component, "emoji").get("name"),
        )
        for _, component in walk(components)
        if component.get("type") == ComponentType.BUTTON
    ]


def select_menus(components: object) -> list[SelectMenu]:
    """Return all select menus."""
    return [
        select_menu(component)
        for _, component in walk(components)
        if component.get("type") in SELECTS
    ]


def select_menu(component: Payload) -> SelectMenu:
    """Read one select menu."""
    options: list[Payload] = component.get("options") or []
    return SelectMenu(
        custom_id=component["custom_id"],
        type=ComponentType(component["type"]),
        placeholder=component.get("placeholder") or "",
        options={option["label"]: option["value"] for option in options},
        selected=tuple(option["value"] for option in options if option.get("default")),
        min_values=component.get("min_values", 1),
        max_values=component.get("max_values", 1),
        disabled=bool(component.get("disabled")),
    )


def fields(components: object) -> list[Field]:
    """Return the inputs of a modal."""
    found: list[Field] = []
    labels: dict[int, str] = {}
    rows: set[int] = set()
    for _, component in walk(components):
        if component.get("type") == ComponentType.LABEL:
            labels[id(component["component"])] = component.get("label") or ""
        if component.get("type") == ComponentType.ACTION_ROW:
            rows.update(id(child) for child in component.get("components") or ())
        if component.get("custom_id"):
            found.append(
                Field(
                    label=labels.get(id(component)) or component.get("label") or "",
                    custom_id=component["custom_id"],
                    type=ComponentType(component["type"]),
                    component=component,
                    in_row=id(component) in rows,
                )
            )
    return found


def render(components: list[Payload]) -> str:
    """Write components as plain text, one line for each thing that a user reads or can press.

    Buttons are `[label]`, links `[label](url)`, select menus `[placeholder: option | option]`.
    """
    return "\n".join(line for component in components for line in _lines(component) if line)


def _lines(component: Payload) -> list[str]:
    kind = component.get("type")
    if kind in SELECTS:
        menu = select_menu(component)
        return [f"[{menu.placeholder}: {' | '.join(menu.options)}]"]
    write = _WRITERS.get(kind) if isinstance(kind, int) else None
    return [] if write is None else write(component)


def _lines_below(component: Payload) -> list[str]:
    return [line for below in children(component, "components") for line in _lines(below)]


def _section(component: Payload) -> list[str]:
    return [*_lines_below(component), *_lines(child(component, "accessory"))]


def _label(component: Payload) -> list[str]:
    heading = [component.get("label") or "", component.get("description") or ""]
    return [*heading, *_lines(child(component, "component"))]


def _button(component: Payload) -> list[str]:
    emoji = child(component, "emoji").get("name") or ""
    text = f"[{' '.join(part for part in (emoji, component.get('label') or '') if part)}]"
    return [f"{text}({component['url']})" if component.get("url") else text]


def _media(component: Payload) -> list[str]:
    media = children(component, "items") or [component]
    return [text for item in media if (text := item.get("description"))]


_WRITERS: Final[dict[int, Callable[[Payload], list[str]]]] = {
    ComponentType.TEXT_DISPLAY: lambda component: [str(component["content"])],
    ComponentType.ACTION_ROW: lambda component: [" ".join(_lines_below(component))],
    ComponentType.SECTION: _section,
    ComponentType.CONTAINER: _lines_below,
    ComponentType.LABEL: _label,
    ComponentType.SEPARATOR: lambda component: ["---"] if component.get("divider", True) else [],
    ComponentType.BUTTON: _button,
    ComponentType.TEXT_INPUT: lambda component: [f"[{component.get('placeholder') or '...'}]"],
    ComponentType.THUMBNAIL: _media,
    ComponentType.FILE: _media,
    ComponentType.MEDIA_GALLERY: _media,
}

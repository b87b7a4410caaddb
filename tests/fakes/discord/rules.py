"""What Discord enforces for messages and modals and its OpenAPI document does not say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.fakes.discord import components
from tests.fakes.discord.errors import Problem
from tests.fakes.discord.wire import SELECTS, ComponentType, MessageFlag, Payload, child, children

CONTENT_LIMIT: Final = 2000
EMBEDS_LIMIT: Final = 6000
ROWS_LIMIT: Final = 5
V2_COMPONENTS_LIMIT: Final = 40
V2_TEXT_LIMIT: Final = 4000
MODAL_COMPONENTS_LIMIT: Final = 5
CHOICES_LIMIT: Final = 25
NONCE_LIMIT: Final = 25

_LINK_STYLE: Final = 5
_PREMIUM_STYLE: Final = 6
_V2_ONLY: Final = frozenset(
    {
        ComponentType.SECTION,
        ComponentType.TEXT_DISPLAY,
        ComponentType.THUMBNAIL,
        ComponentType.MEDIA_GALLERY,
        ComponentType.FILE,
        ComponentType.SEPARATOR,
        ComponentType.CONTAINER,
    }
)
_EMBED_TEXTS: Final = ("title", "description")


def is_empty(message: Payload, *, files: int = 0) -> bool:
    """Tell whether nothing would be seen. Classic buttons alone are not enough (code 50006)."""
    if uses_v2(message):
        return not message.get("components")
    return not (
        str(message.get("content") or "").strip()
        or message.get("embeds")
        or message.get("attachments")
        or message.get("sticker_ids")
        or message.get("poll")
        or files
    )


def uses_v2(message: Payload) -> bool:
    """Tell whether a message is made of Components V2."""
    return bool(int(message.get("flags") or 0) & MessageFlag.COMPONENTS_V2)


def message_problems(message: Payload, *, file_names: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Yield what is wrong with a message as it would stand (for an edit: merged with the old)."""
    content = str(message.get("content") or "")
    if len(content) > CONTENT_LIMIT:
        yield _too_long(("content",), CONTENT_LIMIT)
    if len(str(message.get("nonce") or "")) > NONCE_LIMIT:
        yield _too_long(("nonce",), NONCE_LIMIT)
    embeds: list[Payload] = message.get("embeds") or []
    if sum(map(_embed_length, embeds)) > EMBEDS_LIMIT:
        yield Problem(
            ("embeds",),
            "MAX_EMBED_SIZE_EXCEEDED",
            f"Embed size exceeds maximum size of {EMBEDS_LIMIT}",
        )
    yield from _allowed_mentions_problems(child(message, "allowed_mentions"))
    located = components.walk(message.get("components"))
    yield from _component_problems(located)
    if uses_v2(message):
        yield from _v2_problems(message, located, file_names)
    else:
        yield from _classic_problems(children(message, "components"), located)


def _embed_length(embed: Payload) -> int:
    texts: list[str | None] = [embed.get(key) for key in _EMBED_TEXTS]
    texts.append(child(embed, "footer").get("text"))
    texts.append(child(embed, "author").get("name"))
    for field in embed.get("fields") or ():
        texts += [field.get("name"), field.get("value")]
    return sum(len(text) for text in texts if text)


def _allowed_mentions_problems(allowed: Payload) -> Iterator[Problem]:
    for kind in ("users", "roles"):
        if allowed.get(kind) and kind in (allowed.get("parse") or ()):
            yield Problem(
                ("allowed_mentions",),
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )


def _component_problems(located: list[components.Located]) -> Iterator[Problem]:
    """Rules that hold in classic messages, V2 messages and modals alike."""
    custom_ids: set[str] = set()
    ids: set[int] = set()
    for path, component in located:
        custom_id = component.get("custom_id")
        if custom_id is not None and custom_id in custom_ids:
            yield Problem(
                (*path, "custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            )
        custom_ids.add(str(custom_id))
        number = component.get("id")
        if number and number in ids:
            yield Problem(
                (*path, "id"), "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated"
            )
        ids.add(int(number or 0))
        kind = component.get("type")
        if kind == ComponentType.BUTTON:
            yield from _button_problems(component, path)
        elif kind in SELECTS:
            yield from _select_problems(component, path)
        elif kind == ComponentType.ACTION_ROW:
            yield from _row_problems(component, path)


def _button_problems(button: Payload, path: components.Path) -> Iterator[Problem]:
    style = button.get("style")
    if style == _LINK_STYLE:
        if not button.get("url"):
            yield _required((*path, "url"), "A url is required")
        if button.get("custom_id"):
            yield Problem(
                path,
                "BUTTON_COMPONENT_CUSTOM_ID_AND_URL_MUTUALLY_EXCLUSIVE",
                "A custom id and url cannot both be specified",
            )
    elif style != _PREMIUM_STYLE:
        if not button.get("custom_id"):
            yield _required((*path, "custom_id"), "A custom id is required")
        if button.get("url"):
            yield Problem(
                path,
                "BUTTON_COMPONENT_INVALID_URL",
                "Only link buttons may have a url",
            )
    if style != _PREMIUM_STYLE and not (button.get("label") or button.get("emoji")):
        yield Problem(
            path, "BUTTON_COMPONENT_INVALID_LABEL", "A button must have a label or an emoji"
        )


def _select_problems(select: Payload, path: components.Path) -> Iterator[Problem]:
    low, high = select.get("min_values", 1), select.get("max_values", 1)
    if low is not None and high is not None and low > high:
        yield Problem(
            (*path, "min_values"),
            "SELECT_COMPONENT_MIN_ABOVE_MAX",
            "min_values is above max_values",
        )
    if select.get("type") != ComponentType.STRING_SELECT:
        return
    options: list[Payload] = select.get("options") or []
    if not 1 <= len(options) <= CHOICES_LIMIT:
        yield Problem(
            (*path, "options"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length."
        )
    values = [option.get("value") for option in options]
    for index, value in enumerate(values):
        if value in values[:index]:
            yield Problem(
                (*path, "options", index, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
    if sum(bool(option.get("default")) for option in options) > (high or 1):
        yield Problem(
            (*path, "options"),
            "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
            "More options are selected by default than max_values allows",
        )


def _row_problems(row: Payload, path: components.Path) -> Iterator[Problem]:
    kinds = [child.get("type") for child in row.get("components") or ()]
    selects = sum(kind in SELECTS for kind in kinds)
    if selects and len(kinds) > 1:
        yield Problem(
            (*path, "components"),
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "A row with a select menu holds nothing else",
        )


def _classic_problems(top: list[Payload], located: list[components.Located]) -> Iterator[Problem]:
    if len(top) > ROWS_LIMIT:
        yield Problem(
            ("components",), "BASE_TYPE_BAD_LENGTH", f"Must be {ROWS_LIMIT} or fewer in length."
        )
    for path, component in located:
        if component.get("type") in _V2_ONLY:
            yield Problem(
                (*path, "type"),
                "UNION_TYPE_CHOICES",
                'Value of field "type" must be one of (1,) without IS_COMPONENTS_V2.',
            )


def _v2_problems(
    message: Payload, located: list[components.Located], file_names: tuple[str, ...]
) -> Iterator[Problem]:
    for key in ("content", "embeds", "sticker_ids", "poll"):
        if message.get(key):
            yield Problem(
                (key,),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )
    if len(located) > V2_COMPONENTS_LIMIT:
        yield Problem(
            ("components",),
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            f"The total number of components exceeds the maximum of {V2_COMPONENTS_LIMIT}",
        )
    text = sum(
        len(component.get("content") or "")
        for _, component in located
        if component.get("type") == ComponentType.TEXT_DISPLAY
    )
    if text > V2_TEXT_LIMIT:
        yield Problem(
            ("components",),
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"The total displayable text exceeds the maximum size of {V2_TEXT_LIMIT}",
        )
    for path, component in located:
        media: list[Payload | None] = [component.get("media"), component.get("file")]
        media += [item.get("media") for item in component.get("items") or ()]
        for one in media:
            url = str((one or {}).get("url") or "")
            name = url.removeprefix("attachment://")
            if name != url and name not in file_names:
                yield Problem(
                    path,
                    "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
                    f"The referenced attachment was not found: {name}",
                )


def modal_problems(modal: Payload) -> Iterator[Problem]:
    """Yield what is wrong with a modal."""
    top: list[Payload] = modal.get("components") or []
    if not 1 <= len(top) <= MODAL_COMPONENTS_LIMIT:
        yield Problem(
            ("components",),
            "BASE_TYPE_BAD_LENGTH",
            f"Must be between 1 and {MODAL_COMPONENTS_LIMIT} in length.",
        )
    for key, limit in (("title", 45), ("custom_id", 100)):
        if not 1 <= len(modal.get(key) or "") <= limit:
            yield _too_long((key,), limit, shortest=1)
    yield from _component_problems(components.walk(top))


def choices_problems(data: Payload) -> Iterator[Problem]:
    """Yield what is wrong with the answer to an autocomplete interaction."""
    choices: list[Payload] = data.get("choices") or []
    if len(choices) > CHOICES_LIMIT:
        yield Problem(
            ("choices",), "BASE_TYPE_BAD_LENGTH", f"Must be {CHOICES_LIMIT} or fewer in length."
        )
    for index, choice in enumerate(choices):
        name, value = str(choice.get("name") or ""), choice.get("value")
        if not 1 <= len(name) <= 100:
            yield _too_long(("choices", index, "name"), 100, shortest=1)
        if isinstance(value, str) and len(value) > 100:
            yield _too_long(("choices", index, "value"), 100)


def _too_long(path: tuple[str | int, ...], limit: int, *, shortest: int = 0) -> Problem:
    length = f"between {shortest} and {limit}" if shortest else f"{limit} or fewer"
    return Problem(path, "BASE_TYPE_BAD_LENGTH", f"Must be {length} in length.")


def _required(path: tuple[str | int, ...], message: str) -> Problem:
    return Problem(path, "BASE_TYPE_REQUIRED", message)

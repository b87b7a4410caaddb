"""Clickable names of commands, as `</remind session:123>`."""

from collections.abc import Mapping


class CommandMentions:
    """The ids that Discord gave the registered commands, by name."""

    def __init__(self) -> None:
        self._ids: Mapping[str, int] = {}

    def learn(self, ids: Mapping[str, int]) -> None:
        """Take the ids of the top-level commands, as just registered or as stored."""
        self._ids = dict(ids)

    def __call__(self, name: str) -> str:
        """Return a mention of `name`, such as `remind session`, or its plain text.

        Before the first registration there is no id; the text can still be read and typed.
        """
        command_id = self._ids.get(name.split(maxsplit=1)[0])
        return f"`/{name}`" if command_id is None else f"</{name}:{command_id}>"

"""Discord's error codes and the one form in which it reports them.

The table is the part of Discord's "Opcodes and Status Codes" page that a bot like this can meet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

STATUS_AND_MESSAGE: Final[dict[int, tuple[int, str]]] = {
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    20028: (429, "The channel you are writing has hit the write rate limit."),
    40001: (401, "Unauthorized. Provide a valid token and try again"),
    40003: (403, "You are opening direct messages too fast"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50013: (403, "Missing Permissions"),
    50027: (401, "Invalid Webhook Token"),
    50033: (400, "Invalid Recipient(s)"),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    50278: (403, "Cannot send messages to this user due to having no mutual guilds"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a request body is refused.

    `path` leads to the offending value, e.g. `("embeds", 0, "title")`; `code` is Discord's name of
    the reason, e.g. `BASE_TYPE_BAD_LENGTH`.
    """

    path: tuple[str | int, ...]
    code: str
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path)) or '(body)'}: {self.message} [{self.code}]"


class ApiError(Exception):
    """An answer that is an error; `body` is what the client reads."""

    def __init__(self, code: int, *, status: int | None = None, message: str | None = None) -> None:
        known_status, known_message = STATUS_AND_MESSAGE.get(code, (400, "Bad Request"))
        self.status = status if status is not None else known_status
        self.code = code
        self.body: dict[str, Any] = {"message": message or known_message, "code": code}
        super().__init__(f"{self.status} {code}: {self.body['message']}")


class InvalidFormError(ApiError):
    """400 with code 50035 and the tree of reasons below `errors`."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__(50035)
        self.problems = tuple(problems)
        self.body["errors"] = _tree(self.problems)


def _tree(problems: Iterable[Problem]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for problem in problems:
        node = root
        for step in problem.path:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
    return root

"""The way of each REST request: limits, faults, body, checks, handler, answer."""

from __future__ import annotations

import asyncio
import json
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any, Final, TypeAlias

from aiohttp import web

from tests.fakes.discord.errors import ApiError, InvalidFormError, Problem
from tests.fakes.discord.faults import Fault
from tests.fakes.discord.limits import Verdict
from tests.fakes.discord.state import RequestRecord, State, Violation
from tests.fakes.discord.wire import API_PREFIX, Payload, is_object
from tests.fakes.discord.world import Channel

VIOLATION_CODES: Final = frozenset({10062, 40060, 50005, 50006, 50035, 50109})
"""Refusals that are the bot's own fault, wherever they happen."""

Answer: TypeAlias = tuple[int, Any]
"""Status and JSON; None as JSON is an empty body."""
Handler: TypeAlias = Callable[["Call"], Answer]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart request."""

    field: str
    filename: str
    content_type: str
    content: bytes


@dataclass(kw_only=True)
class Call:
    """One request, taken apart."""

    state: State
    params: dict[str, str]
    query: dict[str, str]
    body: Any
    uploads: list[Upload] = field(default_factory=list[Upload])

    @property
    def form(self) -> Payload:
        """The body where it is a JSON object; empty where there is none."""
        return self.body if is_object(self.body) else {}

    def channel(self) -> Channel:
        """Return the channel of the path; 10003 if there is none (any more)."""
        channel = self.state.world.find_channel(self.number("channel_id"))
        if channel is None:
            raise ApiError(10003)
        return channel

    def number(self, name: str) -> int:
        """Return an id of the path or the query; 50035 if it is no snowflake."""
        text = self.params.get(name) or self.query.get(name) or ""
        if not text.isdecimal():
            message = f'Value "{text}" is not snowflake.'
            raise InvalidFormError([Problem((name,), "NUMBER_TYPE_COERCE", message)])
        return int(text)

    def integer(self, name: str, default: int, *, low: int, high: int) -> int:
        """Return a number of the query; 50035 if it is none or out of range."""
        text = self.query.get(name, str(default))
        if not text.isdecimal() or not low <= int(text) <= high:
            message = f"int value should be between {low} and {high}."
            raise InvalidFormError([Problem((name,), "NUMBER_TYPE_RANGE", message)])
        return int(text)

    def flag(self, name: str) -> bool:
        """Tell whether a switch of the query is on."""
        return self.query.get(name, "").lower() in {"1", "true"}


@dataclass(frozen=True, slots=True)
class Route:
    """An operation: the path is written as Discord's OpenAPI document writes it."""

    method: str
    template: str
    handler: Handler
    authorized: bool = True
    interaction: bool = False
    """Exempt from the global rate limit and from the bot's token: the path carries its own."""


class Rest:
    """Serves the routes."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add_to(self, app: web.Application, routes: list[Route]) -> None:
        """Register all routes, and a last one that notes what nobody serves."""
        for route in routes:
            app.router.add_route(route.method, API_PREFIX + route.template, self._endpoint(route))
        app.router.add_route("*", "/api/{tail:.*}", self._unknown)

    def _endpoint(self, route: Route) -> Callable[[web.Request], Any]:
        async def endpoint(request: web.Request) -> web.StreamResponse:
            return await self._serve(route, request)

        return endpoint

    async def _unknown(self, request: web.Request) -> web.StreamResponse:
        self._state.defects.append(f"{request.method} {request.path}: no such route")
        body = await request.text()
        self._record(request, request.path, body, 404, 0)
        return self._json(404, {"message": "404: Not Found", "code": 0}, {})

    async def _serve(self, route: Route, request: web.Request) -> web.StreamResponse:
        state = self._state
        params = dict(request.match_info)
        major = "+".join(params[k] for k in _MAJOR if k in params)
        verdict = state.limits.check(
            route.method, route.template, major, interaction=route.interaction
        )
        body, uploads, broken = await _read(request)
        if state.limits.banned:
            return self._banned(route, request, body)
        if verdict.retry_after is not None:
            return self._limited(route, request, body, verdict)
        path = request.path.removeprefix(API_PREFIX)
        channel = params.get("channel_id", "")
        fault = state.faults.strike(
            route.method, path, int(channel) if channel.isdecimal() else None
        )
        if fault is not None and fault.moment == "before":
            response = await self._suffer(fault, route, request, body)
            if response is not None:
                return response
        call = Call(
            state=state, params=params, query=dict(request.query), body=body, uploads=uploads
        )
        code = 0
        try:
            status, answer = self._carry_out(route, request, call, broken=broken)
        except ApiError as error:
            status, answer, code = error.status, error.body, error.code
            self._note(route, request, body, error)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test must come to see it
            state.defects.append(f"{route.method} {request.path}: {error!r} in {_place(error)}")
            status, answer = 500, {"message": "500: Internal Server Error", "code": 0}
        if fault is not None and fault.moment == "after":
            response = await self._suffer(fault, route, request, body)
            if response is not None:
                return response
        self._record(request, route.template, body, status, code)
        return self._json(status, answer, verdict.headers)

    def _carry_out(self, route: Route, request: web.Request, call: Call, *, broken: bool) -> Answer:
        if route.authorized and request.headers.get("Authorization") != f"Bot {self._state.token}":
            return 401, {"message": "401: Unauthorized", "code": 0}
        if broken:
            raise ApiError(50109)
        if call.body is not None:
            problems = self._state.schemas.problems(route.method, route.template, call.body)
            if problems:
                raise InvalidFormError(problems)
        return route.handler(call)

    def _note(self, route: Route, request: web.Request, body: Any, error: ApiError) -> None:
        if error.code in VIOLATION_CODES:
            problems = error.problems if isinstance(error, InvalidFormError) else ()
            self._state.violations.append(
                Violation.of(
                    route.method,
                    request.path.removeprefix(API_PREFIX),
                    body,
                    code=error.code,
                    problems=problems,
                    text=str(error.body["message"]),
                )
            )

    async def _suffer(
        self, fault: Fault, route: Route, request: web.Request, body: Any
    ) -> web.StreamResponse | None:
        """Let a fault do its work; return what ends the request, or None to go on."""
        match fault.kind:
            case "delay":
                await asyncio.sleep(fault.seconds)
                return None
            case "hang":
                await fault.released.wait()
                return self._cut(fault, route, request, body)
            case "cut":
                return self._cut(fault, route, request, body)
            case "answer" if fault.status == 429:
                if not fault.via:
                    return self._banned(route, request, body)
                verdict = Verdict(
                    {"X-RateLimit-Scope": "global" if fault.is_global else "shared"},
                    retry_after=fault.retry_after,
                    is_global=fault.is_global,
                )
                return self._limited(route, request, body, verdict)
            case "answer":
                self._record(request, route.template, body, fault.status, fault.code)
                answer = {"message": fault.message, "code": fault.code}
                return self._json(fault.status, answer, {})

    def _cut(
        self, fault: Fault, route: Route, request: web.Request, body: Any
    ) -> web.StreamResponse:
        self._record(request, route.template, body, 0, 0)
        if request.transport is not None:
            if fault.reset:
                request.transport.abort()
            else:
                request.transport.close()
        return web.Response()  # goes nowhere: the connection is closed

    def _limited(
        self, route: Route, request: web.Request, body: Any, verdict: Verdict
    ) -> web.StreamResponse:
        self._record(request, route.template, body, 429, 0)
        wait = verdict.retry_after or 0.0
        answer: Payload = {
            "message": "You are being rate limited.",
            "retry_after": wait,
            "global": verdict.is_global,
        }
        return self._json(
            429, answer, verdict.headers | {"Retry-After": str(int(wait) + 1), "Via": "1.1 google"}
        )

    def _banned(self, route: Route, request: web.Request, body: Any) -> web.StreamResponse:
        """Answer as Cloudflare does: HTML, and no `Via`."""
        self._record(request, route.template, body, 429, 0)
        return web.Response(
            status=429,
            text="<html><title>Access denied | error 1015</title></html>",
            content_type="text/html",
            headers={"Retry-After": "600", **self._date()},
        )

    def _record(
        self, request: web.Request, template: str, body: Any, status: int, code: int
    ) -> None:
        record = RequestRecord(
            at=self._state.now(),
            method=request.method,
            path=request.path.removeprefix(API_PREFIX),
            template=template,
            body=body,
            status=status,
            code=code,
        )
        self._state.limits.count_answer(status)
        self._state.requests.append(record)
        self._state.answered.emit(record)

    def _json(self, status: int, answer: Any, headers: dict[str, str]) -> web.Response:
        headers = headers | self._date()
        if answer is None:
            return web.Response(status=status, headers=headers)
        # Exactly this type: discord.py reads anything else, "; charset=utf-8" included, as text.
        headers["Content-Type"] = "application/json"
        return web.Response(status=status, body=json.dumps(answer).encode(), headers=headers)

    def _date(self) -> dict[str, str]:
        return {"Date": formatdate(self._state.now() + self._state.date_skew_s, usegmt=True)}


_MAJOR: Final = (
    "channel_id",
    "guild_id",
    "webhook_id",
    "webhook_token",
    "interaction_id",
)


def _place(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename}:{last.lineno}"


async def _read(request: web.Request) -> tuple[Any, list[Upload], bool]:
    """Return JSON body, files, and whether the body could not be read."""
    if not request.can_read_body:
        return None, [], False
    if request.content_type != "multipart/form-data":
        try:
            return await request.json(), [], False
        except ValueError:
            return None, [], True
    form = await request.post()
    uploads: list[Upload] = []
    text: str | None = None
    for name, value in form.items():
        if isinstance(value, web.FileField):
            content = value.file.read()
            uploads.append(Upload(name, value.filename, value.content_type, content))
        elif name == "payload_json":
            text = str(value)
    try:
        return (None if text is None else json.loads(text)), uploads, False
    except ValueError:
        return None, uploads, True

"""Routes that answer interactions: the callback, and the webhook of its token."""

from __future__ import annotations

from tests.fakes.discord import rules, uploads
from tests.fakes.discord.errors import ApiError, InvalidFormError, Problem
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.rest import Answer, Call, Route
from tests.fakes.discord.routes_channels import check_message
from tests.fakes.discord.wire import CallbackType, Payload, child


def routes() -> list[Route]:
    """Return this part's routes."""
    callback = "/interactions/{interaction_id}/{interaction_token}/callback"
    webhook = "/webhooks/{webhook_id}/{webhook_token}"
    # "@original" comes first: it would match {message_id} too, and has a schema of its own.
    listed = [
        Route("POST", callback, _callback),
        Route("POST", webhook, _follow_up),
        *(
            Route(method, webhook + which, handler)
            for which in ("/messages/@original", "/messages/{message_id}")
            for method, handler in (("GET", _get), ("PATCH", _edit), ("DELETE", _delete))
        ),
    ]
    return [
        Route(r.method, r.template, r.handler, authorized=False, interaction=True) for r in listed
    ]


def _callback(call: Call) -> Answer:
    interactions = call.state.interactions
    interaction = interactions.awaiting_answer(
        call.number("interaction_id"), call.params["interaction_token"]
    )
    body = call.form
    try:
        kind = CallbackType(int(body["type"]))
    except (KeyError, ValueError):
        problem = Problem(("type",), "BASE_TYPE_CHOICES", "The callback type is unknown")
        raise InvalidFormError([problem]) from None
    data = child(body, "data")
    attachments: list[Payload] = []
    try:
        _check(call, interaction, kind, data)
    except InvalidFormError as error:
        raise InvalidFormError(
            Problem(("data", *p.path), p.code, p.message) for p in error.problems
        ) from None
    if kind in {CallbackType.MESSAGE, CallbackType.UPDATE}:
        attachments = uploads.attachments(call, data, interaction.channel.id)
    interactions.answer(interaction, kind, data, attachments)
    if not call.flag("with_response"):
        return 204, None
    return 200, _callback_response(interaction, kind)


def _check(call: Call, interaction: Interaction, kind: CallbackType, data: Payload) -> None:
    match kind:
        case CallbackType.MESSAGE:
            check_message(call, data)
        case CallbackType.UPDATE if interaction.source is not None:
            check_message(call, data, message=interaction.source)
        case CallbackType.CHOICES:
            if problems := list(rules.choices_problems(data)):
                raise InvalidFormError(problems)
        case CallbackType.MODAL:
            if problems := list(rules.modal_problems(data)):
                raise InvalidFormError(problems)
        case _:
            pass


def _callback_response(interaction: Interaction, kind: CallbackType) -> Payload:
    written: Payload = {"id": str(interaction.id), "type": int(interaction.type)}
    answer: Payload = {"interaction": written}
    message = interaction.response
    if message is not None and kind in {
        CallbackType.MESSAGE,
        CallbackType.DEFERRED_MESSAGE,
        CallbackType.UPDATE,
    }:
        written |= {
            "response_message_id": str(message.id),
            "response_message_loading": interaction.loading,
            "response_message_ephemeral": message.ephemeral,
        }
        answer["resource"] = {"type": int(kind), "message": message.payload()}
    return answer


def _interaction(call: Call) -> Interaction:
    if call.number("webhook_id") != call.state.application_id:
        raise ApiError(10015)
    return call.state.interactions.by_token(call.params["webhook_token"])


def _follow_up(call: Call) -> Answer:
    interaction, body = _interaction(call), call.form
    check_message(call, body)
    attachments = uploads.attachments(call, body, interaction.channel.id)
    return 200, call.state.interactions.follow_up(interaction, body, attachments).payload()


def _get(call: Call) -> Answer:
    interaction = _interaction(call)
    return 200, call.state.interactions.message(interaction, _which(call)).payload()


def _edit(call: Call) -> Answer:
    interaction, body = _interaction(call), call.form
    message = call.state.interactions.message(interaction, _which(call))
    check_message(call, body, message=message)
    kept = uploads.after_edit(call, body, message)
    call.state.interactions.edit(interaction, message, body, kept)
    return 200, message.payload()


def _delete(call: Call) -> Answer:
    interaction = _interaction(call)
    call.state.messages.delete(call.state.interactions.message(interaction, _which(call)))
    return 204, None


def _which(call: Call) -> str:
    return call.params.get("message_id", "@original")
